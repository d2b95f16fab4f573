// The register as a list: search, filters, pages, and the same rows for a spreadsheet. Words are looked for by the
// reader's function, which may use the index; everything else is asked of the ward's own rows.
import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import { fold } from '#core/vietnamese.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { readAddress } from '#features/households/address.ts';
import { readGroups, visibleGroups } from '#features/households/coverage.server.ts';
import type { HouseholdLine, ListQuery, ListReply } from '#features/households/office-schema.ts';
import type { Shown } from '#features/households/shown.ts';

const SIZE = 50;

export interface Wanted {
  readonly words: readonly string[] | null;
  readonly house: string | null;
  readonly lane: string | null;
}

/** "lành ngõ 12", "số 7 ngõ 12", "7": words of a name, a door, a lane. */
export function wantedOf(q: string): Wanted {
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

const SHOW: Readonly<Record<Shown, RawBuilder<unknown>>> = {
  all: sql`true`,
  left: sql`s.reached_on is null and s.remote_on is null and s.excluded_on is null`,
  reached: sql`s.reached_on is not null and s.excluded_on is null`,
  remote: sql`s.remote_on is not null and s.excluded_on is null`,
  pledged: sql`s.pledged_on is not null and s.excluded_on is null`,
  unsigned: sql`s.reached_on is not null and s.pledged_on is null and s.excluded_on is null`,
  zalo: sql`s.zalo_on is not null and s.excluded_on is null`,
  offzalo: sql`s.zalo_on is null and s.excluded_on is null`,
  excluded: sql`s.excluded_on is not null`,
  flagged: sql`s.flagged > 0`,
};
const DAY_OF: Readonly<Partial<Record<Shown, RawBuilder<unknown>>>> = {
  reached: sql`s.reached_on`,
  remote: sql`s.remote_on`,
  pledged: sql`s.pledged_on`,
  zalo: sql`s.zalo_on`,
  excluded: sql`s.excluded_on`,
};

/** What is asked of the household itself and of who was there. `ids`: those that the words found. */
function conditions(
  trx: WardTransaction,
  query: Omit<ListQuery, 'page'>,
  groups: readonly string[] | null,
  ids: readonly string[] | null,
): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [
    sql`h.ward_id = ${trx.wardId} and h.merged_into is null and h.closed_at is null`,
  ];
  if (groups !== null) all.push(sql`h.group_id = any(${groups}::uuid[])`);
  if (query.area) all.push(sql`h.group_id = ${query.area}`);
  if (query.lane) all.push(sql`d.lane_id = ${query.lane}`);
  if (query.residence) all.push(sql`h.residence = ${query.residence}`);
  if (query.import) all.push(sql`h.import_id = ${query.import}`);
  if (ids) all.push(sql`h.id = any(${ids}::uuid[])`);
  if (query.person)
    all.push(sql`exists (select 1 from visits v where v.ward_id = h.ward_id and v.household_id = h.id
      and v.author_id = ${query.person} and v.taken_back_at is null)`);
  return sql.join(all, sql` and `);
}

/** Where a household has to stand in the campaign asked for. */
function standingAsked(query: Omit<ListQuery, 'page'>): RawBuilder<unknown> {
  const all: RawBuilder<unknown>[] = [];
  if (query.show !== 'all') {
    all.push(SHOW[query.show]);
    const day = DAY_OF[query.show];
    if (query.day && day) all.push(sql`${day} = ${query.day}::date`);
  }
  if (query.reason) all.push(sql`${SHOW.left} and coalesce(s.last_outcome, 'none') = ${query.reason}`);
  return sql.join(all, sql` and `);
}

/**
 * Standings are reckoned once and before the join: left to itself the planner compares every household found with every
 * one that stands. A few groups are read from their own rows.
 */
function standingOf(
  trx: WardTransaction,
  query: Omit<ListQuery, 'page'>,
  groups: readonly string[] | null,
  ids: readonly string[] | null,
): RawBuilder<unknown> {
  const few = query.area ? [query.area] : groups;
  const from = few
    ? sql`household_standings(${trx.wardId}, ${query.campaign}::uuid, ${few}::uuid[]) s where true`
    : sql`household_standing s where s.ward_id = ${trx.wardId} and s.campaign_id = ${query.campaign}`;
  const within = ids ? sql`and s.household_id = any(${ids}::uuid[])` : sql``;
  return sql`select s.household_id from ${from} ${within} and ${standingAsked(query)}`;
}

