// A pledge text as sound: taken for what its bytes are, heard by every phone of the ward through the feed, replaced and
// taken away, or read by the machine's voice.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#platform/api/actor.ts';
import type { Database } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { pull } from '#platform/sync/pull.server.ts';
import { api } from '#registry/api.server.ts';
import { syncParts } from '#registry/sync.server.ts';
import { isProblem } from '#core/problem.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';
import { wav } from '../../../tests/support/wav.ts';
import { readAloud } from './recording.server.ts';
import type { TextsReply } from './texts-schema.ts';

let database: Database;
let runtime: Runtime;
let stage: Stage;
let campaign: string;
const voices = mkdtempSync(join(tmpdir(), 'tungnha-voices-'));
afterAll(() => rmSync(voices, { recursive: true, force: true }));

beforeAll(async () => {
  const test = await testRuntime();
  ({ database, runtime } = test);
  setRuntime(runtime);
  stage = await makeStage(database);
  ({ campaign } = (await openForMatrix(database, stage)).own);
  await database.asOwnerInWard(stage.ward, (trx) =>
    sql`insert into pledge_texts (ward_id, campaign_id, version, title, body, consents, in_force_from, made_at, feed_id,
        change_n)
      select ward_id, ${campaign}, 1, 'Bản cam kết', 'Không cung cấp mã OTP cho ai' || chr(10) || 'Báo ngay cho công an.',
        '[{"code":"zalo","text":"Tôi đồng ý vào nhóm Zalo"}]', '2025-08-01', now(), feed_id, 1
      from feeds where ward_id = ${stage.ward} and kind = 'ward'`.execute(trx),
  );
});

async function call(who: Player, method: string, path: string, body?: FormData | object): Promise<Response> {
  const actor: Actor = stage.actors[who];
  const sent =
    body === undefined
      ? {}
      : body instanceof FormData
        ? { body }
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const at = `http://test/api/wards/${stage.ward}/campaigns/${campaign}/pledge-texts${path}`;
  return api.fetch(new Request(at, { method, ...sent }), { actor, origin: 'test' });
}

const bring = (bytes: Uint8Array<ArrayBuffer>, who: Player = 'administrator') => {
  const form = new FormData();
  form.set('recording', new File([bytes], 'ban-cam-ket.mp3', { type: 'audio/mpeg' }));
  return call(who, 'POST', '/1/recording', form);
};
const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const codeOf = async (response: Response) => ((await response.json()) as { code: string }).code;

/** What a phone of the group hears after a number of the ward's feed. */
async function heard(after: number) {
  const { rows } = await database.asOwnerInWard(stage.ward, (trx) =>
    sql<{
      id: string;
    }>`select feed_id as id from feeds where ward_id = ${stage.ward} and kind = 'ward'`.execute(trx),
  );
  const found = await pull(
    { runtime, parts: syncParts, actor: stage.actors.dutyDesk },
    { feed: rows[0]?.id ?? '', after, epoch: runtime.epoch },
  );
  if (isProblem(found)) throw new Error(found.code);
  const text = found.rows.findLast(({ kind }) => kind === 'pledge-text');
  return { n: found.n, audio: text?.['audio'] };
}

it('is taken for what its bytes are, by who leads the campaign, and every phone hears of it', async () => {
  expect(await codeOf(await bring(Buffer.from('<html><script>alert(1)</script>')))).toBe(
    'pledges.recording-kind',
  );
  expect(await codeOf(await call('administrator', 'POST', '/1/recording', new FormData()))).toBe(
    'pledges.recording-missing',
  );
  expect(await codeOf(await bring(wav(1000)))).toBe('pledges.recording-too-large');
  expect((await bring(wav(), 'groupLeader')).status).toBe(403);
  expect((await call('groupLeader', 'GET', '/1/recording')).status).toBe(404);
  const before = await heard(-1);
  expect(before.audio).toBeUndefined();

  expect((await bring(wav())).status).toBe(201);
  expect(await heard(before.n)).toEqual({ n: before.n + 1, audio: hashOf(wav()) });
  const sound = await call('groupLeader', 'GET', '/1/recording');
  expect(sound.headers.get('content-type')).toBe('audio/wav');
  expect(Buffer.from(await sound.arrayBuffer()).equals(wav())).toBe(true);
  const { texts } = (await (await call('leader', 'GET', '')).json()) as TextsReply;
  expect(texts[0]?.recording).toEqual({ hash: hashOf(wav()), bytes: wav().length });
});

it('is replaced by another and taken away, and phones hear of both', async () => {
  const before = await heard(-1);
  expect((await bring(wav(2))).status).toBe(201);
  expect((await heard(before.n)).audio).toBe(hashOf(wav(2)));
  expect((await call('administrator', 'POST', '/1/recording/remove', {})).status).toBe(200);
  const after = await heard(before.n);
  expect(after.n).toBe(before.n + 2);
  expect(after.audio).toBeUndefined();
  expect((await call('groupLeader', 'GET', '/1/recording')).status).toBe(404);
  expect((await call('administrator', 'POST', '/7/recording/remove', {})).status).toBe(404);
});

it('is read by the machine where it has a voice, line by line with a stop at each', async () => {
  setRuntime({ ...runtime, voiceModel: voices });
  // As Piper is called: words come in by its input, the file is named by an argument.
  const words = join(voices, 'words.txt');
  writeFileSync(join(voices, 'vi.onnx'), '');
  writeFileSync(join(voices, 'voice.wav'), wav(3));
  writeFileSync(
    join(voices, 'piper'),
    `#!/bin/sh\ncat > '${words}'\ncp '${join(voices, 'voice.wav')}' "$4"\n`,
  );
  chmodSync(join(voices, 'piper'), 0o755);
  expect((await call('administrator', 'POST', '/1/recording/voice', {})).status).toBe(201);
  const { rows } = await database.ownerPool.query<{ payload: { script: string } }>(
    'select payload from graphile_worker._private_jobs order by id desc limit 1',
  );
  expect(rows[0]?.payload.script).toBe(
    'Bản cam kết.\nKhông cung cấp mã OTP cho ai.\nBáo ngay cho công an.\nTôi đồng ý vào nhóm Zalo.',
  );
  await readAloud({ ...runtime, voiceModel: voices }, rows[0]?.payload);
  expect((await heard(-1)).audio).toBe(hashOf(wav(3)));
});
