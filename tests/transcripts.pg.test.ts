// What phones with version 1 sent, as it was recorded, answered in the same words for ever: by the server as it is, and
// by one whose types have gone on to versions 2 and 3. `WRITE_TRANSCRIPTS=1 vitest run tests/transcripts.pg.test.ts`
// records anew, which is right only while no phone in the field speaks version 1.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, it } from 'vitest';
import { isoOf } from '#core/clock.ts';
import { makeIds } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { AnyRecordType } from '#platform/sync/record-type.server.ts';
import { syncService } from '#platform/sync/service.server.ts';
import { credentialHash } from '#features/people/store-devices.server.ts';
import { dwellingId, firstHouseholdId, laneId } from '#protocol/identity.ts';
import { syncParts } from '#registry/sync.server.ts';
import { testRuntime } from './support/database.ts';

const FILE = join(import.meta.dirname, 'transcripts', 'version-1.json');
const NOW = Date.parse('2025-08-05T09:00:00+07:00');
const WARD = 7;
const fixed = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [GROUP, WARD_FEED, CAMPAIGN, PERSON, DEVICE, GRANT, CARD] = [1, 2, 3, 4, 5, 6, 7].map(fixed) as [
  string, string, string, string, string, string, string,
]; // prettier-ignore
const COOKIE = `${WARD}.${DEVICE}.a-secret-that-never-changes`;

interface Transcript {
  readonly sent: string;
  readonly answers: unknown;
}
interface Recorded {
  readonly transcripts: readonly Transcript[];
  /** What stands in the tables afterwards. */
  readonly rows: Readonly<Record<string, unknown>>;
}

const ROWS: Readonly<Record<string, string>> = {
  visits: `select id, household_id, outcome, channel, place, how, members_told, topics, zalo_state, flyer_left, done_at, work_on,
    flags, taken_back_at, change_n from visits order by id`,
  pledges: `select id, household_id, visit_id, original, signer, encode(strokes, 'hex') as strokes, text_version,
    encode(receipt_code, 'hex') as receipt_code, consents, withdrawn_at, withdrawn_reason, change_n from pledges order by id`,
  households: `select id, dwelling_id, n, head_name, residence, members, phone, change_n from households order by id`,
  dwellings: `select id, lane_id, house_number, kind, change_n from dwellings order by id`,
  exclusions: `select id, household_id, reason, change_n from exclusions order by id`,
  claims: `select dwelling_id, person_id, until, change_n from door_claims order by dwelling_id`,
  signals: `select id, at, is_household, told from victim_signals order by id`,
  journal: `select id, type, feed_id, n, encode(body_hash, 'hex') as hash, work_on, received_at from field_records order by n`,
};

async function openWorld(types: readonly AnyRecordType[]) {
  const { runtime, socket, name } = await testRuntime(NOW);
  const admin = new pg.Client({ host: socket, user: 'postgres', database: name });
  await admin.connect();
  const hash = credentialHash(runtime, COOKIE).toString('hex');
  await admin.query(`
    insert into wards (ward_id, name, created_at) overriding system value values (${WARD}, 'Phường', now());
    insert into feeds (ward_id, feed_id, kind) values (${WARD}, '${WARD_FEED}', 'ward'), (${WARD}, '${GROUP}', 'group');
    insert into campaigns (ward_id, id, name, short_name, from_on, to_on, state, created_at, feed_id, change_n)
      values (${WARD}, '${CAMPAIGN}', 'Đợt', 'Đợt', '2025-08-02', '2025-08-14', 'active', now(), '${WARD_FEED}', 0);
    insert into areas (ward_id, id, kind, name, short_name, valid_from, feed_id, change_n)
      values (${WARD}, '${GROUP}', 'group', 'Tổ 1', 'Tổ 1', '2025-07-01', '${GROUP}', 0);
    insert into people (ward_id, id, name, sort_key) values (${WARD}, '${PERSON}', 'Người', 'nguoi');
    insert into grants (ward_id, id, person_id, role, area_id, from_at)
      values (${WARD}, '${GRANT}', '${PERSON}', 'field-member', '${GROUP}', '2025-07-01');
    insert into sign_in_cards (ward_id, id, person_id, token_hash, code_hash, issued_at, expires_at)
      values (${WARD}, '${CARD}', '${PERSON}', '\\x01', '\\x02', now(), now());
    insert into devices (ward_id, id, person_id, card_id, label, key_hash, credential_hash, bound_at, last_used_at)
      values (${WARD}, '${DEVICE}', '${PERSON}', '${CARD}', 'Android', '\\x03', '\\x${hash}', now(), now())`);
  const service = syncService({ ...syncParts, types });
  return {
    async push(sent: string): Promise<unknown> {
      const reply = await service.push({
        runtime,
        cookies: `tn_device=${COOKIE}`,
        actor: null,
        parts: [Buffer.from(sent)],
        receivedAt: NOW,
      });
      return isProblem(reply) ? { code: reply.code } : reply.answers;
    },
    async rows(): Promise<Recorded['rows']> {
      const found: Record<string, unknown> = {};
      for (const [table, text] of Object.entries(ROWS)) found[table] = (await admin.query(text)).rows;
      await admin.end();
      return JSON.parse(JSON.stringify(found)) as Recorded['rows'];
    },
  };
}