const needsStanding = ({
  campaign,
  show,
  reason,
}: Pick<ListQuery, 'campaign' | 'show' | 'reason'>): boolean =>
  campaign !== undefined && (show !== 'all' || reason !== undefined);

interface Row {
  id: string;
  headName: string;
  n: number;
  houseNumber: string;
  kind: string;
  laneId: string;
  lane: string;
  groupId: string;
  group: string;
  residence: string;
  bands: Record<string, number> | null;
  phone: string | null;
  respected: boolean;
}

const COLUMNS = sql`h.id, h.head_name as "headName", h.n, d.house_number as "houseNumber", d.kind, d.lane_id as "laneId",
  l.name as lane, h.group_id as "groupId", g.short_name as "group", h.residence, h.members as bands, h.phone, h.respected`;

/** 9 before 10 before 10A: the number by value, then what follows it. */
const WALK = sql`g.position, g.name, g.id, l.position, l.name, (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last,
  d.house_number, h.n, h.id`;

const FROM = sql`households h
  join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
  join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
  join areas g on g.ward_id = h.ward_id and g.id = h.group_id`;

interface Standing {
  household_id: string;
  reached_on: string | null;
  remote_on: string | null;
  pledged_on: string | null;
  zalo_on: string | null;
  excluded_on: string | null;
  last_outcome: string | null;
  visits: number;
}

async function standings(
  trx: WardTransaction,
  campaign: string | undefined,
  ids: readonly string[],
): Promise<Map<string, Standing>> {
  if (!campaign || ids.length === 0) return new Map();
  const { rows } =
    await sql<Standing>`select household_id, reached_on, remote_on, pledged_on, zalo_on, excluded_on,
      last_outcome, visits from household_standing
    where ward_id = ${trx.wardId} and campaign_id = ${campaign} and household_id = any(${ids}::uuid[])`.execute(
      trx,
    );
  return new Map(rows.map((row) => [row.household_id, row]));
}

export const membersOf = (bands: Record<string, number> | null): number | null =>
  bands === null ? null : Object.values(bands).reduce((sum, count) => sum + count, 0);

const lineOf = ({ bands, ...row }: Row, standing: Standing | undefined): HouseholdLine => ({
  ...row,
  members: membersOf(bands),
  reachedOn: standing?.reached_on ?? null,
  remoteOn: standing?.remote_on ?? null,
  pledgedOn: standing?.pledged_on ?? null,
  zaloOn: standing?.zalo_on ?? null,
  excludedOn: standing?.excluded_on ?? null,
  lastOutcome: standing?.last_outcome ?? null,
  visits: standing?.visits ?? 0,
});

/** By words and place alone: the reader counts and puts in order, and the page's rows are read by their keys. */
async function readPlainPage(
  trx: WardTransaction,
  query: ListQuery,
  { groups, wanted, limit }: { groups: readonly string[] | null; wanted: Wanted | null; limit: number },
): Promise<{ rows: Row[]; total: number }> {
  const inside = query.area ? (groups ?? [query.area]).filter((id) => id === query.area) : groups;
  const { rows: found } = await sql<{ total: number; ids: string[] }>`select total, ids
    from readers.page_of_households(${wanted?.words ?? null}::text[], ${wanted?.house ?? null}::text,
      ${wanted?.lane ?? null}::text, ${inside}::uuid[], ${query.lane ?? null}::uuid, ${query.residence ?? null}::text,
      ${query.import ?? null}::uuid, ${(query.page - 1) * limit}::int, ${limit}::int)`.execute(trx);
  const { total, ids } = found[0] ?? { total: 0, ids: [] };
  return { rows: await rowsOf(trx, ids), total };
}

