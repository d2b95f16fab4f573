// What must hold when everybody has a network again, whatever happened before.
import { isProblem } from '#core/problem.ts';
import { snapshot } from '#platform/sync/pull.server.ts';
import { applyEdit } from '#features/households/engine/merging.ts';
import type { EditableHousehold } from '#features/households/engine/merging.ts';
import type { HouseholdEditBody } from '#features/households/schema.ts';
import { syncParts } from '#registry/sync.server.ts';
import type { Phone } from './field-phone.ts';
import type { World } from './field-world.ts';

const fail = (what: string, detail?: unknown): never => {
  throw new Error(`${what}${detail === undefined ? '' : `: ${JSON.stringify(detail).slice(0, 600)}`}`);
};

/** Sends and fetches until nothing changes any more. */
export async function settle(world: World, phones: readonly Phone[]): Promise<void> {
  for (let round = 0; round < 12; round++) {
    let moved = false;
    for (const phone of phones) {
      await phone.fetch();
      const before = JSON.stringify(phone.kept);
      await phone.send();
      while (phone.onTheWay.length > 0) phone.hearReply(phone.onTheWay.length - 1);
      if (JSON.stringify(phone.kept) !== before) moved = true;
    }
    if (!moved) break;
    world.now += 1000;
  }
  for (const phone of phones) await phone.fetch();
}

interface Journal {
  readonly id: string;
  readonly type: string;
  readonly feed_id: string;
  readonly n: number;
  readonly subject_id: string;
  readonly body: Record<string, unknown>;
  readonly happened_at: Date;
}

async function nothingLost(
  world: World,
  phones: readonly Phone[],
  journal: readonly Journal[],
): Promise<void> {
  const held = await world.rows<{ id: string }>('select id from held_records where ward_id = $1');
  const inJournal = new Set(journal.map(({ id }) => id));
  const inHeld = new Set(held.map(({ id }) => id));
  for (const id of world.promised) if (!inJournal.has(id) && !inHeld.has(id)) fail('answered and lost', id);
  for (const id of inJournal) if (inHeld.has(id)) fail('held and applied', id);
  for (const phone of phones)
    for (const one of phone.kept) {
      if (one.standing === 'refused')
        fail('a rightful record was refused', [one.why, phone.records.get(one.id)]);
      if (one.standing !== 'queued') continue;
      // It may only wait for what is held, or for a record that waits itself.
      if (one.why !== 'sync.needs-another') fail('still queued', [one, phone.records.get(one.id)]);
      if (held.length === 0) fail('waits for nothing', [one, phone.records.get(one.id)]);
    }
}

async function countedOnce(world: World, journal: readonly Journal[]): Promise<void> {
  const visits = journal.filter(({ type }) => type === 'visit');
  const rows = await world.rows<{ id: string; household_id: string }>(
    'select id, household_id from visits where ward_id = $1',
  );
  if (rows.length !== visits.length) fail('visits and their records differ', [rows.length, visits.length]);
  // What phones made, once each: a second row of one visit would have another id.
  const made = world.made.filter(({ type }) => type === 'visit').length;
  if (rows.length > made) fail('more visits than were ever made', [rows.length, made]);
  const pledges = await world.rows<{ n: number }>(
    'select count(*)::int as n from pledges where ward_id = $1',
  );
  const signed = journal.filter(
    ({ type, body }) => type === 'pledge' || (type === 'visit' && 'pledge' in body),
  );
  if (pledges[0]?.n !== signed.length) fail('pledges and their records differ', [pledges, signed.length]);
  const taken = new Set(
    journal.filter(({ type }) => type === 'take-back').map(({ subject_id }) => subject_id),
  );
  const reached = new Set(
    visits
      .filter(({ id, body }) => !taken.has(id) && body['outcome'] === 'met' && body['channel'] === 'direct')
      .map(({ subject_id }) => subject_id),
  );
  const counted = await world.rows<{ n: number; most: number | null }>(
    `select coalesce(sum(reached), 0)::int as n, max(reached::float / nullif(denominator, 0)) as most
     from group_coverage where ward_id = $1`,
  );
  if (counted[0]?.n !== reached.size) fail('coverage is not the recount', [counted, reached.size]);
  if ((counted[0]?.most ?? 0) > 1) fail('a share above 100 %', counted);
}

