// Finding households of the register: by words, place or list with the reader's function, which may use the index; by who
// was there; by where they stand in a campaign, which is kept. Whatever is asked together is met in sets of ids group by
// group, so that only the groups a page shows are ever put in order.
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { fold } from '#core/vietnamese.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { readAddress } from '#features/households/address.ts';
import { keptCoverage } from '#features/households/coverage-kept.server.ts';
import type { ListQuery } from '#features/households/office-schema.ts';
import { doorState, standsAs } from '#features/households/standing.ts';
import type { Tally } from '#features/households/standing.ts';

type Asked = Omit<ListQuery, 'page'>;
type Groups = readonly string[] | null;
/** Households by the group they are written in. */
type ByGroup = ReadonlyMap<string, readonly string[]>;

export interface Page {
  readonly skip: number;
  readonly most: number;
}

export interface Found {
  /** Those of the groups that the page lies in. */
  readonly ids: readonly string[];
  /** Of all that were found. */
  readonly total: number;
  /** How many of `ids` stand before the page. */
  readonly skip: number;
}

const NOTHING: Found = { ids: [], total: 0, skip: 0 };

interface Wanted {
  readonly words: readonly string[] | null;
  readonly house: string | null;
  readonly lane: string | null;
}

/** "lành ngõ 12", "số 7 ngõ 12", "7": words of a name, a door, a lane. */
function wantedOf(q: string): Wanted {
  const parts = readAddress(q);
  const place =
    /\d/.test(q) && (parts.houseNumber !== null || /^(?:ngõ|ngách|hẻm|đường|phố)/i.test(parts.lane ?? ''));
  const words = fold(q)
    .replace(/\b(?:so nha|so|sn|nha|ngo|ngach|hem)\s*\.?\s*(?=\d)/g, ' ')
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !/\d/.test(word));
  const lane = place && parts.lane !== null && /\d/.test(parts.lane) ? fold(parts.lane) : null;
  return {
    words: words.length > 0 ? words : null,
    house: place && parts.houseNumber !== null ? parts.houseNumber.toLowerCase() : null,
    lane,
  };
}

/** Null: no words to look for; nothing in it: words of which none is a name or a place. */
function searched(q: string | undefined): Wanted | 'nothing' | null {
  if (!q || q.trim() === '') return null;
  const wanted = wantedOf(q);
  return wanted.words || wanted.house !== null || wanted.lane !== null ? wanted : 'nothing';
}

async function talliesOf(call: Call, campaign: string): Promise<readonly Tally[]> {
  const counted = await keptCoverage(call.runtime, call.trx, campaign);
  return [...counted.values()].flatMap(({ tallies }) => tallies);
}

