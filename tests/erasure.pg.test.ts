// A household that asked to be forgotten: figures, frozen counts and the audit chain stay as they were, and its name,
// number, drawing and picture stand nowhere any more, in no table and no export, nor after a backup is put back.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { beforeAll, expect, inject, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { isProblem } from '#core/problem.ts';
import { sealWard, verifyWard } from '#platform/audit/seal.server.ts';
import { erasuresFile, readErasures } from '#platform/backup/restore.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { setRuntime } from '#platform/runtime.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { api } from '#registry/api.server.ts';
import { erasureRules } from '#registry/erasures.ts';
import { sync } from '#registry/sync.server.ts';
import { makeStage } from './support/cast.ts';
import type { Player, Stage } from './support/cast.ts';
import { testRuntime } from './support/database.ts';
import { batchOf, bindPhone, fieldRecord, insertCampaign, visitBody } from './support/field.ts';
import type { FieldPhone, FieldWard } from './support/field.ts';
import { openForMatrix } from './support/matrix-rows.ts';

const NOW = Date.parse('2025-08-05T07:50:00+07:00');
let runtime: Runtime;
let database: Database;
let name: string;
let stage: Stage;
let field: FieldWard;
let phone: FieldPhone;
let campaign: string;

beforeAll(async () => {
  const test = await testRuntime(NOW);
  ({ runtime, database, name } = test);
  setRuntime(runtime);
  stage = await makeStage(database);
  await openForMatrix(database, stage);
  campaign = await database.asOwnerInWard(stage.ward, (trx) => insertCampaign(trx));
  field = { ward: stage.ward, campaignId: campaign, groups: [] };
  phone = await bindPhone(runtime, stage.ward, stage.group);
});

