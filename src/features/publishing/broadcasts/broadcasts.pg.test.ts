// A cluster's days: planned in the plan's hours, played in one tap, evidence of both duties that ask for it; its files.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { speak } from '#features/publishing/broadcasts/recordings.server.ts';
import type { ListReply, RecordingsReply } from '#features/publishing/broadcasts/schema.ts';
import { findVoice } from '#platform/voice.server.ts';
import { Zip } from '#platform/zip/zip.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { ask, itemThat, planStage } from '../../../../tests/support/plan-life.ts';
import type { PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let duties: string[];
let cluster: string;
let text: string;
const folder = mkdtempSync(join(tmpdir(), 'tungnha-model-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const culture = () => on.stage.actors.cultureMember;
const list = async (query = 'from=2025-08-05&to=2025-08-07') =>
  (await ask(culture(), 'GET', `/broadcasts?${query}`)).body as ListReply;
const raw = (path: string) =>
  api.fetch(new Request(`http://test/api/wards/${on.stage.ward}${path}`), {
    actor: culture(),
    origin: 'test',
  });

/** Half a second of a voice that says nothing: 22,050 samples a second of two bytes. */
function wav(): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(44 + 22_050);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(22_050, 24);
  bytes.writeUInt32LE(44_100, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(22_050, 40);
  return bytes;
}
async function bring(content: Uint8Array<ArrayBuffer>) {
  const form = new FormData();
  form.set('recording', new File([content], 'bai.wav'));
  return ask(culture(), 'POST', `/texts/${text}/recordings`, form);
}

beforeAll(async () => {
  on = await planStage();
  on.clock.at = Date.parse('2025-08-05T05:00:00+07:00');
  campaign = await on.running();
  const plan = await on.planOf(campaign);
  duties = ['Phòng Văn hóa - Xã hội phát thanh', 'Công an phường phối hợp'].map(
    (words) => itemThat(plan, words).id,
  );
  const opened = await ask(on.head, 'POST', '/channels', {
    ...{
      kind: 'loudspeaker',
      name: 'Cụm loa Đình Hạ',
      unitId: on.stage.culture,
      areaId: null,
      address: null,
    },
  });
  cluster = opened.body.id;
  const written = await ask(culture(), 'POST', '/texts', {
    ...{ pillar: 'tactics', audience: ['residents'], validFrom: null, validTo: null },
    body: {
      ...{ title: 'Giả danh điện lực', summary: 'Kẻ gian đòi chuyển 500.000 đồng.', paragraphs: [] },
      ...{ signs: ['Giục làm ngay'], actions: ['Gọi công an phường'], citations: [] },
      source: { name: 'Công an phường', on: null, url: null },
    },
  });
  text = written.body.id;
  for (const [by, step] of [
    ['policeHead', 'check'],
    ['leader', 'approve'],
  ] as const)
    expect((await ask(on.stage.actors[by], 'POST', `/texts/${text}/${step}`)).status).toBe(200);
});

describe('the schedule of a cluster', () => {
  it('is planned for days and hours at once; an hour that is taken stays as it is', async () => {
    const plan = (times: string[], by = culture()) =>
      ask(by, 'POST', `/channels/${cluster}/broadcasts`, {
        ...{ textId: text, from: '2025-08-05', to: '2025-08-07', times },
      });
    expect((await plan(['05:45'])).body).toEqual({ planned: 3, taken: 0 });
    expect((await plan(['05:45', '17:15'])).body).toEqual({ planned: 3, taken: 3 });
    expect((await plan(['07:00'], on.stage.actors.groupLeader)).status).toBe(403);
    const { broadcasts, clusters } = await list();
    expect(broadcasts.map(({ day, time }) => `${day} ${time}`)).toEqual(
      ['2025-08-05', '2025-08-06', '2025-08-07'].flatMap((day) => [`${day} 05:45`, `${day} 17:15`]),
    );
    expect(clusters.find(({ id }) => id === cluster)?.windows.length).toBeGreaterThan(0);
    expect(broadcasts[0]).toMatchObject({ state: 'planned', insideWindow: true, recordingId: null });
    // Read at the microphone as it is said, not as it is written.
    expect(broadcasts[0]?.script).toContain('năm trăm nghìn');
    expect(broadcasts[0]?.seconds).toBeGreaterThan(5);
  });

  it('said to be played once, by one tap or two, is one post and meets both duties', async () => {
    on.clock.at = Date.parse('2025-08-05T05:50:00+07:00');
    const [first] = (await list()).broadcasts;
    expect(first).toMatchObject({ state: 'due', may: { play: true, cancel: true } });
    const tap = (postId = newId()) =>
      ask(culture(), 'POST', `/broadcasts/${first?.id ?? ''}/played`, {
        ...{ postId, playedAt: '2025-08-05T05:46:00+07:00' },
      });
    const id = newId();
    const played = await tap(id);
    expect(played.status, JSON.stringify(played.body)).toBe(201);
    expect(played.body.itemIds.toSorted()).toEqual(duties.toSorted());
    expect((await tap(id)).status).toBe(201);
    expect((await tap()).status).toBe(201);
    const { rows } = await on.runtime.database.inWard(on.stage.ward, (trx) =>
      sql<{ n: number }>`select count(*)::int as n from posts where ward_id = ${trx.wardId}
        and channel_id = ${cluster}`.execute(trx),
    );
    expect(rows[0]?.n).toBe(1);
    for (const item of duties) {
      const at = `/campaigns/${campaign}/calendar?item=${item}&from=2025-08-05&to=2025-08-05`;
      expect((await ask(on.head, 'GET', at)).body.occurrences[0]).toMatchObject({
        state: 'met',
        evidence: [id],
      });
    }
    expect((await list()).broadcasts[0]).toMatchObject({
      state: 'played',
      played: { at: '2025-08-05T05:46:00.000+07:00' },
    });
    const cancel = await ask(culture(), 'POST', `/broadcasts/${first?.id ?? ''}/cancel`);
    expect(cancel.body.code).toBe('publishing.broadcast-played');
    // Taken back, the line is open again and can be played under another post.
    await ask(culture(), 'POST', `/posts/${id}/undo`, { reason: 'Ghi nhầm' });
    expect((await list()).broadcasts[0]?.state).toBe('due');
    expect((await tap()).status).toBe(201);
    expect((await list()).broadcasts[0]?.state).toBe('played');
  });

  it('called off frees its hour', async () => {
    const line = (await list()).broadcasts.find(({ day }) => day === '2025-08-07');
    expect((await ask(culture(), 'POST', `/broadcasts/${line?.id ?? ''}/cancel`)).status).toBe(200);
    const again = await ask(culture(), 'POST', `/channels/${cluster}/broadcasts`, {
      ...{ textId: text, from: '2025-08-07', to: '2025-08-07', times: ['05:45'] },
    });
    expect(again.body).toEqual({ planned: 1, taken: 0 });
  });
});

describe('a recording', () => {
  it('is taken for what its bytes are, and stands in the playlist, the stick and nowhere else', async () => {
    expect((await bring(Buffer.from('<html><script>alert(1)</script>'))).body.code).toBe(
      'publishing.sound-kind',
    );
    const brought = await bring(wav());
    expect(brought.status, JSON.stringify(brought.body)).toBe(201);
    const sound = await raw(`/recordings/${brought.body.id}/file`);
    expect(sound.headers.get('content-type')).toBe('audio/wav');
    expect(Buffer.from(await sound.arrayBuffer()).equals(wav())).toBe(true);

    const range = 'from=2025-08-05&to=2025-08-07';
    const playlist = await (await raw(`/channels/${cluster}/playlist.m3u8?${range}`)).text();
    const [file = ''] = playlist.split('\n').filter((line) => line.endsWith('.wav'));
    expect(file).toBe('2025-08-05_05h45_gia-danh-dien-luc.wav');
    expect(playlist.startsWith('#EXTM3U\n#EXTINF:')).toBe(true);
    const stick = await raw(`/channels/${cluster}/playlist.zip?${range}`);
    const opened = Zip.open(new Uint8Array(await stick.arrayBuffer()));
    if (typeof opened === 'string') throw new Error(opened);
    expect(opened.parts.map(({ name }) => name)).toEqual(['danh-sach-phat.m3u8', 'bai-phat.txt', file]);
    expect(Buffer.from(opened.part(file) ?? []).equals(wav())).toBe(true);
    const calendar = await (await raw(`/channels/${cluster}/broadcasts.ics?${range}`)).text();
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(6);
    expect(calendar).toContain('DTSTART:20250804T224500Z');
  });

  it('by the machine’s voice is asked for at once and made in the background; without a voice nothing waits', async () => {
    setRuntime({ ...on.runtime, voiceModel: folder });
    writeFileSync(join(folder, 'vi.onnx'), '');
    const heard = join(folder, 'heard.txt');
    // As Piper is called: words come in by its input, the file is named by an argument.
    writeFileSync(
      join(folder, 'piper'),
      `#!/bin/sh\ncat > '${heard}'\ncp '${join(folder, 'voice.wav')}' "$4"\n`,
    );
    chmodSync(join(folder, 'piper'), 0o755);
    writeFileSync(join(folder, 'voice.wav'), wav());
    const asked = await ask(culture(), 'POST', `/texts/${text}/recordings/voice`, {});
    expect(asked.status, JSON.stringify(asked.body)).toBe(201);
    const state = async () =>
      ((await ask(culture(), 'GET', `/texts/${text}/recordings`)).body as RecordingsReply).recordings.find(
        ({ id }) => id === asked.body.id,
      );
    expect(await state()).toMatchObject({ state: 'making', source: 'voice', voice: 'piper vi.onnx' });
    const { rows } = await on.runtime.database.ownerPool.query<{ payload: object }>(
      `select payload from graphile_worker._private_jobs`,
    );
    const payload = rows.at(-1)?.payload;
    await speak({ ...on.runtime, voiceModel: folder }, payload);
    expect(await state()).toMatchObject({ state: 'ready', seconds: 1 });
    // A voice that fails leaves its recording failed, and the script as it was.
    writeFileSync(join(folder, 'piper'), '#!/bin/sh\nexit 3\n');
    const failing = await ask(culture(), 'POST', `/texts/${text}/recordings/voice`, {});
    const queued = await on.runtime.database.ownerPool.query<{ payload: object }>(
      `select payload from graphile_worker._private_jobs order by id desc limit 1`,
    );
    await speak({ ...on.runtime, voiceModel: folder }, queued.rows[0]?.payload);
    const { recordings } = (await ask(culture(), 'GET', `/texts/${text}/recordings`)).body as RecordingsReply;
    expect(recordings.find(({ id }) => id === failing.body.id)?.state).toBe('failed');
    expect(findVoice(null, '/nowhere')).toBeNull();
    expect(findVoice('/nowhere', '/nowhere')).toBeNull();
  });

  it('and its script are gone with the text that is withdrawn: nothing of it is played or handed out', async () => {
    on.clock.at = Date.parse('2025-08-06T05:50:00+07:00');
    const due = async () => (await list()).broadcasts.find(({ state }) => state === 'due');
    expect((await due())?.may.play).toBe(true);
    await ask(on.stage.actors.leader, 'POST', `/texts/${text}/withdraw`, { reason: 'Đã cũ' });
    expect(await due()).toMatchObject({ script: null, recordingId: null, may: { play: false } });
    const range = 'from=2025-08-05&to=2025-08-07';
    expect(await (await raw(`/channels/${cluster}/playlist.m3u8?${range}`)).text()).toBe('#EXTM3U\n');
  });
});
