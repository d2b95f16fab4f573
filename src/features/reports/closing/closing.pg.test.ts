// A campaign brought to its end through its doors: the list, the supplementary round, the file, the decision, and the day
// of deletion kept by the job, in the living database and in one put back.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, expect, inject, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import type { Actor } from '#platform/api/actor.ts';
import { sealWard, verifyWard } from '#platform/audit/seal.server.ts';
import { readErasures, erasuresFile } from '#platform/backup/restore.server.ts';
import { Zip } from '#platform/zip/zip.server.ts';
import { keepDeletions } from '#features/reports/closing/erase.server.ts';
import type { ClosingReply } from '#features/reports/closing/schema.ts';
import { api } from '#registry/api.server.ts';
import { closingPorts } from '#registry/closing-ports.server.ts';
import { erasureRules } from '#registry/erasures.ts';
import { KEEPERS } from '#registry/unnamed-files.ts';
import { sync } from '#registry/sync.server.ts';
import { batchOf, bindPhone, fieldRecord, visitBody } from '../../../../tests/support/field.ts';
import { ask, itemThat, planStage, type PlanStage } from '../../../../tests/support/plan-life.ts';

let on: PlanStage;
let campaign: string;
let phoneId: string;
let pictures: string[];
const base = (path: string) => `/campaigns/${campaign}/closing${path}`;
const closing = async (by: Actor = on.head) => (await ask(by, 'GET', base(''))).body as ClosingReply;
const row = async (key: string) => (await closing()).rows.find((one) => one.key === key);
const instant = (text: string) => Date.parse(`${text}+07:00`);

async function admin<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({
    host: inject('postgresSocket'),
    user: 'postgres',
    database: on.databaseName,
  });
  await client.connect();
  const { rows } = await client.query<T>(text, values);
  await client.end();
  return rows;
}

async function storePicture(): Promise<string> {
  const picture = Buffer.concat([Buffer.from('ffd8ff', 'hex'), randomBytes(600)]);
  const sha256 = createHash('sha256').update(picture).digest('hex');
  await on.runtime.files.put(on.stage.ward, picture);
  await admin(
    `insert into media (ward_id, sha256, media_type, bytes, stored_at) values ($1, $2, 'image/jpeg', $3, now())`,
    [on.stage.ward, Buffer.from(sha256, 'hex'), picture.byteLength],
  );
  return sha256;
}

async function household(headName: string, door: string): Promise<string> {
  const made = await ask(on.stage.actors.administrator, 'POST', `/areas/${on.stage.group}/households`, {
    lane: 'ngõ 12',
    houseNumber: door,
    headName,
    phone: '0904000111',
  });
  expect(made.status, JSON.stringify(made.body)).toBe(201);
  return (made.body as { id: string }).id;
}

/** Met and signed on glass, with a picture of the door. */
async function visit(id: string, picture: string): Promise<void> {
  const phone = await bindPhone(on.runtime, on.stage.ward, on.stage.group);
  phoneId = phone.deviceId;
  const at = on.clock.at - 3_600_000;
  const record = fieldRecord({ ward: on.stage.ward, campaignId: campaign, groups: [] }, phone, {
    type: 'visit',
    at,
    body: visitBody(id, at, {
      mediaIds: [picture],
      pledge: {
        original: 'phone',
        signer: 'head',
        adult: true,
        strokes: randomBytes(60).toString('base64url'),
        textVersion: 1,
        receiptCode: randomBytes(16).toString('hex'),
        consents: [],
      },
    }),
  });
  const reply = await sync.push({
    runtime: on.runtime,
    cookies: phone.cookie,
    actor: null,
    parts: [Buffer.from(JSON.stringify(batchOf(on.stage.group, [record], on.clock.at)))],
    receivedAt: on.clock.at,
  });
  if (isProblem(reply)) throw new Error(reply.code);
  expect(
    reply.answers.map(({ answer }) => answer),
    JSON.stringify(reply.answers),
  ).toEqual(['applied']);
}

