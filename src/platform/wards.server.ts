// Opening a ward: our own number for it, its address, its dated official code, its ward-wide feed.
import { newId } from '#core/ids.ts';
import type { Database } from '#platform/database/database.server.ts';
import { openFeed } from '#platform/feeds.server.ts';

export interface NewWard {
  readonly name: string;
  /** Official code of the unit, such as 11602, and of its city, such as 31. */
  readonly code: string;
  readonly cityCode: string;
  readonly validFrom: string;
}

/** Done as the owner: the app itself cannot open a ward. */
export async function openWard(database: Database, ward: NewWard): Promise<number> {
  const { rows } = await database.ownerPool.query<{ ward_id: number }>(
    `select nextval(pg_get_serial_sequence('wards', 'ward_id'))::int as ward_id`,
  );
  const wardId = rows[0]?.ward_id;
  if (wardId === undefined) throw new Error('The sequence of wards gave no number');
  await database.asOwnerInWard(wardId, async (trx) => {
    await trx
      .insertInto('wards')
      .values({ ward_id: wardId, name: ward.name, created_at: new Date() })
      .execute();
    await trx
      .insertInto('ward_codes')
      .values({
        ward_id: wardId,
        code: ward.code,
        city_code: ward.cityCode,
        valid_from: ward.validFrom,
        valid_to: null,
      })
      .execute();
    await trx.insertInto('ward_addresses').values({ code: ward.code, ward_id: wardId }).execute();
    await openFeed(trx, newId(), 'ward');
  });
  return wardId;
}

/** null: no ward answers to this address. */
export async function wardOfAddress(database: Database, code: string): Promise<number | null> {
  const row = await database.outside
    .selectFrom('ward_addresses')
    .select('ward_id')
    .where('code', '=', code)
    .executeTakeFirst();
  return row?.ward_id ?? null;
}

/** During set-up only: name and code as they should have been from the first day. Done as the owner. */
export async function correctWard(database: Database, wardId: number, ward: NewWard): Promise<void> {
  await database.asOwnerInWard(wardId, async (trx) => {
    await trx.updateTable('wards').set({ name: ward.name }).where('ward_id', '=', wardId).execute();
    await trx
      .updateTable('ward_codes')
      .set({ code: ward.code, city_code: ward.cityCode, valid_from: ward.validFrom })
      .where('ward_id', '=', wardId)
      .execute();
    await trx.updateTable('ward_addresses').set({ code: ward.code }).where('ward_id', '=', wardId).execute();
  });
}
