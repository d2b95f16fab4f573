// What may be done to the register at the office, each with its audit row in the same transaction. Nothing here takes a
// household out of the figures: only an approved exclusion does (exclusions.server.ts).
import { sql } from 'kysely';
import { derivedId, newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem, Result } from '#core/problem.ts';
import { e164Of } from '#core/telephone.ts';
import type { Actor } from '#platform/api/actor.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { nextChange } from '#platform/feeds.server.ts';
import { dwellingId, firstHouseholdId } from '#protocol/identity.ts';
import { nameKey } from '#features/households/address.ts';
import { readLaneLayout, tidyHouseNumber } from '#features/households/lane-range.ts';
import type { EditWish, HouseholdWish } from '#features/households/office-schema.ts';
import { ensureDwellings, ensureLanes } from '#features/households/places.server.ts';
import type { HouseholdTables } from '#features/households/tables.ts';

export interface Context {
  readonly trx: WardTransaction;
  readonly actor: Pick<Actor, 'personId' | 'grants'>;
  /** Campaign time. */
  readonly now: number;
  readonly origin: string;
}

const tables = (trx: WardTransaction) => trx.withTables<HouseholdTables>();
export const noSuchHousehold = () => problem('households.no-such-household', { status: 404 });

const isGroup = async (trx: WardTransaction, id: string): Promise<boolean> => {
  const { rows } =
    await sql`select 1 from areas where ward_id = ${trx.wardId} and id = ${id} and kind = 'group'
    and valid_to is null`.execute(trx);
  return rows.length > 0;
};

/** The office types telephone numbers as people say them. */
const phoneOf = (typed: string | null | undefined): Result<{ phone: string | null }> => {
  if (!typed || typed.trim() === '') return { phone: null };
  const phone = e164Of(typed);
  return phone === null
    ? problem('households.phone-unreadable', { status: 422, pointer: '/body/phone' })
    : { phone };
};

/** The id of a further household at a door: of one name it is one household, however often it is typed. */
export const furtherHouseholdId = (dwelling: string, headName: string): string =>
  derivedId<'household'>(dwelling, 'household', nameKey(headName));

interface NewHousehold {
  readonly id: string;
  readonly dwelling: string;
  readonly groupId: string;
  readonly n: number;
  readonly phone: string | null;
  readonly wish: HouseholdWish;
}

async function insertHousehold({ trx, now, actor }: Context, made: NewHousehold): Promise<void> {
  const { id, dwelling, groupId, n, phone, wish } = made;
  await tables(trx)
    .insertInto('households')
    .values({
      ward_id: trx.wardId,
      id,
      dwelling_id: dwelling,
      group_id: groupId,
      n,
      head_name: wish.headName,
      residence: wish.residence,
      members: wish.members ? JSON.stringify(wish.members) : null,
      phone,
      address_written: wish.addressWritten ?? null,
      created_at: new Date(now),
      created_by: actor.personId,
      feed_id: groupId,
      change_n: await nextChange(trx, groupId),
    })
    .onConflict((conflict) =>
      conflict
        .columns(['ward_id', 'id'])
        .doUpdateSet((eb) => ({ closed_at: null, closed_why: null, change_n: eb.ref('excluded.change_n') })),
    )
    .execute();
}

export async function addHousehold(
  context: Context,
  groupId: string,
  wish: HouseholdWish,
): Promise<Result<{ id: string }>> {
  const { trx, now } = context;
  if (!(await isGroup(trx, groupId))) return problem('areas.no-such-group', { status: 404 });
  const phone = phoneOf(wish.phone);
  if (isProblem(phone)) return phone;
  const lane = (await ensureLanes(trx, groupId, [wish.lane], now)).ids.get(wish.lane) ?? '';
  const houseNumber = tidyHouseNumber(wish.houseNumber);
  await ensureDwellings(trx, groupId, [{ laneId: lane, houseNumber, kind: wish.kind }], { now });
  const dwelling = dwellingId(lane, houseNumber);
  const there = await tables(trx)
    .selectFrom('households')
    .select(['id', 'n', 'head_name', 'closed_at'])
    .where('ward_id', '=', trx.wardId)
    .where('dwelling_id', '=', dwelling)
    .execute();
  const same = there.find(
    ({ head_name, closed_at }) => closed_at === null && nameKey(head_name) === nameKey(wish.headName),
  );
  if (same && !wish.another)
    return problem('households.already-there', { status: 409, current: { id: same.id } });
  const id =
    there.length === 0
      ? firstHouseholdId(dwelling)
      : same
        ? newId()
        : furtherHouseholdId(dwelling, wish.headName);
  const n = Math.max(0, ...there.map((one) => one.n)) + 1;
  await insertHousehold(context, { id, dwelling, groupId, n, phone: phone.phone, wish });
  await audit(trx, context, {
    action: 'households.added',
    subjectKind: 'household',
    subjectId: id,
    after: { groupId, lane: wish.lane, houseNumber, headName: wish.headName },
  });
  return { id };
}

const FIELDS = {
  headName: 'head_name',
  residence: 'residence',
  members: 'members',
  phone: 'phone',
  addressWritten: 'address_written',
  smartphone: 'smartphone',
  respected: 'respected',
} as const;
type EditField = keyof typeof FIELDS;
const EDITABLE = Object.keys(FIELDS) as EditField[];

const plain = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return 'null';
  if (typeof value === 'object')
    return JSON.stringify(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return JSON.stringify(value);
};

/**
 * Field by field. Where somebody else changed a field since the page was read, the office's value stands (it is the
 * later word) and both are noted until somebody has looked.
 */