beforeAll(async () => {
  on = await planStage();
  campaign = await on.running();
  on.clock.at = instant('2025-08-13T08:00:00');
  const met = await household('Đào Thị Lành', '1');
  await household('Bùi Văn Vắng', '3');
  pictures = [await storePicture(), await storePicture()];
  await visit(met, pictures[0] ?? '');
  await on.recordEvidence(campaign, itemThat(await on.planOf(campaign), 'báo cáo nhanh').id);
  await admin(
    `insert into evidence_media (ward_id, campaign_id, evidence_id, sha256)
      select ward_id, campaign_id, id, $2 from evidence where ward_id = $1 limit 1`,
    [on.stage.ward, Buffer.from(pictures[1] ?? '', 'hex')],
  );
  const sent = await ask(on.stage.actors.groupLeader, 'POST', `/campaigns/${campaign}/reports`, {
    id: newId(),
    areaId: on.stage.group,
    itemId: itemThat(await on.planOf(campaign), 'báo cáo nhanh').id,
    reportOn: '2025-08-13',
    body: { figures: { reached: { day: 2, total: 3 }, pledged: { day: 1, total: 1 } } },
  });
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
});

it('names what is missing, row by row, and takes an explanation of one thing', async () => {
  const found = await closing();
  expect(found.rows.find(({ key }) => key === 'differences')?.missing).toContainEqual(
    expect.objectContaining({
      measure: 'reached',
      counts: [3, 0],
      subject: `differences/${on.stage.group}/reached`,
    }),
  );
  expect(found.rows.find(({ key }) => key === 'reports')?.missing.map(({ name }) => name)).toEqual([
    'TDP Nghĩa Lộ 1',
  ]);
  expect(await row('households')).toMatchObject({ open: true, missing: [{ counts: [1, 0] }] });
  expect(await row('figures')).toMatchObject({ open: true });
  const remark = {
    id: newId(),
    subject: `reports/${on.stage.otherGroup}`,
    note: 'Tổ không có người trực, đã gọi',
  };
  expect((await ask(on.head, 'POST', base('/remarks'), remark)).status).toBe(201);
  expect(await row('reports')).toMatchObject({ open: false, missing: [{ remark: remark.note }] });
  expect(
    (await ask(on.stage.actors.clerk, 'POST', base('/remarks'), { ...remark, id: newId() })).status,
  ).toBe(403);
});

it('counts a phone as emptied only when it said so itself', async () => {
  expect((await row('phones'))?.missing.some(({ subject }) => subject === `phones/${phoneId}`)).toBe(true);
  await admin(
    `insert into device_syncs (ward_id, device_id, pushed_at, waiting) values ($1, $2, now(), 0)
      on conflict (ward_id, device_id) do update set pushed_at = now(), waiting = 0`,
    [on.stage.ward, phoneId],
  );
  expect((await row('phones'))?.missing.some(({ subject }) => subject === `phones/${phoneId}`)).toBe(false);
});

it('puts households nobody met on the supplementary list, once', async () => {
  expect((await ask(on.member, 'POST', base('/supplementary'))).body).toEqual({ added: 1 });
  expect((await ask(on.member, 'POST', base('/supplementary'))).body).toEqual({ added: 0 });
  expect(await row('households')).toMatchObject({ open: false });
  const book = await readXlsx(await bytes(on.head, base('/supplementary.xlsx')));
  expect(book.sheets[0]?.rows.slice(1).map((cells) => cells[4])).toEqual(['Bùi Văn Vắng']);
});

it('proposes commendations from figures, and leaves words and decision to a person', async () => {
  await ask(on.head, 'POST', base('/commendations'));
  const list = (await ask(on.head, 'GET', base('/commendations'))).body as {
    commendations: { id: string; kind: 'group' | 'person'; name: string; revision: number; state: string }[];
  };
  const one = list.commendations.find(({ kind }) => kind === 'person');
  expect(one).toMatchObject({ state: 'proposed' });
  const wish = { revision: 1, kind: 'person', name: one?.name, words: 'Hoàn thành xuất sắc.', state: 'kept' };
  const path = base(`/commendations/${one?.id ?? ''}`);
  expect((await ask(on.head, 'PUT', path, wish)).status).toBe(200);
  expect((await ask(on.head, 'PUT', path, wish)).body).toMatchObject({ code: 'closing.changed-meanwhile' });
  expect(await row('commendations')).toMatchObject({ open: false });
  expect((await ask(on.head, 'POST', base('/commendations'))).body).toEqual({ proposed: 0 });
});

