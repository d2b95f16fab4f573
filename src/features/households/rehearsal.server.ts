// The doors of a sample ward. Some groups have their whole list, some a part of it, some only the number in their book,
// one more names than it declared: as lists are when a campaign begins.
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { drawName } from '#platform/rehearsal/names.ts';
import { dwellingId, firstHouseholdId, laneId } from '#protocol/identity.ts';
import type { HouseholdTables } from '#features/households/tables.ts';

export interface SampleHousehold {
  readonly id: string;
  readonly dwellingId: string;
  readonly n: number;
  readonly headName: string;
  readonly residence: 'permanent' | 'temporary' | 'boarding';
  readonly members: { under16: number; from16to59: number; from60: number };
  readonly phone: string | null;
}

export interface SampleDwelling {
  readonly id: string;
  readonly laneId: string;
  readonly groupId: string;
  readonly houseNumber: string;
  readonly kind: 'house' | 'boarding-house';
  readonly lat: number | null;
  readonly lon: number | null;
  readonly households: readonly SampleHousehold[];
}

export interface SampleGroupDoors {
  readonly groupId: string;
  readonly declared: number;
  readonly dwellings: readonly SampleDwelling[];
  /** The rest of the book: real doors nobody has listed, met while walking. */
  readonly unlisted: readonly SampleDwelling[];
}

interface SampleGroupSize {
  readonly id: string;
  readonly households: number;
  readonly lanes: readonly string[];
}

/** How much of its book a group has listed: of nine groups one has nothing, two a part, the others all. */
function listedOf(group: SampleGroupSize, n: number, chance: Chance): number {
  if (n % 9 === 5) return 0;
  if (n % 9 === 1 || n % 9 === 4) return Math.round(group.households * (0.55 + chance.next() * 0.3));
  if (n === 7) return group.households + 6;
  return group.households;
}

/** Far from any real place of that name; lanes run beside one another. */
const ORIGIN = { lat: 20.88, lon: 106.6 };

const drawMembers = (chance: Chance) => ({
  under16: chance.odds(0.55) ? chance.int(0, 3) : 0,
  from16to59: chance.int(1, 4),
  from60: chance.odds(0.38) ? chance.int(1, 2) : 0,
});

const drawPhone = (chance: Chance): string | null =>
  chance.odds(0.55) ? `+8450${chance.int(1_000_000, 9_999_999)}` : null;

class Lane {
  readonly id: string;
  readonly groupId: string;
  readonly #at: { lat: number; lon: number };
  readonly #chance: Chance;
  #next = [1, 2];
  readonly #taken = new Set<string>();

  constructor(groupId: string, name: string, at: { lat: number; lon: number }, chance: Chance) {
    this.id = laneId(groupId, name);
    this.groupId = groupId;
    this.#at = at;
    this.#chance = chance;
  }

  #houseNumber(): string {
    const side = this.#chance.int(0, 1);
    const number = this.#next[side] ?? 1;
    const letter = number > 3 && this.#chance.odds(0.05);
    this.#next[side] = number + 2;
    const name = letter ? `${number - 2}A` : String(number);
    return this.#taken.has(name) ? String(number) : name;
  }

  dwelling(count: number): SampleDwelling {
    const chance = this.#chance;
    const houseNumber = this.#houseNumber();
    this.#taken.add(houseNumber);
    const id = dwellingId(this.id, houseNumber);
    const boarding = count > 2;
    const along = this.#taken.size * 0.00009;
    const placed = chance.odds(0.7);
    const households = Array.from({ length: count }, (_, n): SampleHousehold => ({
      id: n === 0 ? firstHouseholdId(id) : chance.ids(Date.parse('2025-07-22T09:00:00+07:00'))(),
      dwellingId: id,
      n: n + 1,
      headName: drawName(chance),
      residence: boarding ? 'boarding' : chance.odds(0.07) ? 'temporary' : 'permanent',
      members: drawMembers(chance),
      phone: drawPhone(chance),
    }));
    return {
      id,
      laneId: this.id,
      groupId: this.groupId,
      houseNumber,
      kind: boarding ? 'boarding-house' : 'house',
      lat: placed ? this.#at.lat + along + chance.next() * 0.00003 : null,
      lon: placed ? this.#at.lon + chance.next() * 0.00008 : null,
      households,
    };
  }
}