export async function editHousehold(
  context: Context,
  id: string,
  wish: EditWish,
): Promise<Problem | { done: true }> {
  const { trx, now } = context;
  const phone = phoneOf(wish.phone);
  if (isProblem(phone)) return phone;
  const row = await tables(trx)
    .selectFrom('households')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row || row.erased_at) return noSuchHousehold();
  const wished: Record<string, unknown> = {
    ...wish,
    ...(wish.phone === undefined ? {} : { phone: phone.phone }),
  };
  const changed = EDITABLE.filter(
    (field) => wished[field] !== undefined && plain(wished[field]) !== plain(row[FIELDS[field]]),
  );
  if (changed.length === 0) return { done: true };
  const record = newId();
  const marks = { ...(row.marks as Record<string, unknown>) };
  const [before, after, set]: Record<string, unknown>[] = [{}, {}, {}];
  for (const field of changed) {
    const column = FIELDS[field];
    const value = wished[field] ?? null;
    Object.assign(before ?? {}, { [field]: row[column] });
    Object.assign(after ?? {}, { [field]: value });
    Object.assign(set ?? {}, {
      [column]: column === 'members' && value !== null ? JSON.stringify(value) : value,
    });
    marks[field] = [now, record];
    if (field in wish.seen && plain(wish.seen[field]) !== plain(row[column]))
      await sql`insert into field_conflicts (ward_id, id, subject_kind, subject_id, field, record_id, kept, other, group_id, noted_at)
        values (${trx.wardId}, ${newId()}, 'household', ${id}, ${field}, ${record}, ${JSON.stringify(value)}::jsonb,
          ${JSON.stringify(row[column])}::jsonb, ${row.group_id}, ${new Date(now)})`.execute(trx);
  }
  await tables(trx)
    .updateTable('households')
    .set({ ...set, marks: JSON.stringify(marks), change_n: await nextChange(trx, row.feed_id) })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
  await audit(trx, context, {
    action: 'households.edited',
    subjectKind: 'household',
    subjectId: id,
    before,
    after,
  });
  return { done: true };
}

export interface LaidOut {
  readonly lane: string | null;
  readonly made: number;
  readonly there: number;
  readonly unread: string[];
}

export async function layOutLane(
  context: Context,
  groupId: string,
  text: string,
  laneName: string | undefined,
): Promise<Result<LaidOut>> {
  const { trx, now } = context;
  if (!(await isGroup(trx, groupId))) return problem('areas.no-such-group', { status: 404 });
  const { lane, houseNumbers, unread } = readLaneLayout(text);
  const name = laneName ?? lane;
  if (name === null) return problem('households.which-lane', { status: 422, pointer: '/body/lane' });
  if (houseNumbers.length === 0)
    return problem('households.no-doors-read', { status: 422, pointer: '/body/text' });
  const laneId = (await ensureLanes(trx, groupId, [name], now)).ids.get(name) ?? '';
  const made = await ensureDwellings(
    trx,
    groupId,
    houseNumbers.map((houseNumber) => ({ laneId, houseNumber, kind: 'house' as const })),
    { now },
  );
  await audit(trx, context, {
    action: 'households.lane-laid-out',
    subjectKind: 'area',
    subjectId: laneId,
    after: { lane: name, doors: houseNumbers.length, made },
  });
  return { lane: name, made, there: houseNumbers.length - made, unread: [...unread] };
}

/** To another door, perhaps of another group: there a row, here a tombstone. Its id and history stay. */
export async function moveHousehold(
  context: Context,
  id: string,
  wish: { group: string; lane: string; houseNumber: string; reason: string },
): Promise<Problem | { done: true }> {
  const { trx, now } = context;
  if (!(await isGroup(trx, wish.group))) return problem('areas.no-such-group', { status: 404 });
  const row = await tables(trx)
    .selectFrom('households')
    .select(['id', 'dwelling_id', 'group_id', 'feed_id', 'erased_at', 'merged_into'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row || row.erased_at || row.merged_into) return noSuchHousehold();
  // Both feeds in ascending id, before anything else takes a number of one of them.
  const numbers = new Map<string, number>();
  for (const feed of [...new Set([row.feed_id, wish.group])].toSorted())
    numbers.set(feed, await nextChange(trx, feed));
  const lane = (await ensureLanes(trx, wish.group, [wish.lane], now)).ids.get(wish.lane) ?? '';
  const houseNumber = tidyHouseNumber(wish.houseNumber);
  await ensureDwellings(trx, wish.group, [{ laneId: lane, houseNumber, kind: 'house' }], { now });
  const dwelling = dwellingId(lane, houseNumber);
  const { rows } = await sql<{ n: number }>`select coalesce(max(n), 0)::int as n from households
    where ward_id = ${trx.wardId} and dwelling_id = ${dwelling}`.execute(trx);
  await tables(trx)
    .updateTable('households')
    .set({
      dwelling_id: dwelling,
      group_id: wish.group,
      feed_id: wish.group,
      n: (rows[0]?.n ?? 0) + 1,
      change_n: numbers.get(wish.group) ?? 0,
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
  if (row.feed_id !== wish.group) {
    await sql`insert into feed_tombstones (ward_id, feed_id, kind, id, change_n)
      values (${trx.wardId}, ${row.feed_id}, 'household', ${id}, ${numbers.get(row.feed_id) ?? 0})
      on conflict (ward_id, feed_id, kind, id) do update set change_n = excluded.change_n`.execute(trx);
    await sql`delete from feed_tombstones where ward_id = ${trx.wardId} and feed_id = ${wish.group}
      and kind = 'household' and id = ${id}`.execute(trx);
  }
  await audit(trx, context, {
    action: 'households.moved',
    subjectKind: 'household',
    subjectId: id,
    before: { dwellingId: row.dwelling_id, groupId: row.group_id },
    after: { dwellingId: dwelling, groupId: wish.group, reason: wish.reason },
  });
  return { done: true };
}