/** As a phone with version 1 wrote it: every type, a repeat, another body under an id, what needs another, nonsense. */
function written(): string[] {
  let at = NOW - 3_600_000;
  const newId = makeIds(
    () => at,
    (count) => new Uint8Array(count).fill(7),
  );
  const record = (type: string, body: object, more: object = {}) => ({
    id: newId(),
    type,
    typeVersion: 1,
    campaignId: CAMPAIGN,
    groupId: GROUP,
    authorId: PERSON,
    deviceId: DEVICE,
    recordedAt: isoOf((at += 120_000)),
    clockOffset: 0,
    body,
    ...more,
  });
  const lane = laneId(GROUP, 'Ngõ 12');
  const dwelling = dwellingId(lane, '5A');
  const household = firstHouseholdId(dwelling);
  const signing = { signer: 'head', adult: true, textVersion: 1, consents: ['photo'] };
  const met = {
    householdId: household,
    outcome: 'met',
    topics: ['otp'],
    channel: 'direct',
    place: 'home',
    how: 'on-the-spot',
    doneAt: isoOf(at),
    mediaIds: [],
  };
  const first = [
    record('lane', { laneId: lane, name: 'Ngõ 12' }),
    record('dwelling', { dwellingId: dwelling, laneId: lane, houseNumber: '5A', kind: 'house' }),
    record('household', {
      householdId: household,
      dwellingId: dwelling,
      n: 1,
      headName: 'Đào Thị Lành',
      residence: 'permanent',
      members: { under16: 1, from16to59: 2, from60: 1 },
    }),
    record('door-claim', { dwellingId: dwelling, until: isoOf(NOW + 3_600_000) }),
    record('lane-order', { laneId: lane, dwellingIds: [dwelling] }),
  ];
  const visit = record('visit', {
    ...met,
    membersTold: 2,
    zalo: { state: 'own-member' },
    flyerLeft: true,
    pledge: {
      ...signing,
      original: 'phone',
      strokes: 'AQIDBA',
      receiptCode: '0123456789abcdef0123456789abcdef',
    },
  });
  const absent = record('visit', { ...met, outcome: 'nobody-home', comeBackAt: isoOf(NOW + 7_200_000) });
  const pledge = record('pledge', { ...signing, original: 'paper', householdId: household, mediaIds: [] });
  const second = [
    visit,
    absent,
    pledge,
    record('household-edit', { householdId: household, set: { phone: { from: null, to: '+84912345678' } } }),
    record('exclusion-request', { householdId: household, reason: 'vacant' }),
    record('victim-signal', { at: isoOf(at), isHousehold: true, told: 'duty-desk' }),
  ];
  const third = [
    record('take-back', { visitId: absent.id, reason: 'nhầm nhà' }),
    record('pledge-withdrawal', { pledgeId: pledge.id, reason: 'hộ xin rút' }),
    record('visit', met, { needs: [fixed(99)] }),
    { ...visit, body: { ...visit.body, membersTold: 3 } },
    record('visit', { ...met, outcome: 'asleep' }),
    record('tea-party', {}),
    { id: 'nonsense' },
  ];
  const batch = (records: readonly object[], protocol = 1) =>
    JSON.stringify({ protocol, epoch: null, groupId: GROUP, sentAt: isoOf(NOW), waiting: 0, records });
  return [batch(first), batch(second), batch(second), batch(third), batch([], 0)];
}

/** A later server: bodies carry a field they did not have, and version 3 wraps them. */
const later = (type: AnyRecordType): AnyRecordType => ({
  ...type,
  version: 3,
  upgrades: {
    ...type.upgrades,
    1: (body) => ({ ...body, mood: 'unknown' }),
    2: (body) => ({ wrapped: body }),
  },
  parse(body) {
    const wrapped = typeof body === 'object' && body !== null && 'wrapped' in body ? body.wrapped : null;
    if (typeof wrapped !== 'object' || wrapped === null || !('mood' in wrapped))
      return problem('sync.wrong-shape');
    const { mood: _, ...rest } = wrapped;
    return type.parse(rest);
  },
});

async function replay(types: readonly AnyRecordType[], sent: readonly string[]): Promise<Recorded> {
  const world = await openWorld(types);
  const transcripts: Transcript[] = [];
  for (const text of sent)
    transcripts.push({ sent: text, answers: JSON.parse(JSON.stringify(await world.push(text))) as unknown });
  return { transcripts, rows: await world.rows() };
}

it('version 1 is answered as it was recorded', async () => {
  if (process.env['WRITE_TRANSCRIPTS'])
    writeFileSync(FILE, `${JSON.stringify(await replay(syncParts.types, written()), null, 1)}\n`);
  const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recorded;
  expect(recorded.transcripts.length).toBeGreaterThan(3);
  const sent = recorded.transcripts.map((one) => one.sent);
  expect(await replay(syncParts.types, sent)).toEqual(recorded);
});

it('and means the same to a server whose types are at version 3', async () => {
  const recorded = JSON.parse(readFileSync(FILE, 'utf8')) as Recorded;
  const sent = recorded.transcripts.map((one) => one.sent);
  expect(await replay(syncParts.types.map(later), sent)).toEqual(recorded);
});
