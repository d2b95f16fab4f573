// Groups and lanes of a sample ward. Their names are of the kind villages along a river have, and belong to no real
// place: the true list of a ward is entered by the ward.
import type { WardTransaction } from '#platform/database/database.server.ts';
import { shareOut } from '#platform/rehearsal/chance.ts';
import type { Chance } from '#platform/rehearsal/chance.ts';
import { laneId } from '#features/areas/model.ts';
import * as store from '#features/areas/store.server.ts';
import type { NewArea, NewDeclaration } from '#features/areas/store.server.ts';

export interface SampleGroup {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly households: number;
  readonly temporaryHouseholds: number;
  readonly lanes: readonly string[];
}

const VILLAGES = [
  'Đình Hạ',
  'Đình Thượng',
  'Chợ Mới',
  'Cầu Đá',
  'Bến Than',
  'Đồng Mát',
  'Vườn Dâu',
  'Ao Sen',
  'Gò Đống',
  'Đông Thịnh',
  'Tây Thịnh',
  'Nam Thịnh',
  'Bắc Thịnh',
  'Xóm Lò',
  'Bờ Sông',
] as const;

/** Some groups are twice as large as others, as they are where towns grew over villages. */
const uneven = (chance: Chance) => Math.exp((chance.next() + chance.next() + chance.next() - 1.5) * 0.8);

function names(chance: Chance, count: number): string[] {
  const villages = VILLAGES.slice(0, Math.min(count, VILLAGES.length));
  const sizes = shareOut(
    count - villages.length,
    villages.map(() => uneven(chance)),
  );
  return villages.flatMap((village, n) =>
    Array.from({ length: 1 + (sizes[n] ?? 0) }, (_, index) => `${village} ${index + 1}`),
  );
}

function lanesOf(chance: Chance, households: number): string[] {
  const count = Math.max(2, Math.min(14, Math.round(households / 45)));
  let number = 0;
  return Array.from({ length: count }, () => `Ngõ ${(number += chance.int(2, 17))}`);
}

/** Draws the groups; writes nothing. `households` is what all of them declare together. */
export function drawGroups(
  chance: Chance,
  wish: { readonly groups: number; readonly households: number },
  at: number,
): SampleGroup[] {
  const id = chance.branch('ids').ids(at);
  const sizes = shareOut(
    wish.households,
    Array.from({ length: wish.groups }, () => uneven(chance)),
  );
  return names(chance, wish.groups).map((name, n) => {
    const households = sizes[n] ?? 0;
    return {
      id: id(),
      name: `Tổ dân phố ${name}`,
      shortName: `TDP ${name}`,
      households,
      temporaryHouseholds: Math.round(households * (0.02 + chance.next() * 0.1)),
      lanes: lanesOf(chance, households),
    };
  });
}

export async function layOutGroups(
  trx: WardTransaction,
  groups: readonly SampleGroup[],
  validFrom: string,
): Promise<void> {
  const rows = groups.map((group, n): NewArea => ({
    id: group.id,
    kind: 'group',
    parentId: null,
    name: group.name,
    shortName: group.shortName,
    position: n + 1,
    validFrom,
    decision: null,
    changeN: 1,
  }));
  const lanes = groups.flatMap((group) =>
    group.lanes.map((name, n): NewArea => ({
      id: laneId(group.id, name),
      kind: 'lane',
      parentId: group.id,
      name,
      shortName: name,
      position: n + 1,
      validFrom,
      decision: null,
      changeN: n + 2,
    })),
  );
  await store.insertGroupFeeds(
    trx,
    groups.map(({ id, lanes: inGroup }) => ({ id, n: inGroup.length + 1 })),
  );
  await store.insertAreas(trx, rows);
  await store.insertAreas(trx, lanes);
}

export interface Declarers {
  readonly statedBy: string;
  readonly confirmedBy: string;
}

/** Every number is stated by the group's leader and confirmed by its officer; two groups have since stated another. */
export async function declareHouseholds(
  trx: WardTransaction,
  groups: readonly SampleGroup[],
  by: readonly Declarers[],
  at: number,
): Promise<void> {
  const hour = 3_600_000;
  const first = groups.map((group, n): NewDeclaration => ({
    areaId: group.id,
    version: 1,
    households: group.households,
    temporaryHouseholds: group.temporaryHouseholds,
    countedOn: '2025-07-20',
    note: null,
    statedBy: by[n]?.statedBy ?? group.id,
    statedAt: at + n * 60_000,
    confirmedBy: by[n]?.confirmedBy ?? group.id,
    confirmedAt: at + 26 * hour + n * 60_000,
  }));
  const again = groups.slice(2, 4).map((group, n): NewDeclaration => ({
    areaId: group.id,
    version: 2,
    households: group.households + 3 + n,
    temporaryHouseholds: group.temporaryHouseholds + 2,
    countedOn: '2025-08-03',
    note: 'Thêm hộ thuê trọ mới chuyển đến',
    statedBy: by[n + 2]?.statedBy ?? group.id,
    statedAt: Date.parse('2025-08-03T20:10:00+07:00') + n * hour,
  }));
  await store.insertDeclarations(trx, [...first, ...again]);
}
