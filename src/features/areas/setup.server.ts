// The first list of groups, while the installation is being set up: it may be sent again as often as it takes, because
// nothing refers to it yet. Afterwards groups change by decisions only.
import { newId } from '#core/ids.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { shortGroupName } from '#features/areas/model.ts';
import * as store from '#features/areas/store.server.ts';
import type { AreaTables } from '#features/areas/tables.ts';

export interface FirstGroup {
  readonly name: string;
  readonly households: number | null;
}

export interface Stating {
  readonly personId: string;
  /** Campaign time. */
  readonly now: number;
  /** First day of the ward: groups are recorded from it. */
  readonly validFrom: string;
}

/** As the owner: the app itself deletes nothing. */
export async function replaceGroups(
  trx: WardTransaction,
  groups: readonly FirstGroup[],
  { personId, now, validFrom }: Stating,
): Promise<void> {
  const tables = trx.withTables<AreaTables>();
  await tables.deleteFrom('area_declarations').where('ward_id', '=', trx.wardId).execute();
  await tables.deleteFrom('area_names').where('ward_id', '=', trx.wardId).execute();
  await tables.deleteFrom('areas').where('ward_id', '=', trx.wardId).execute();
  await trx.deleteFrom('feeds').where('ward_id', '=', trx.wardId).where('kind', '=', 'group').execute();
  const rows = groups.map((group) => ({ ...group, id: newId() }));
  await store.insertGroupFeeds(
    trx,
    rows.map(({ id }) => ({ id, n: 1 })),
  );
  await store.insertAreas(
    trx,
    rows.map(({ id, name }, n) => ({
      id,
      kind: 'group' as const,
      parentId: null,
      name,
      shortName: shortGroupName(name),
      position: n + 1,
      validFrom,
      decision: null,
      changeN: 1,
    })),
  );
  await store.insertDeclarations(
    trx,
    rows.flatMap(({ id, households }) =>
      households === null
        ? []
        : [
            {
              areaId: id,
              version: 1,
              households,
              temporaryHouseholds: 0,
              countedOn: null,
              note: null,
              statedBy: personId,
              statedAt: now,
            },
          ],
    ),
  );
}

export async function readFirstGroups(trx: WardTransaction): Promise<FirstGroup[]> {
  const stated = new Map(
    (await store.readDeclarations(trx, null)).map(({ areaId, households }) => [areaId, households]),
  );
  const groups = await store.readGroups(trx, null);
  return groups.map(({ id, name }) => ({ name, households: stated.get(id) ?? null }));
}