async function numbersAreOrder(world: World, journal: readonly Journal[]): Promise<void> {
  const seen = new Set(journal.map(({ feed_id, n }) => `${feed_id} ${n}`));
  if (seen.size !== journal.length)
    fail(
      'a number was given twice',
      journal.map(({ feed_id, n }) => [feed_id, n]),
    );
  const feeds = await world.rows<{ feed_id: string; n: number }>(
    'select feed_id, n::int from feeds where ward_id = $1',
  );
  for (const { feed_id, n } of feeds)
    if (journal.some((row) => row.feed_id === feed_id && row.n > n))
      fail('a number beyond its feed', feed_id);
}

/** Every edit's fate follows from the edits in their order; whatever met another is noted. */
async function conflictsSurfaced(world: World, journal: readonly Journal[]): Promise<void> {
  const edits = journal.filter(({ type }) => type === 'household-edit').sort((a, b) => a.n - b.n);
  const conflicts = await world.rows<{ record_id: string; field: string }>(
    'select record_id, field from field_conflicts where ward_id = $1',
  );
  const noted = new Set(conflicts.map(({ record_id, field }) => `${record_id} ${field}`));
  const households = await world.rows<{ id: string; phone: string | null }>(
    'select id, phone from households where ward_id = $1',
  );
  for (const { id, phone } of households) {
    let row = { phone: null, marks: {} } as unknown as EditableHousehold;
    const of = edits.filter(({ subject_id }) => subject_id === id);
    if (new Set(of.map(({ feed_id }) => feed_id)).size > 1) continue;
    for (const edit of of) {
      const { set } = edit.body as HouseholdEditBody;
      const edited = applyEdit(row, set, { at: edit.happened_at.getTime(), recordId: edit.id });
      for (const { field } of edited.conflicts)
        if (!noted.has(`${edit.id} ${field}`)) fail('a parallel edit is hidden', edit);
      row = edited.household;
    }
    if (of.length > 0 && row.phone !== phone) fail('edits do not give what stands', [row.phone, phone]);
  }
}

async function phonesAgree(world: World, phones: readonly Phone[]): Promise<void> {
  for (const phone of phones) {
    const ask = { runtime: world.runtime, parts: syncParts, actor: world.actor(phone.person) };
    const all = await snapshot(ask, phone.feed?.id ?? phone.person.groupId);
    if (isProblem(all)) return fail(all.code);
    const there = new Map(all.rows.map((row) => [`${row.kind}:${row.id}`, JSON.stringify(bare(row))]));
    const here = new Map([...phone.replica].map(([key, row]) => [key, JSON.stringify(bare(row))]));
    for (const [key, row] of there)
      if (here.get(key) !== row) fail('a phone shows something else', [key, here.get(key) ?? null, row]);
    for (const key of here.keys()) if (!there.has(key)) fail('a phone shows what is gone', key);
  }
}

/** Numbers differ where a row came by another way; what it says must not. */
const bare = (row: object): object => ({ ...row, n: 0 });

async function oneDoorOnce(world: World, journal: readonly Journal[]): Promise<void> {
  const laid = new Set(journal.filter(({ type }) => type === 'dwelling').map(({ subject_id }) => subject_id));
  const rows = await world.rows<{ n: number }>(
    'select count(*)::int as n from dwellings where ward_id = $1 and id = any($2::uuid[])',
    [...laid],
  );
  if (rows[0]?.n !== laid.size) fail('a door was laid out twice or not', [rows, laid.size]);
}

export async function checkWorld(world: World, phones: readonly Phone[]): Promise<void> {
  const journal = await world.rows<Journal>(
    `select id, type, feed_id, n::int, subject_id, body, happened_at from field_records where ward_id = $1`,
  );
  await nothingLost(world, phones, journal);
  await countedOnce(world, journal);
  await numbersAreOrder(world, journal);
  await oneDoorOnce(world, journal);
  await conflictsSurfaced(world, journal);
  await phonesAgree(world, phones);
}
