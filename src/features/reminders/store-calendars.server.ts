// SQL of the secret calendar addresses. An address is made from a key of the machine's and the row's id; the database
// holds its hash only, so neither a stolen database nor a log of it opens a calendar.
import { createHash, createHmac } from 'node:crypto';
import type { Selectable } from 'kysely';
import { newId } from '#core/ids.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { reminderTables, type CalendarKind, type ReminderTables } from '#features/reminders/tables.ts';

export type AddressRow = Selectable<ReminderTables['calendar_addresses']>;

export interface Subject {
  readonly kind: CalendarKind;
  /** Of the person, the group or the unit. */
  readonly id: string;
}

/** 256 bits: nobody tries them out. */
export const tokenOf = (secret: string, wardId: number, addressId: string): string =>
  createHmac('sha256', secret).update(`calendar:${wardId}:${addressId}`).digest('base64url');

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

const standing = (trx: WardTransaction) =>
  reminderTables(trx)
    .selectFrom('calendar_addresses')
    .selectAll()
    .where('ward_id', '=', trx.wardId)
    .where('ended_at', 'is', null);

export const listAddresses = (trx: WardTransaction, personId: string): Promise<AddressRow[]> =>
  standing(trx).where('person_id', '=', personId).execute();

export const findByToken = (trx: WardTransaction, token: string): Promise<AddressRow | undefined> =>
  standing(trx).where('token_hash', '=', hashOf(token)).executeTakeFirst();

/** The address before it is worth nothing from the moment this commits. */
export async function renewAddress(
  trx: WardTransaction,
  personId: string,
  { kind, id }: Subject,
  secret: string,
  at: Date,
): Promise<{ readonly id: string; readonly replaced: string | null }> {
  const areaId = kind === 'group' ? id : null;
  const unitId = kind === 'unit' ? id : null;
  const old = await reminderTables(trx)
    .updateTable('calendar_addresses')
    .set({ ended_at: at })
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where((eb) => (areaId === null ? eb('area_id', 'is', null) : eb('area_id', '=', areaId)))
    .where((eb) => (unitId === null ? eb('unit_id', 'is', null) : eb('unit_id', '=', unitId)))
    .where('ended_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  const made = newId();
  await reminderTables(trx)
    .insertInto('calendar_addresses')
    .values({
      ward_id: trx.wardId,
      id: made,
      person_id: personId,
      kind,
      area_id: areaId,
      unit_id: unitId,
      token_hash: hashOf(tokenOf(secret, trx.wardId, made)),
      made_at: at,
      ended_at: null,
    })
    .execute();
  return { id: made, replaced: old?.id ?? null };
}

export interface Places {
  readonly areaIds: readonly string[];
  readonly unitIds: readonly string[];
}

/** Where a person holds a role now; null: they have left. */
export async function placesOfPerson(
  trx: WardTransaction,
  personId: string,
  now: number,
): Promise<Places | null> {
  const person = await reminderTables(trx)
    .selectFrom('people')
    .select('id')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', personId)
    .where('closed_at', 'is', null)
    .executeTakeFirst();
  if (!person) return null;
  const at = new Date(now);
  const rows = await reminderTables(trx)
    .selectFrom('grants')
    .select(['area_id', 'unit_id'])
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('from_at', '<=', at)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', at)]))
    .orderBy('from_at')
    .execute();
  const unique = (ids: readonly (string | null)[]) => [...new Set(ids.filter((id) => id !== null))];
  return {
    areaIds: unique(rows.map(({ area_id }) => area_id)),
    unitIds: unique(rows.map(({ unit_id }) => unit_id)),
  };
}

export async function wardCode(trx: WardTransaction): Promise<string> {
  const row = await trx
    .selectFrom('ward_addresses')
    .select('code')
    .where('ward_id', '=', trx.wardId)
    .orderBy('code')
    .executeTakeFirstOrThrow();
  return row.code;
}
