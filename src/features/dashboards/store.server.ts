// What the dashboards read themselves: the number of households each group declared, through the view its owner publishes.
import type { DateOn } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

type Tables = {
  group_households: {
    ward_id: number;
    group_id: string;
    valid_from: string;
    valid_to: string | null;
    households: number | null;
  };
};

export interface DeclaredGroup {
  readonly areaId: string;
  /** Confirmed by a second person; null: not yet. */
  readonly households: number | null;
}

/** Groups that stand on the day, in their order. */
export async function readDeclared(trx: WardTransaction, day: DateOn): Promise<DeclaredGroup[]> {
  const rows = await trx
    .withTables<Tables>()
    .selectFrom('group_households')
    .select(['group_id', 'households'])
    .where('ward_id', '=', trx.wardId)
    .where('valid_from', '<=', day)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', day)]))
    .execute();
  return rows.map(({ group_id, households }) => ({ areaId: group_id, households }));
}