async function call(player: Player, method: string, path: string, body?: object): Promise<Response> {
  const request = new Request(`http://test/api/wards/${stage.ward}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return api.fetch(request, { actor: stage.actors[player], origin: 'test' });
}

const admin = async (): Promise<pg.Client> => {
  const client = new pg.Client({ host: inject('postgresSocket'), user: 'postgres', database: name });
  await client.connect();
  return client;
};

/** Tables in which some row still says one of these words. */
async function whereSaid(words: readonly string[]): Promise<string[]> {
  const client = await admin();
  const { rows } = await client.query<{ name: string }>(
    `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`,
  );
  const found: string[] = [];
  for (const table of rows) {
    const said = await client.query(
      `select 1 from ${table.name} t where t::text ilike any($1::text[]) limit 1`,
      [words.map((word) => `%${word}%`)],
    );
    if (said.rows.length > 0) found.push(table.name);
  }
  await client.end();
  return found.sort();
}

interface Told {
  readonly id: string;
  readonly words: readonly string[];
  readonly picture: string;
  readonly visit: string;
}

let door = 70;
async function tellOf(headName: string, number: string): Promise<Told> {
  const made = await call('administrator', 'POST', `/areas/${stage.group}/households`, {
    lane: 'ngõ 12',
    houseNumber: String(door++),
    headName,
    phone: number,
  });
  const { id } = (await made.json()) as { id: string };
  const picture = Buffer.concat([Buffer.from('ffd8ff', 'hex'), randomBytes(600)]);
  const sha256 = createHash('sha256').update(picture).digest('hex');
  await runtime.files.put(stage.ward, picture);
  const client = await admin();
  await client.query(
    `insert into media (ward_id, sha256, media_type, bytes, stored_at) values ($1, $2, 'image/jpeg', $3, now())`,
    [stage.ward, Buffer.from(sha256, 'hex'), picture.byteLength],
  );
  await client.end();
  const strokes = randomBytes(60);
  const receiver = `Nhận Hộ ${number}`;
  const visit = fieldRecord(field, phone, {
    type: 'visit',
    at: NOW - 3_600_000,
    body: visitBody(id, NOW - 3_600_000, {
      mediaIds: [sha256],
      zalo: { state: 'received-by', receivedBy: receiver },
      position: { lat: 20.85, lon: 106.68 },
      pledge: {
        original: 'phone',
        signer: 'relative-for-signer',
        adult: true,
        witness: `Làm Chứng ${number}`,
        strokes: strokes.toString('base64url'),
        textVersion: 1,
        receiptCode: randomBytes(16).toString('hex'),
        consents: [],
      },
    }),
  });
  const edit = fieldRecord(field, phone, {
    type: 'household-edit',
    at: NOW - 1_800_000,
    body: { householdId: id, set: { headName: { from: headName, to: `${headName} Mới` } } },
  });
  const reply = await sync.push({
    runtime,
    cookies: phone.cookie,
    actor: null,
    parts: [Buffer.from(JSON.stringify(batchOf(stage.group, [visit, edit], NOW)))],
    receivedAt: NOW,
  });
  if (isProblem(reply)) throw new Error(reply.code);
  expect(reply.answers.map(({ answer }) => answer)).toEqual(['applied', 'applied']);
  const words = [headName, number.slice(1), receiver, `Làm Chứng ${number}`, strokes.toString('hex')];
  return { id, words, picture: sha256, visit: JSON.stringify(visit) };
}

const coverage = async () =>
  (
    (await (await call('administrator', 'GET', `/campaigns/${campaign}/coverage`)).json()) as {
      total: unknown;
    }
  ).total;

const pictureFile = ({ picture }: Told) =>
  join(runtime.files.folder, String(stage.ward), picture.slice(0, 2), picture);

it('is said nowhere any more, and no figure moves', async () => {
  const told = await tellOf('Phùng Thị Quên', '0912345001');
  expect(await whereSaid(told.words)).toEqual(
    expect.arrayContaining(['households', 'visits', 'pledges', 'field_records', 'audit_values']),
  );
  await sealWard(database, stage.ward);
  const before = await coverage();
  const head = (await verifyWard(database, stage.ward)).head;

  expect((await call('leader', 'POST', `/households/${told.id}/erase`, { asked: 'đơn' })).status).toBe(403);
  const done = await call('administrator', 'POST', `/households/${told.id}/erase`, {
    asked: 'Đơn số 3/2025',
  });
  expect(done.status).toBe(200);

  expect(await whereSaid(told.words)).toEqual([]);
  expect(existsSync(pictureFile(told))).toBe(false);
  expect(await coverage()).toEqual(before);
  const chain = await verifyWard(database, stage.ward);
  expect(chain).toMatchObject({ head, faults: [] });
  expect(chain.erased).toBeGreaterThan(0);
  const opened = (await (await call('administrator', 'GET', `/households/${told.id}`)).json()) as {
    erased: boolean;
    visits: unknown[];
  };
  expect(opened.erased).toBe(true);
  expect(opened.visits).toHaveLength(1);
  const file = await (await call('administrator', 'GET', '/households.csv')).text();
  expect(file).toContain(told.id);
  for (const word of told.words) expect(file).not.toContain(word);
  expect(readErasures(erasuresFile(runtime.folder))).toContainEqual(
    expect.objectContaining({ wardId: stage.ward, kind: 'household', id: told.id }),
  );
});

it('a phone that sends again what it had told revives nothing', async () => {
  const told = await tellOf('Phùng Thị Nhớ', '0912345002');
  await call('administrator', 'POST', `/households/${told.id}/erase`, { asked: 'gặp trực tiếp' });
  const late = fieldRecord(field, phone, {
    type: 'household-edit',
    at: NOW - 60_000,
    body: { householdId: told.id, set: { headName: { from: null, to: 'Phùng Thị Nhớ' } } },
  });
  const signing = {
    original: 'phone',
    signer: 'relative-for-signer',
    adult: true,
    witness: told.words[3],
    strokes: Buffer.from(told.words[4] ?? '', 'hex').toString('base64url'),
    textVersion: 1,
    receiptCode: randomBytes(16).toString('hex'),
    consents: [],
  };
  // Recorded without a network, before the phone heard of it.
  const more = [
    fieldRecord(field, phone, {
      type: 'visit',
      at: NOW - 50_000,
      body: visitBody(told.id, NOW - 50_000, {
        pledge: signing,
        zalo: { state: 'received-by', receivedBy: told.words[2] },
      }),
    }),
    fieldRecord(field, phone, {
      type: 'pledge',
      at: NOW - 40_000,
      body: { householdId: told.id, mediaIds: [], ...signing, receiptCode: randomBytes(16).toString('hex') },
    }),
  ];
  const reply = await sync.push({
    runtime,
    cookies: phone.cookie,
    actor: null,
    parts: [
      Buffer.from(
        JSON.stringify(batchOf(stage.group, [JSON.parse(told.visit) as unknown, late, ...more], NOW)),
      ),
    ],
    receivedAt: NOW,
  });
  if (isProblem(reply)) throw new Error(reply.code);
  expect(reply.answers.map(({ answer }) => answer)).toEqual(['applied', 'applied', 'applied', 'applied']);
  expect(await whereSaid(told.words)).toEqual([]);
  const client = await admin();
  const { rows } = await client.query<{ head_name: string; phone: string | null; bodies: number }>(
    `select head_name, phone, (select count(*)::int from visits v where v.ward_id = h.ward_id and v.household_id = h.id) as bodies
     from households h where ward_id = $1 and id = $2`,
    [stage.ward, told.id],
  );
  await client.end();
  expect(rows[0]).toEqual({ head_name: '—', phone: null, bodies: 2 });
});

it('what is put back from a backup is emptied again, however often', async () => {
  const told = await tellOf('Phùng Văn Lãng', '0912345003');
  const client = await admin();
  const erasure = { wardId: stage.ward, kind: 'household', id: told.id, at: new Date(NOW).toISOString() };
  const first = await erasureRules['household']?.(client, erasure);
  expect(first?.map((hash) => hash.toString('hex'))).toEqual([told.picture]);
  expect(await whereSaid(told.words)).toEqual([]);
  expect(await erasureRules['household']?.(client, erasure)).toEqual([]);
  expect(await erasureRules['household']?.(client, { ...erasure, id: newId() })).toEqual([]);
  await client.end();
});