const inDoor = (chance: Chance, left: number): number => {
  if (left >= 6 && chance.odds(0.012)) return chance.int(3, 6);
  return left >= 2 && chance.odds(0.05) ? 2 : 1;
};

function drawGroup(group: SampleGroupSize, n: number, chance: Chance): SampleGroupDoors {
  const corner = { lat: ORIGIN.lat + Math.floor(n / 9) * 0.008, lon: ORIGIN.lon + (n % 9) * 0.007 };
  const lanes = group.lanes.map(
    (name, at) => new Lane(group.id, name, { lat: corner.lat, lon: corner.lon + at * 0.0005 }, chance),
  );
  const listed = listedOf(group, n, chance);
  const all = Math.max(listed, group.households);
  const [inside, outside]: [SampleDwelling[], SampleDwelling[]] = [[], []];
  let made = 0;
  while (made < all) {
    const count = inDoor(chance, (made < listed ? listed : all) - made);
    const dwelling = chance.pick(lanes).dwelling(count);
    (made < listed ? inside : outside).push(dwelling);
    made += count;
  }
  return { groupId: group.id, declared: group.households, dwellings: inside, unlisted: outside };
}

/** Draws every door of the ward; writes nothing. */
export const drawDoors = (chance: Chance, groups: readonly SampleGroupSize[]): SampleGroupDoors[] =>
  groups.map((group, n) => drawGroup(group, n, chance.branch(`group ${n}`)));

export interface DoorToWrite {
  readonly dwelling: SampleDwelling;
  readonly createdAt: Date;
  readonly createdBy: string | null;
  readonly dwellingN: number;
  /** In the order of the dwelling's households. */
  readonly householdNs: readonly number[];
}

const inChunks = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, n) => rows.slice(n * size, (n + 1) * size));

export async function writeDoors(trx: WardTransaction, doors: readonly DoorToWrite[]): Promise<void> {
  const tables = trx.withTables<HouseholdTables>();
  const ward_id = trx.wardId;
  for (const chunk of inChunks(doors, 700)) {
    await tables
      .insertInto('dwellings')
      .values(
        chunk.map(({ dwelling, createdAt, dwellingN }) => ({
          ward_id,
          id: dwelling.id,
          lane_id: dwelling.laneId,
          group_id: dwelling.groupId,
          house_number: dwelling.houseNumber,
          kind: dwelling.kind,
          position_lat: dwelling.lat,
          position_lon: dwelling.lon,
          created_at: createdAt,
          feed_id: dwelling.groupId,
          change_n: dwellingN,
        })),
      )
      .execute();
    await tables
      .insertInto('households')
      .values(
        chunk.flatMap(({ dwelling, createdAt, createdBy, householdNs }) =>
          dwelling.households.map((household, at) => ({
            ward_id,
            id: household.id,
            dwelling_id: dwelling.id,
            group_id: dwelling.groupId,
            n: household.n,
            head_name: household.headName,
            residence: household.residence,
            members: JSON.stringify(household.members),
            phone: household.phone,
            created_at: createdAt,
            created_by: createdBy,
            feed_id: dwelling.groupId,
            change_n: householdNs[at] ?? 0,
          })),
        ),
      )
      .execute();
  }
}

export interface ExclusionToWrite {
  readonly id: string;
  readonly campaignId: string;
  readonly householdId: string;
  readonly groupId: string;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly fromOn: string;
  readonly decided: { readonly by: string; readonly at: Date } | null;
  readonly n: number;
}

export async function writeExclusions(trx: WardTransaction, all: readonly ExclusionToWrite[]): Promise<void> {
  if (all.length === 0) return;
  await trx
    .withTables<HouseholdTables>()
    .insertInto('exclusions')
    .values(
      all.map((one) => ({
        ward_id: trx.wardId,
        id: one.id,
        campaign_id: one.campaignId,
        household_id: one.householdId,
        reason: one.reason,
        asked_by: one.askedBy,
        asked_at: one.askedAt,
        from_on: one.fromOn,
        decided_at: one.decided?.at ?? null,
        decided_by: one.decided?.by ?? null,
        decision: one.decided ? ('approved' as const) : null,
        feed_id: one.groupId,
        change_n: one.n,
      })),
    )
    .execute();
}
