// The way of a pledge paper: printed with a square of its household, signed, handed over, taken by a second person, filed.
// What is read here is the PDF itself.
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { extractText, getDocumentProxy } from 'unpdf';
import { beforeAll, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import type { Actor } from '#platform/api/actor.ts';
import type { Database } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { makeStage } from '../../../tests/support/cast.ts';
import type { Player, Stage } from '../../../tests/support/cast.ts';
import { testRuntime } from '../../../tests/support/database.ts';
import { openForMatrix } from '../../../tests/support/matrix-rows.ts';
import { packStrokes } from '#protocol/strokes.ts';
import type { OriginalReply } from './original-schema.ts';
import type { TextsReply } from './texts-schema.ts';
import type { AreaPapersReply, FormReply, PapersReply } from './papers-schema.ts';

let database: Database;
let runtime: Runtime;
let stage: Stage;
let own: { campaign: string; household: string };
const [paper, glass] = [newId(), newId()];
const receipt = randomBytes(16);
const TEXT = 'Không cung cấp mã OTP, mật khẩu cho bất kỳ ai.\nPhải báo ngay cho Công an phường khi bị lừa.';

async function addPledge(id: string, original: 'paper' | 'phone', code: Buffer | null): Promise<void> {
  await database.asOwnerInWard(stage.ward, (trx) =>
    sql`insert into pledges (ward_id, id, campaign_id, household_id, group_id, original, signer, text_version,
        receipt_code, author_id, signed_at, work_on, received_at, feed_id, change_n)
      values (${stage.ward}, ${id}, ${own.campaign}, ${own.household}, ${stage.group}, ${original}, 'head', 1, ${code},
        ${stage.actors.groupLeader.personId}, '2025-08-04T19:00:00+07:00', '2025-08-04', now(), ${stage.group}, 2)`.execute(
      trx,
    ),
  );
}

beforeAll(async () => {
  const test = await testRuntime();
  ({ database, runtime } = test);
  setRuntime(test.runtime);
  stage = await makeStage(database);
  ({ own } = await openForMatrix(database, stage));
  await database.asOwnerInWard(stage.ward, (trx) =>
    sql`insert into pledge_texts (ward_id, campaign_id, version, title, body, consents, in_force_from, made_at, feed_id,
        change_n)
      select ward_id, ${own.campaign}, 1, 'Bản cam kết phòng ngừa lừa đảo', ${TEXT},
        '[{"code":"zalo","text":"Tôi đồng ý vào nhóm Zalo của tổ."}]', '2025-08-01', now(), feed_id, 1
      from feeds where ward_id = ${stage.ward} and kind = 'ward'`.execute(trx),
  );
  await addPledge(paper, 'paper', null);
  await addPledge(glass, 'phone', receipt);
});

async function call(who: Player, method: string, path: string, body?: unknown): Promise<Response> {
  const actor: Actor = stage.actors[who];
  return api.fetch(
    new Request(`http://test/api/wards/${stage.ward}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { actor, origin: 'test' },
  );
}

const area = () => `/campaigns/${own.campaign}/areas/${stage.group}`;
const areaPapers = async (): Promise<AreaPapersReply> =>
  (await (await call('groupLeader', 'GET', `${area()}/papers`)).json()) as AreaPapersReply;

async function wordsOf(response: Response): Promise<{ words: string; pages: number }> {
  expect(response.status).toBe(200);
  const { text, totalPages } = await extractText(
    await getDocumentProxy(new Uint8Array(await response.arrayBuffer())),
    { mergePages: true },
  );
  return { words: text.normalize('NFC').replaceAll(/\s+/g, ' '), pages: totalPages };
}

it('prints two copies with the dated text, every mark in its place, and the household behind the code', async () => {
  const id = newId();
  const made = await call('groupLeader', 'POST', `${area()}/prints`, { id, kind: 'pair' });
  expect(await made.json()).toEqual({ id, forms: 2 });
  const { words, pages } = await wordsOf(await call('groupLeader', 'GET', `/prints/${id}/sheet.pdf`));
  expect(pages).toBe(2);
  for (const line of [
    ...TEXT.split('\n'),
    'Bùi Thị Mơ',
    'số 7, Ngõ 1',
    'BẢN CAM KẾT PHÒNG NGỪA LỪA ĐẢO',
    'Bản văn số 1, dùng từ 01/8/2025',
    'Bản 2: hộ gia đình giữ',
    'Độc lập – Tự do – Hạnh phúc',
  ])
    expect(words).toContain(line);
  const code = /Mã phiếu: ((?:[0-9A-Z]{4} ?){4})/.exec(words)?.[1] ?? '';
  const found = await call('dutyDesk', 'GET', `/campaigns/${own.campaign}/forms/${encodeURIComponent(code)}`);
  expect((await found.json()) as FormReply).toMatchObject({
    householdId: own.household,
    headName: 'Bùi Thị Mơ',
    paper: 'with-group',
  });
  const elsewhere = await call(
    'otherGroupLeader',
    'GET',
    `/campaigns/${own.campaign}/forms/${encodeURIComponent(code)}`,
  );
  expect(elsewhere.status).toBe(404);
});

it('keeps a household’s code over a second print', async () => {
  const codes = async () => {
    const id = newId();
    await call('groupLeader', 'POST', `${area()}/prints`, { id, kind: 'blank' });
    return /Mã phiếu: ((?:[0-9A-Z]{4} ?){4})/.exec(
      (await wordsOf(await call('groupLeader', 'GET', `/prints/${id}/sheet.pdf`))).words,
    )?.[1];
  };
  expect(await codes()).toBe(await codes());
});

it('sets the collective list, slips and cards without any telephone number', async () => {
  const id = newId();
  await call('groupLeader', 'POST', `${area()}/prints`, { id, kind: 'collective', extra: 3 });
  const list = await wordsOf(await call('groupLeader', 'GET', `/prints/${id}/sheet.pdf?extra=3`));
  expect(list.words).toContain('DANH SÁCH HỘ KÝ CAM KẾT');
  expect(list.words).toContain('Bùi Thị Mơ');
  const slips = await wordsOf(await call('groupLeader', 'GET', `${area()}/slips.pdf`));
  expect(slips.words).toContain('Chúng tôi không hỏi mã OTP, số tài khoản, không thu tiền.');
  const cards = await wordsOf(await call('groupLeader', 'GET', `${area()}/cards.pdf`));
  expect(cards.words).toContain('Đào Thị Lành');
  expect(cards.words).not.toMatch(/0\d{9}|\+84/);
});

it('a paper goes from the group to the ward by two persons, and the gap closes only then', async () => {
  expect((await areaPapers()).gaps.map(({ pledgeId }) => pledgeId)).toEqual([paper]);
  const id = newId();
  const undone = newId();
  await call('groupLeader', 'POST', `${area()}/handovers`, { id: undone, pledges: [paper] });
  const twice = await call('groupLeader', 'POST', `${area()}/handovers`, { id, pledges: [paper] });
  expect(await twice.json()).toMatchObject({ code: 'pledges.already-handed' });
  expect((await call('groupLeader', 'POST', `/handovers/${undone}/undo`)).status).toBe(200);
  expect((await call('groupLeader', 'POST', `${area()}/handovers`, { id, pledges: [paper] })).status).toBe(
    201,
  );
  const handed = await areaPapers();
  expect(handed.line).toMatchObject({ signed: 1, handed: 1, taken: 0, missing: 1 });
  expect((await call('groupLeader', 'POST', `/handovers/${id}/take`)).status).toBe(403);
  const early = await call('policeMember', 'POST', `/handovers/${id}/file`, { where: 'Tủ 2' });
  expect(await early.json()).toMatchObject({ code: 'pledges.not-taken-yet' });
  expect((await call('policeMember', 'POST', `/handovers/${id}/take`)).status).toBe(200);
  expect(
    (await call('policeMember', 'POST', `/handovers/${id}/file`, { where: 'Tủ 2, bìa TDP 2' })).status,
  ).toBe(200);
  expect((await areaPapers()).gaps).toEqual([]);
  const all = (await (
    await call('policeHead', 'GET', `/campaigns/${own.campaign}/papers`)
  ).json()) as PapersReply;
  expect(all.groups.find((line) => line.id === stage.group)).toMatchObject({
    taken: 1,
    filed: 1,
    missing: 0,
  });
  const record = await wordsOf(await call('policeHead', 'GET', `/handovers/${id}/record.pdf`));
  for (const line of ['BIÊN BẢN GIAO NHẬN', 'Đào Thị Lành', 'Lê Thị Chiến Sĩ', 'Bùi Thị Mơ', '04/8/2025'])
    expect(record.words).toContain(line);
});

it('the copy of a pledge on glass names the ward’s public page and no person', async () => {
  const copy = await wordsOf(await call('groupLeader', 'GET', `/pledges/${glass}/copy.pdf`));
  expect(copy.words).toContain('/11602/xac-nhan');
  expect(copy.words.replaceAll(' ', '')).toContain(receipt.toString('hex').toUpperCase());
  expect(copy.words).not.toContain('Bùi Thị Mơ');
  expect((await call('groupLeader', 'GET', `/pledges/${paper}/copy.pdf`)).status).toBe(404);
});

it('opens a pledge: text, signature, photo, custody; to those of its group, and to nobody by another record', async () => {
  const picture = Buffer.from('ffd8ffe000104a46494600', 'hex');
  const { sha256 } = await runtime.files.put(stage.ward, picture);
  const strokes = Buffer.from(
    packStrokes([
      [
        { x: 100, y: 100, t: 0 },
        { x: 900, y: 300, t: 40 },
      ],
    ]) ?? '',
    'base64url',
  );
  await database.asOwnerInWard(stage.ward, async (trx) => {
    await sql`update pledges set strokes = ${strokes}, consents = '{zalo}' where ward_id = ${stage.ward}
      and id = ${glass}`.execute(trx);
    await sql`insert into media (ward_id, sha256, media_type, bytes, stored_at)
      values (${stage.ward}, ${sha256}, 'image/jpeg', ${picture.byteLength}, now())`.execute(trx);
    await sql`insert into record_media (ward_id, record_id, sha256, household_id, group_id)
      values (${stage.ward}, ${paper}, ${sha256}, ${own.household}, ${stage.group})`.execute(trx);
  });
  const opened = async (id: string) =>
    (await (await call('groupLeader', 'GET', `/pledges/${id}`)).json()) as OriginalReply;
  expect(await opened(glass)).toMatchObject({
    household: { headName: 'Bùi Thị Mơ', erased: false },
    text: { version: 1, consents: [{ text: 'Tôi đồng ý vào nhóm Zalo của tổ.', ticked: true }] },
    signature: { paths: ['M120 120L920 320'] },
    photos: [],
  });
  const hex = sha256.toString('hex');
  expect(await opened(paper)).toMatchObject({ original: 'paper', signature: null, photos: [hex] });
  const photo = await call('groupLeader', 'GET', `/pledges/${paper}/photos/${hex}`);
  expect(photo.headers.get('content-type')).toBe('image/jpeg');
  expect(Buffer.from(await photo.arrayBuffer())).toEqual(picture);
  expect((await call('groupLeader', 'GET', `/pledges/${glass}/photos/${hex}`)).status).toBe(404);
  for (const path of [
    `/pledges/${glass}`,
    `/pledges/${paper}/photos/${hex}`,
    `/pledges/${glass}/original.pdf`,
  ])
    expect((await call('otherGroupLeader', 'GET', path)).status).toBe(403);
  const { words } = await wordsOf(await call('dutyDesk', 'GET', `/pledges/${glass}/original.pdf`));
  for (const line of ['Bùi Thị Mơ', 'Bản gốc: ký trên điện thoại', TEXT.split('\n')[0] ?? '?', '04/8/2025'])
    expect(words).toContain(line);
});

it('tells of an erased household that it signed, and nothing of it', async () => {
  await database.asOwnerInWard(stage.ward, async (trx) => {
    await sql`update households set erased_at = now(), head_name = '—' where ward_id = ${stage.ward}
      and id = ${own.household}`.execute(trx);
    await sql`update pledges set strokes = null, witness = null, receipt_code = null where ward_id = ${stage.ward}
      and household_id = ${own.household}`.execute(trx);
    await sql`delete from record_media where ward_id = ${stage.ward} and household_id = ${own.household}`.execute(
      trx,
    );
  });
  const opened = (await (await call('dutyDesk', 'GET', `/pledges/${glass}`)).json()) as OriginalReply;
  expect(opened).toMatchObject({
    household: { erased: true, headName: '' },
    signature: null,
    photos: [],
    workOn: '2025-08-04',
  });
  const { words } = await wordsOf(await call('dutyDesk', 'GET', `/pledges/${glass}/original.pdf`));
  expect(words).toContain('đã xóa theo yêu cầu');
  expect(words).not.toContain('Bùi Thị Mơ');
});

it('takes a further text with its day, never one of yesterday, and leaves the one before as it was signed', async () => {
  const wish = {
    title: 'Bản cam kết phòng ngừa lừa đảo, bản hai',
    body: 'Không cung cấp mã OTP cho bất kỳ ai.\nHỏi người thân trước khi chuyển tiền.',
    consents: ['Tôi đồng ý vào nhóm Zalo của tổ dân phố.'],
    inForceFrom: '2025-08-06',
  };
  const at = `/campaigns/${own.campaign}/pledge-texts`;
  const past = await call('administrator', 'POST', at, { ...wish, inForceFrom: '2024-01-01' });
  expect(past.status).toBe(422);
  expect((await call('groupLeader', 'POST', at, wish)).status).toBe(403);
  const today = ((await (await call('administrator', 'GET', at)).json()) as TextsReply).today;
  const made = await call('administrator', 'POST', at, { ...wish, inForceFrom: today });
  expect(await made.json()).toEqual({ version: 2 });
  const { texts } = (await (await call('groupLeader', 'GET', at)).json()) as TextsReply;
  expect(texts.map(({ version, signed }) => [version, signed])).toEqual([
    [2, 0],
    [1, 2],
  ]);
  expect(texts[1]?.body).toBe(TEXT);
  const opened = (await (await call('dutyDesk', 'GET', `/pledges/${glass}`)).json()) as OriginalReply;
  expect(opened.text.version).toBe(1);
});

it('an evening typed in later signs the text of its own day, not the one of today', async () => {
  const on = async (day: string) => {
    const at = `/areas/${stage.group}/paper?campaign=${own.campaign}${day}`;
    return ((await (await call('dutyDesk', 'GET', at)).json()) as { textVersion: number | null }).textVersion;
  };
  expect(await on('')).toBe(2);
  expect(await on('&day=2025-08-04')).toBe(1);
  expect(await on('&day=2025-07-20')).toBeNull();
  // A day to come is no day of a sheet.
  expect(await on('&day=2026-01-01')).toBe(2);
});
