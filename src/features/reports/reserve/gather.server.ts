// What stands on the reserve of one evening: telephone numbers, lanes with the state of each door, totals of the groups.
import { sql } from 'kysely';
import type { DateOn } from '#core/calendar.ts';
import { timeOf, type Instant } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { vnDay, vnNumber } from '#features/reports/morning-text.ts';
import { readGroups, type PlaceRow } from '#features/reports/store.server.ts';

interface Door {
  readonly number: string;
  readonly head: string;
  readonly state: string;
}
export interface Phone {
  readonly name: string;
  readonly task: string;
  readonly phone: string;
}
export interface ReserveSheet {
  /** Null: the ward's own. */
  readonly areaId: string | null;
  readonly place: string;
  readonly lanes: readonly { readonly name: string; readonly doors: readonly Door[] }[];
  readonly phones: readonly Phone[];
  readonly totals: readonly {
    readonly name: string;
    readonly households: string;
    readonly reached: string;
    readonly pledged: string;
  }[];
}

interface DoorRow {
  group_id: string;
  lane: string;
  number: string;
  head: string;
  reached_on: string | null;
  remote_on: string | null;
  pledged_on: string | null;
  excluded_on: string | null;
  last_outcome: string | null;
}

const OUTCOMES: Readonly<Record<string, string>> = {
  absent: 'vắng nhà',
  away: 'đi làm ăn xa',
  refused: 'từ chối',
};

function stateOf(row: DoorRow): string {
  if (row.excluded_on !== null) return 'ngoài danh sách phải đến';
  const parts = [
    ...(row.reached_on !== null
      ? [`đã gặp ${vnDay(row.reached_on)}`]
      : row.remote_on !== null
        ? [`đã liên lạc ${vnDay(row.remote_on)}`]
        : []),
    ...(row.pledged_on === null ? [] : [`ký ${vnDay(row.pledged_on)}`]),
  ];
  return parts.length > 0 ? parts.join(', ') : (OUTCOMES[row.last_outcome ?? ''] ?? '');
}

/** All doors of these groups in the order one walks. */
async function doorsOf(trx: WardTransaction, campaignId: string, groups: readonly string[]) {
  const { rows } = await sql<DoorRow>`
    select s.group_id, l.name as lane, d.house_number as number, coalesce(h.head_name, '') as head, s.reached_on,
      s.remote_on, s.pledged_on, s.excluded_on, s.last_outcome
    from household_standings(${trx.wardId}, ${campaignId}::uuid, ${[...groups]}::uuid[]) s
    join households h on h.ward_id = ${trx.wardId} and h.id = s.household_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where h.erased_at is null
    order by l.position nulls last, l.name, (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last,
      d.house_number, h.n`.execute(trx);
  return Map.groupBy(rows, ({ group_id }) => group_id);
}

const TASKS: Readonly<Record<string, string>> = {
  'group-leader': 'Tổ trưởng',
  'deputy-leader': 'Tổ phó',
  'area-officer': 'Cảnh sát khu vực',
  'duty-desk': 'Trực ban Công an phường',
};

async function phonesOf(trx: WardTransaction, now: Instant) {
  const { rows } = await sql<{ area_id: string | null; role: string; name: string; phone: string | null }>`
    select distinct g.area_id, g.role, p.name, p.phone from grants g
    join people p on p.ward_id = g.ward_id and p.id = g.person_id
    where g.ward_id = ${trx.wardId} and g.role = any(${Object.keys(TASKS)}::text[])
      and g.from_at <= ${new Date(now)} and (g.to_at is null or g.to_at > ${new Date(now)})
    order by g.role desc, p.name`.execute(trx);
  const desk = rows.filter(({ role }) => role === 'duty-desk');
  const told = (row: (typeof rows)[number]): Phone => ({
    name: row.name,
    task: TASKS[row.role] ?? '',
    phone: row.phone ?? '',
  });
  return {
    ofGroup: (id: string) => [...rows.filter(({ area_id }) => area_id === id), ...desk].map(told),
    ofWard: (groups: readonly PlaceRow[]) => [
      ...desk.map(told),
      ...groups.flatMap((group) =>
        rows
          .filter(({ area_id, role }) => area_id === group.id && role === 'group-leader')
          .map((row) => ({ ...told(row), task: `Tổ trưởng ${group.shortName}` })),
      ),
    ],
  };
}

export async function gatherReserve(
  trx: WardTransaction,
  campaignId: string,
  on: DateOn,
  now: Instant,
): Promise<ReserveSheet[]> {
  const groups = (await readGroups(trx)).filter(
    ({ validFrom, validTo }) => validFrom <= on && (validTo === null || validTo > on),
  );
  const doors = await doorsOf(
    trx,
    campaignId,
    groups.map(({ id }) => id),
  );
  const phones = await phonesOf(trx, now);
  const totalOf = (group: PlaceRow) => {
    const own = doors.get(group.id) ?? [];
    return {
      name: group.name,
      households: group.households === null ? '' : vnNumber(group.households),
      reached: vnNumber(own.filter(({ reached_on }) => reached_on !== null).length),
      pledged: vnNumber(own.filter(({ pledged_on }) => pledged_on !== null).length),
    };
  };
  const sheets = groups.map((group): ReserveSheet => {
    const lanes = Map.groupBy(doors.get(group.id) ?? [], ({ lane }) => lane);
    return {
      areaId: group.id,
      place: group.name,
      // A group without a list still gets its blank sheets.
      lanes:
        lanes.size === 0
          ? [{ name: 'Chưa có danh sách nhà', doors: [] }]
          : [...lanes].map(([name, rows]) => ({
              name,
              doors: rows.map((row) => ({ number: row.number, head: row.head, state: stateOf(row) })),
            })),
      phones: phones.ofGroup(group.id),
      totals: [totalOf(group)],
    };
  });
  const ward: ReserveSheet = {
    areaId: null,
    place: 'toàn phường',
    lanes: [],
    phones: phones.ofWard(groups),
    totals: groups.map(totalOf),
  };
  return [...sheets, ward];
}

export const momentWords = (now: Instant, on: DateOn): string =>
  `${timeOf(now).slice(0, 5).replace(':', 'h')}' ngày ${vnDay(on)}`;