async function bytes(by: Actor, path: string): Promise<Uint8Array> {
  const reply = await api.fetch(new Request(`http://test/api/wards/${by.wardId}${path}`), {
    actor: by,
    origin: 'test',
  });
  expect(reply.status, path).toBe(200);
  return new Uint8Array(await reply.arrayBuffer());
}

it('hands out the whole file with a list of contents', async () => {
  const wish = { id: newId(), kind: 'final-report', fromOn: '2025-08-02', toOn: '2025-08-13' };
  expect((await ask(on.member, 'POST', `/campaigns/${campaign}/documents`, wish)).status).toBe(201);
  const checks = [newId(), newId()] as const;
  for (const id of checks) {
    const check = {
      id,
      areaId: on.stage.group,
      unitId: null,
      checkedOn: '2025-08-05',
      checkers: 'Phạm Văn Trưởng',
      findings: 'Có sổ theo dõi',
      followUp: null,
    };
    expect((await ask(on.member, 'POST', `/campaigns/${campaign}/checks`, check)).status).toBe(201);
  }
  const inChain = await ask(on.member, 'POST', `/campaigns/${campaign}/checks/${checks[0]}/paper`);
  expect(inChain.status, JSON.stringify(inChain.body)).toBe(201);
  const zip = Zip.open(await bytes(on.head, base('/file')));
  if (typeof zip === 'string') throw new Error(zip);
  const names = zip.parts.map(({ name }) => name);
  for (const wanted of [
    /^00 Mục lục\.pdf$/,
    /^01 Kế hoạch\/Nội dung kế hoạch\.xlsx$/,
    /^02 Báo cáo\/2025-08-13 .*\.docx$/,
    /^02 Báo cáo\/2025-08-13 .*\.pdf$/,
    /^03 Phụ lục số liệu\/.*\.xlsx$/,
    /^04 Bản cam kết\/.*\.xlsx$/,
    /^05 Ảnh minh chứng\/2025-08-04 .*\.jpg$/,
    /^06 .*\.xlsx$/,
    /^09 .*\.xlsx$/,
    new RegExp(`^10 Biên bản kiểm tra/2025-08-05 ${checks[0].slice(-4)}\\.docx$`),
    new RegExp(`^10 Biên bản kiểm tra/2025-08-05 ${checks[1].slice(-4)}\\.pdf$`),
  ])
    expect(
      names.filter((name) => wanted.test(name)),
      String(wanted),
    ).toHaveLength(1);
  const shown = zip.parts.find(({ name }) => name.startsWith('05'))?.data ?? new Uint8Array();
  expect(createHash('sha256').update(shown).digest('hex')).toBe(pictures[1]);
  const { getDocumentProxy, extractText } = await import('unpdf');
  const contents = await extractText(
    await getDocumentProxy(new Uint8Array(zip.part('00 Mục lục.pdf') ?? [])),
    {
      mergePages: true,
    },
  );
  expect(contents.text).toContain('MỤC LỤC VĂN BẢN, TÀI LIỆU TRONG HỒ SƠ');
  expect(contents.text).toContain('Kiểm tra việc thực hiện');
  expect(await row('file')).toMatchObject({ open: false });
  expect((await ask(on.stage.actors.dutyDesk, 'GET', base('/file'))).status).toBe(403);
});

