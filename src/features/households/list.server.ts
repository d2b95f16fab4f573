// The register as a list: what was found as lines, page by page, and the same lines for a spreadsheet.
import { sql } from 'kysely';
import type { Call } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { readGroups, visibleGroups } from '#features/households/coverage.server.ts';
import { findHouseholds, standingsOf } from '#features/households/found.server.ts';
import type { HouseholdLine, ListQuery, ListReply } from '#features/households/office-schema.ts';
import type { Tally } from '#features/households/standing.ts';

const SIZE = 50;

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

export const membersOf = (bands: Record<string, number> | null): number | null =>
  bands === null ? null : Object.values(bands).reduce((sum, count) => sum + count, 0);

const lineOf = ({ bands, ...row }: Row, standing: Tally | undefined): HouseholdLine => ({
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

/** Which of the households found a page shows, in the order in which the ward is walked. */
interface Cut {
  readonly skip: number;
  readonly most: number;
}

async function rowsOf(trx: WardTransaction, ids: readonly string[], cut?: Cut): Promise<Row[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Row>`select ${COLUMNS} from ${FROM}
    where h.ward_id = ${trx.wardId} and h.id = any(${ids}::uuid[]) order by ${WALK}
    ${cut ? sql`offset ${cut.skip} limit ${cut.most}` : sql``}`.execute(trx);
  return rows;
}

async function linesOf(
  call: Call,
  campaign: string | undefined,
  rows: readonly Row[],
): Promise<HouseholdLine[]> {
  const standing = await standingsOf(
    call,
    campaign,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => lineOf(row, standing.get(row.id)));
}

/** Households as the list shows them. */
export const readLines = async (
  call: Call,
  campaign: string | undefined,
  ids: readonly string[],
): Promise<HouseholdLine[]> => linesOf(call, campaign, await rowsOf(call.trx, ids));

export async function readList(call: Call, query: ListQuery): Promise<ListReply> {
  const { trx } = call;
  const visible = visibleGroups(call, 'households.read');
  const { ids, total, skip } = await findHouseholds(call, query, visible, {
    skip: (query.page - 1) * SIZE,
    most: SIZE,
  });
  const rows = await rowsOf(trx, ids, { skip, most: SIZE });
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
    households: await linesOf(call, query.campaign, rows),
    total,
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
  const whole = { skip: 0, most: MOST_EXPORTED };
  const { ids } = await findHouseholds(call, query, visibleGroups(call, 'households.read'), whole);
  return linesOf(call, query.campaign, await rowsOf(call.trx, ids, whole));
}