async function readPage(
  trx: WardTransaction,
  query: ListQuery,
  groups: readonly string[] | null,
  limit: number,
): Promise<{ rows: Row[]; total: number }> {
  const wanted = searched(query.q);
  if (wanted === 'nothing') return { rows: [], total: 0 };
  const standing = needsStanding(query);
  if (!standing && !query.person) return readPlainPage(trx, query, { groups, wanted, limit });
  const ids = wanted ? await idsOf(trx, wanted, groups) : null;
  if (ids?.length === 0) return { rows: [], total: 0 };
  // Asked once: where standings are asked for, they are of the words' households already.
  const where = conditions(trx, query, groups, standing ? null : ids);
  const { rows } = await sql<{ ids: string[]; n: number }>`
    with s as materialized (${standing ? standingOf(trx, query, groups, ids) : sql`select null::uuid as household_id`}),
    found as materialized (
      select h.id from households h join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
      where ${where} ${standing ? sql`and h.id in (select household_id from s)` : sql``}
    )
    select (select count(*)::int from found) as n, array(
      select h.id from ${FROM} where h.ward_id = ${trx.wardId} and h.id in (select id from found) order by ${WALK}
      limit ${limit} offset ${(query.page - 1) * limit}
    ) as ids`.execute(trx);
  return { rows: await rowsOf(trx, rows[0]?.ids ?? []), total: rows[0]?.n ?? 0 };
}

async function idsOf(
  trx: WardTransaction,
  { words, house, lane }: Wanted,
  groups: readonly string[] | null,
): Promise<readonly string[]> {
  const { rows } = await sql<{ ids: string[] }>`select array(select household_id
    from readers.find_households(${words}::text[], ${house}::text, ${lane}::text, ${groups}::uuid[], null)) as ids`.execute(
    trx,
  );
  return rows[0]?.ids ?? [];
}

async function rowsOf(trx: WardTransaction, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`select ${COLUMNS} from ${FROM}
    where h.ward_id = ${trx.wardId} and h.id = any(${ids}::uuid[]) order by ${WALK}`.execute(trx);
  return rows;
}

/** One household as the list shows it; null where it is not there or not the reader's to see. */
export async function readLines(
  trx: WardTransaction,
  campaign: string | undefined,
  ids: readonly string[],
): Promise<HouseholdLine[]> {
  const rows = await rowsOf(trx, ids);
  const standing = await standings(trx, campaign, ids);
  return rows.map((row) => lineOf(row, standing.get(row.id)));
}

export async function readList(call: Call, query: ListQuery): Promise<ListReply> {
  const { trx } = call;
  const visible = visibleGroups(call, 'households.read');
  const page = await readPage(trx, query, visible, SIZE);
  const standing = await standings(
    trx,
    query.campaign,
    page.rows.map(({ id }) => id),
  );
  const named = await sql<{ group_id: string; n: number }>`select group_id, count(*)::int as n from households
    where ward_id = ${trx.wardId} and merged_into is null and closed_at is null group by 1`.execute(trx);
  const counts = new Map(named.rows.map(({ group_id, n }) => [group_id, n]));
  const groups = await readGroups(trx, visible);
  const lanes = query.area
    ? (
        await sql<{ id: string; name: string }>`select id, name from areas where ward_id = ${trx.wardId}
        and parent_id = ${query.area} and kind = 'lane' and valid_to is null order by position, name`.execute(
          trx,
        )
      ).rows
    : [];
  const target = query.area ? { areaPath: [query.area] } : {};
  return {
    households: page.rows.map((row) => lineOf(row, standing.get(row.id))),
    total: page.total,
    page: query.page,
    size: SIZE,
    groups: groups.map(({ id, shortName, declared }) => ({
      id,
      name: shortName,
      declared,
      named: counts.get(id) ?? 0,
    })),
    lanes,
    may: {
      change: call.may('households.change', target),
      import: call.may('households.import', target),
      export: call.may('households.export'),
    },
  };
}

/** A ward is far smaller; a list of more is not a list. */
const MOST_EXPORTED = 100_000;

export async function readAll(call: Call, query: ListQuery): Promise<HouseholdLine[]> {
  const visible = visibleGroups(call, 'households.read');
  const { rows } = await readPage(call.trx, { ...query, page: 1 }, visible, MOST_EXPORTED);
  const standing = await standings(
    call.trx,
    query.campaign,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => lineOf(row, standing.get(row.id)));
}
