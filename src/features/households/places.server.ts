// Lanes, dwellings and households come into being the same way from every door of the office: ids are derived as on the
// phones, so what an office lays out and what a phone lays out are one row.
import { sql } from 'kysely';
import { dayOf } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { dwellingId, laneId } from '#protocol/identity.ts';
import { tidyLane } from '#features/households/address.ts';

/** Takes several numbers of a feed at once: the first of them. */
export async function takeNumbers(trx: WardTransaction, feedId: string, count: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`update feeds set n = n + ${count}
    where ward_id = ${trx.wardId} and feed_id = ${feedId} returning n`.execute(trx);
  const last = rows[0]?.n;
  if (last === undefined) throw new Error('A group without a feed');
  return last - count + 1;
}

/** Where a list says no lane at all. */
export const UNSORTED_LANE = 'Chưa xếp ngõ';

interface Lane {
  readonly id: string;
  readonly name: string;
}

/**
 * Lanes of a group by name; those not there yet are added, closed ones opened again.
 * @returns their ids by the names as written, and which of them were not there
 */
export async function ensureLanes(
  trx: WardTransaction,
  groupId: string,
  names: readonly string[],
  now: number,
): Promise<{ readonly ids: Map<string, string>; readonly added: readonly string[] }> {
  const wanted = new Map<string, Lane>();
  for (const written of names) {
    const name = written === UNSORTED_LANE ? written : tidyLane(written);
    wanted.set(written, { id: laneId(groupId, name), name });
  }
  const ids = [...new Set([...wanted.values()].map(({ id }) => id))];
  const there = await sql<{
    id: string;
    closed: boolean;
  }>`select id, valid_to is not null as closed from areas where ward_id = ${trx.wardId} and id = any(${ids}::uuid[])`.execute(
    trx,
  );
  const known = new Set(there.rows.map(({ id }) => id));
  const closed = there.rows.flatMap((row) => (row.closed ? [row.id] : []));
  if (closed.length > 0)
    await sql`update areas set valid_to = null, change_n = ${await takeNumbers(trx, groupId, 1)}
      where ward_id = ${trx.wardId} and id = any(${closed}::uuid[])`.execute(trx);
  const missing = [...new Map([...wanted.values()].map((lane) => [lane.id, lane])).values()].filter(
    ({ id }) => !known.has(id),
  );
  if (missing.length > 0) {
    let n = await takeNumbers(trx, groupId, missing.length);
    const last = await sql<{ position: number }>`select coalesce(max(position), 0)::int as position from areas
      where ward_id = ${trx.wardId} and parent_id = ${groupId}`.execute(trx);
    let position = last.rows[0]?.position ?? 0;
    const from = dayOf(now);
    const lanes = missing.map(
      ({ id, name }) =>
        sql`(${trx.wardId}, ${id}, 'lane', ${groupId}, ${name}, ${name}, ${++position}, ${from}, ${groupId}, ${n++})`,
    );
    await sql`insert into areas (ward_id, id, kind, parent_id, name, short_name, position, valid_from, feed_id, change_n)
      values ${sql.join(lanes)} on conflict (ward_id, id) do nothing`.execute(trx);
    const names = missing.map(({ id, name }) => sql`(${trx.wardId}, ${id}, ${name}, ${name}, ${from})`);
    await sql`insert into area_names (ward_id, area_id, name, short_name, valid_from)
      values ${sql.join(names)} on conflict do nothing`.execute(trx);
  }
  return {
    ids: new Map([...wanted].map(([written, { id }]) => [written, id])),
    added: [...missing.map(({ id }) => id), ...closed],
  };
}

export interface NewDwelling {
  readonly laneId: string;
  readonly houseNumber: string;
  readonly kind: 'house' | 'flat' | 'boarding-house';
}

/** Dwellings not there yet are added, closed ones opened again; answers how many were new. */
export const ensureDwellings = (
  trx: WardTransaction,
  groupId: string,
  dwellings: readonly NewDwelling[],
  made: { readonly now: number; readonly importId?: string | null },
): Promise<number> =>
  ensureNamedDwellings(
    trx,
    groupId,
    new Map(dwellings.map((one) => [dwellingId(one.laneId, one.houseNumber), one])),
    made,
  );

/** The same for whoever has made their ids already. One statement, however many: a list brings a whole group. */
export async function ensureNamedDwellings(
  trx: WardTransaction,
  groupId: string,
  dwellings: ReadonlyMap<string, NewDwelling>,
  made: { readonly now: number; readonly importId?: string | null },
): Promise<number> {
  const byId = new Map(dwellings);
  if (byId.size === 0) return 0;
  const there = await sql<{ id: string }>`select id from dwellings where ward_id = ${trx.wardId}
    and id = any(${[...byId.keys()]}::uuid[]) and closed_at is null`.execute(trx);
  for (const { id } of there.rows) byId.delete(id);
  if (byId.size === 0) return 0;
  const first = await takeNumbers(trx, groupId, byId.size);
  const rows = [...byId.values()];
  await sql`insert into dwellings
      (ward_id, id, lane_id, group_id, house_number, kind, created_at, import_id, feed_id, change_n)
    select ${trx.wardId}::int, id, lane_id, ${groupId}::uuid, house_number, kind, ${new Date(made.now)},
      ${made.importId ?? null}::uuid, ${groupId}::uuid, ${first - 1}::bigint + n
    from unnest(${[...byId.keys()]}::uuid[], ${rows.map((one) => one.laneId)}::uuid[],
      ${rows.map((one) => one.houseNumber)}::text[], ${rows.map((one) => one.kind)}::text[])
      with ordinality as made (id, lane_id, house_number, kind, n)
    on conflict (ward_id, id) do update
      set closed_at = null, change_n = excluded.change_n, import_id = excluded.import_id`.execute(trx);
  return rows.length;
}