/** Where each of a few households stands. */
export async function standingsOf(
  call: Call,
  campaign: string | undefined,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Tally>> {
  const found = new Map<string, Tally>();
  if (campaign === undefined || ids.length === 0) return found;
  const wanted = new Set(ids);
  for (const tally of await talliesOf(call, campaign))
    for (const id of tally.ids) if (wanted.has(id)) found.set(id, tally);
  return found;
}

const byHome = (tallies: readonly Tally[]): ByGroup =>
  new Map(
    [...Map.groupBy(tallies, ({ homeId }) => homeId)].map(([home, of]) => [
      home,
      of.flatMap(({ ids }) => ids),
    ]),
  );

/** Households of doors that stand as asked, as the map of the ward draws them. */
async function standingAtDoors(
  trx: WardTransaction,
  tallies: readonly Tally[],
  door: NonNullable<Asked['door']>,
): Promise<ByGroup> {
  const { rows } = await sql<{ ids: string }>`select string_agg(id::text, ' ') as ids from households
    where ward_id = ${trx.wardId} and merged_into is null and closed_at is null
    group by dwelling_id having count(*) > 1`.execute(trx);
  const doors = rows.map(({ ids }) => ids.split(' '));
  const shared = new Set(doors.flat());
  const of = new Map<string, Tally>();
  for (const tally of tallies) for (const id of tally.ids) if (shared.has(id)) of.set(id, tally);
  const standing = new Set(
    doors.filter((ids) => doorState(ids.flatMap((id) => of.get(id) ?? [])) === door).flat(),
  );
  return byHome(
    tallies.map((tally) => {
      const alone = doorState([tally]) === door;
      return { ...tally, ids: tally.ids.filter((id) => (shared.has(id) ? standing.has(id) : alone)) };
    }),
  );
}

/** Null: no campaign's standing is asked for. */
async function standing(call: Call, asked: Asked): Promise<ByGroup | null> {
  const { campaign, show, reason, door, lane } = asked;
  if (campaign === undefined || (show === 'all' && reason === undefined && door === undefined)) return null;
  const tallies = await talliesOf(call, campaign);
  // A door stands in one lane, with all its households.
  const inLane = lane === undefined ? tallies : tallies.filter(({ laneId }) => laneId === lane);
  if (door) return standingAtDoors(call.trx, inLane, door);
  return byHome(tallies.filter(standsAs(asked)));
}

const split = (rows: readonly { group_id: string; ids: string }[]): ByGroup =>
  new Map(rows.map(({ group_id, ids }) => [group_id, ids.split(' ')]));

async function named(
  trx: WardTransaction,
  asked: Asked,
  wanted: Wanted | null,
  groups: Groups,
): Promise<ByGroup> {
  const { words = null, house = null, lane = null } = wanted ?? {};
  const { rows } = await sql<{ group_id: string; ids: string }>`select group_id, ids
    from readers.households_by_group(${words}::text[], ${house}::text, ${lane}::text, ${groups}::uuid[],
      ${asked.lane ?? null}::uuid, ${asked.residence ?? null}::text, ${asked.import ?? null}::uuid)`.execute(
    trx,
  );
  return split(rows);
}

/** Where this person was, whatever came of it; merged and closed households among them. */
async function visitedBy(trx: WardTransaction, person: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{
    ids: string | null;
  }>`select string_agg(household_id::text, ' ') as ids from visits
    where ward_id = ${trx.wardId} and author_id = ${person} and taken_back_at is null`.execute(trx);
  return new Set(rows[0]?.ids?.split(' '));
}

/** The same by the group they are written in, where nothing else names them. */
async function inRegister(
  trx: WardTransaction,
  asked: Asked,
  groups: Groups,
  visited: ReadonlySet<string>,
): Promise<ByGroup> {
  const all: RawBuilder<unknown>[] = [
    sql`h.ward_id = ${trx.wardId} and h.id = any(${[...visited]}::uuid[])`,
    sql`h.merged_into is null and h.closed_at is null`,
  ];
  if (groups !== null) all.push(sql`h.group_id = any(${groups}::uuid[])`);
  if (asked.lane) all.push(sql`d.lane_id = ${asked.lane}`);
  const { rows } = await sql<{ group_id: string; ids: string }>`
    select h.group_id, string_agg(h.id::text, ' ') as ids
    from households h join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    where ${sql.join(all, sql` and `)} group by h.group_id`.execute(trx);
  return split(rows);
}

const among = (found: ByGroup, wanted: ReadonlySet<string>): ByGroup =>
  new Map([...found].map(([group, ids]) => [group, ids.filter((id) => wanted.has(id))]));

/** In the order in which the ward is walked, the groups that the page lies in. */
async function cut(trx: WardTransaction, found: ByGroup, { skip, most }: Page): Promise<Found> {
  const { rows } = await sql<{
    id: string;
  }>`select id from areas where ward_id = ${trx.wardId} and kind = 'group'
    order by position, name, id`.execute(trx);
  const ids: string[] = [];
  let [total, ahead] = [0, 0];
  for (const { id } of rows) {
    const own = found.get(id) ?? [];
    if (total < skip + most && total + own.length > skip) {
      if (ids.length === 0) ahead = total;
      ids.push(...own);
    }
    total += own.length;
  }
  return { ids, total, skip: Math.max(0, skip - ahead) };
}

/** A group and those that were merged into it: their doors count for it, so they are found in it. */
async function homesOf(trx: WardTransaction, area: string, visible: Groups): Promise<readonly string[]> {
  const { rows } = await sql<{
    id: string;
  }>`select id from areas where ward_id = ${trx.wardId} and kind = 'group'
    and (id = ${area} or (valid_to is not null and present_group(ward_id, id) = ${area}::uuid))`.execute(trx);
  return rows.map(({ id }) => id).filter((id) => visible === null || visible.includes(id));
}

/** By words and place alone: the reader counts and puts in order, and hands out no more than the page. */
async function findPlain(
  trx: WardTransaction,
  asked: Asked,
  { wanted, groups, page }: { wanted: Wanted | null; groups: Groups; page: Page },
): Promise<Found> {
  const { rows } = await sql<{ total: number; ids: string[] }>`select total, ids
    from readers.page_of_households(${wanted?.words ?? null}::text[], ${wanted?.house ?? null}::text,
      ${wanted?.lane ?? null}::text, ${groups}::uuid[], ${asked.lane ?? null}::uuid, ${asked.residence ?? null}::text,
      ${asked.import ?? null}::uuid, ${page.skip}::int, ${page.most}::int)`.execute(trx);
  return { ...NOTHING, ...rows[0] };
}

/** @param visible the groups whose households the reader may see; null: all */
export async function findHouseholds(call: Call, asked: Asked, visible: Groups, page: Page): Promise<Found> {
  const { trx } = call;
  const wanted = searched(asked.q);
  if (wanted === 'nothing') return NOTHING;
  const groups = asked.area ? await homesOf(trx, asked.area, visible) : visible;
  const stands = await standing(call, asked);
  if (!stands && !asked.person) return findPlain(trx, asked, { wanted, groups, page });
  const visited = asked.person ? await visitedBy(trx, asked.person) : null;
  let found: ByGroup;
  if (wanted || asked.residence || asked.import) {
    found = await named(trx, asked, wanted, groups);
    if (stands) found = among(found, new Set([...stands.values()].flat()));
  } else if (stands) {
    found = groups === null ? stands : new Map([...stands].filter(([id]) => groups.includes(id)));
  } else found = await inRegister(trx, asked, groups, visited ?? new Set());
  return cut(trx, visited ? among(found, visited) : found, page);
}