it('is closed by the leader alone, with a reason where something is open, and opened again', async () => {
  const { leader } = on.stage.actors;
  const decide = (by: Actor, act: string, reason?: string) =>
    ask(by, 'POST', base('/decisions'), { act, ...(reason ? { reason } : {}) });
  expect((await decide(on.head, 'close', 'xong')).status).toBe(403);
  expect((await decide(leader, 'close')).body).toMatchObject({ code: 'closing.say-why-open' });
  expect((await ask(leader, 'PUT', base('/deletion'), { on: '2025-08-13' })).body).toMatchObject({
    code: 'closing.deletion-too-soon',
  });
  expect((await ask(leader, 'PUT', base('/deletion'), { on: '2025-11-14' })).status).toBe(200);
  expect((await decide(leader, 'close', 'Báo cáo tổng kết chờ ký')).body).toEqual({ state: 'closed' });
  expect((await closing()).campaign.state).toBe('closed');
  expect((await decide(leader, 'reopen', 'Thiếu một tổ')).body).toEqual({ state: 'active' });
  // Its day comes while it is open: nothing is deleted.
  expect(await keepDeletions(on.runtime, closingPorts, on.stage.ward, instant('2025-11-15T09:00:00'))).toBe(
    0,
  );
  expect((await decide(leader, 'close', 'Báo cáo tổng kết chờ ký')).body).toEqual({ state: 'closed' });
  const acts = (await closing()).acts.map(({ act }) => act);
  expect(acts).toEqual(['listed', 'exported', 'deletion-set', 'closed', 'reopened', 'closed']);
});

const figures = async () => ({
  coverage: await admin('select * from group_coverage order by ward_id, campaign_id, group_id'),
  told: await admin('select count(*)::int as n from pledges_told where ended_at is null'),
  reports: await admin('select id, body, itemised from reports order by id'),
});
const kept = async () =>
  (
    await admin<{ n: number }>(`select
    (select count(*) from pledges where strokes is not null)::int +
    (select count(*) from households where phone is not null)::int +
    (select count(*) from field_records where body is not null)::int +
    (select count(*) from record_media)::int + (select count(*) from evidence_media)::int +
    (select count(*) from media where media_type = 'image/jpeg')::int +
    (select count(*) from audit_values where coalesce(before, '{}')::text || coalesce(after, '{}')::text like '%904000111%')::int
    as n`)
  )[0]?.n;

it('deletes signatures, photos and numbers on the day, and changes no figure', async () => {
  const { ward } = on.stage;
  const file = (sha256: string) => join(on.runtime.files.folder, String(ward), sha256.slice(0, 2), sha256);
  const before = await figures();
  expect(await kept()).toBeGreaterThan(6);
  expect(await keepDeletions(on.runtime, closingPorts, ward, instant('2025-11-13T23:59:00'))).toBe(0);
  expect(pictures.every((one) => existsSync(file(one)))).toBe(true);
  expect(await keepDeletions(on.runtime, closingPorts, ward, instant('2025-11-14T01:00:00'))).toBe(1);
  expect(await kept()).toBe(0);
  expect(pictures.some((one) => existsSync(file(one)))).toBe(false);
  expect(await figures()).toEqual(before);
  const { database } = on.runtime;
  await sealWard(database, ward);
  expect(await verifyWard(database, ward)).toMatchObject({ faults: [] });
  expect((await closing()).deletion).toMatchObject({
    on: '2025-11-14',
    doneAt: '2025-11-14T01:00:00.000+07:00',
  });
  expect(await keepDeletions(on.runtime, closingPorts, ward, instant('2025-11-15T01:00:00'))).toBe(0);
});

it('is applied once more to a backup that is put back', async () => {
  const noted = readErasures(erasuresFile(on.runtime.folder)).find(({ kind }) => kind === 'campaign');
  expect(noted).toMatchObject({ id: campaign, wardId: on.stage.ward });
  if (!noted) throw new Error('not noted');
  await admin(`update pledges set strokes = '\\x0102'`);
  await admin(`update households set phone = '+84904000111'`);
  const client = new pg.Client({
    host: inject('postgresSocket'),
    user: 'postgres',
    database: on.databaseName,
  });
  await client.connect();
  await erasureRules['campaign']?.(client, noted);
  await client.end();
  expect(await kept()).toBe(0);
});

it('knows every column that keeps a file by its hash', async () => {
  const rows = await admin<{ name: string }>(`select c.relname || '.' || a.attname as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
    where c.relkind = 'r' and c.relname <> 'schema_migrations' and a.attname like '%sha256' and a.attnum > 0 order by 1`);
  // The store itself, who brought what, and a hash that only says what a report was judged by.
  const other = ['evidence_uploads.sha256', 'media.sha256', 'reports.proof_sha256'];
  expect(rows.map(({ name }) => name)).toEqual([...KEEPERS.map((one) => one.join('.')), ...other].toSorted());
});
