// Sign-in cards and the phones they bind, in SQL.
import type { DeviceEnd, PeopleTables } from '#features/people/tables.ts';
import { keyed, sameHash } from '#features/people/secrets.server.ts';
import { grantsAt, openAt, PERSON_COLUMNS, personOf } from '#features/people/store-register.server.ts';
import type { PersonGrantRow, PersonInForce } from '#features/people/store-register.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { readInOneTrip } from '#platform/sync/flight.server.ts';

export interface BoundDevice {
  readonly id: string;
  readonly wardId: number;
  readonly personId: string;
  readonly pinHash: string | null;
  readonly wrongPins: number;
}

export interface FoundDevice {
  readonly device: BoundDevice;
  readonly unlocked: boolean;
  /** null where the phone is locked or its person is gone. */
  readonly person: PersonInForce | null;
}

interface Credential {
  readonly wardId: number;
  readonly deviceId: string;
}

export function readCredential(cookie: string): Credential | null {
  const [ward, deviceId] = cookie.split('.');
  const wardId = Number(ward);
  if (
    !Number.isSafeInteger(wardId) ||
    wardId <= 0 ||
    wardId > 0x7fffffff ||
    !deviceId ||
    !/^[0-9a-f-]{36}$/.test(deviceId)
  )
    return null;
  return { wardId, deviceId };
}

export const credentialHash = (runtime: Runtime, cookie: string): Buffer =>
  keyed(runtime, 'credential', cookie);

interface DeviceRow extends PersonGrantRow {
  readonly id: string;
  readonly device_person: string;
  readonly credential_hash: Buffer;
  readonly pin_hash: string | null;
  readonly wrong_pins: number;
  readonly unlocked_until: Date | null;
  readonly last_used_at: Date;
}

const DEVICE = `select d.id, d.person_id as device_person, d.credential_hash, d.pin_hash, d.wrong_pins,
    d.unlocked_until, d.last_used_at, ${PERSON_COLUMNS}
  from devices d left join people p on p.ward_id = d.ward_id and p.id = d.person_id and ${openAt('$3')}
  ${grantsAt('$3')} where d.ward_id = $1 and d.id = $2 and d.ended_at is null order by g.from_at`;

/** The phone of a cookie, unless it was ended or the cookie is not its own. */
export async function findUnlockedDevice(
  runtime: Runtime,
  cookie: string,
  now = Date.now(),
): Promise<FoundDevice | null> {
  const named = readCredential(cookie);
  if (!named) return null;
  const { database } = runtime;
  const values = [named.wardId, named.deviceId, new Date(runtime.campaignClock.now())];
  const rows = await readInOneTrip<DeviceRow>(database, named.wardId, {
    name: 'device_and_person',
    text: DEVICE,
    values,
  });
  const [row] = rows;
  if (!row || !sameHash(row.credential_hash, credentialHash(runtime, cookie))) return null;
  const unlocked = row.unlocked_until !== null && row.unlocked_until.getTime() > now;
  if (unlocked && now - row.last_used_at.getTime() > 60_000)
    await database.inWard(named.wardId, (trx) => noteDeviceUse(trx, row.id, new Date(now)));
  return {
    device: {
      id: row.id,
      wardId: named.wardId,
      personId: row.device_person,
      pinHash: row.pin_hash,
      wrongPins: row.wrong_pins,
    },
    unlocked,
    person: unlocked ? personOf(rows) : null,
  };
}

const noteDeviceUse = (trx: WardTransaction, id: string, at: Date) =>
  trx
    .withTables<PeopleTables>()
    .updateTable('devices')
    .set({ last_used_at: at })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();

export interface CardRow {
  readonly id: string;
  readonly personId: string;
  readonly issuedBy: string | null;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly redeemedAt: Date | null;
  readonly endedAt: Date | null;
}

/** By the link's token or the typed code; `lock`: nobody else redeems it meanwhile. */
export async function findCard(
  trx: WardTransaction,
  hash: { readonly token: Buffer; readonly code: Buffer },
  lock = false,
): Promise<CardRow | null> {
  const query = trx
    .withTables<PeopleTables>()
    .selectFrom('sign_in_cards')
    .select(['id', 'person_id', 'issued_by', 'issued_at', 'expires_at', 'redeemed_at', 'ended_at'])
    .where('ward_id', '=', trx.wardId)
    .where((eb) => eb.or([eb('token_hash', '=', hash.token), eb('code_hash', '=', hash.code)]));
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!row) return null;
  return {
    id: row.id,
    personId: row.person_id,
    issuedBy: row.issued_by,
    issuedAt: row.issued_at,
    expiresAt: row.expires_at,
    redeemedAt: row.redeemed_at,
    endedAt: row.ended_at,
  };
}

export interface NewCard {
  readonly id: string;
  readonly personId: string;
  readonly tokenHash: Buffer;
  readonly codeHash: Buffer;
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly expiresAt: Date;
}

export async function insertCard(trx: WardTransaction, card: NewCard): Promise<void> {
  await trx
    .withTables<PeopleTables>()
    .insertInto('sign_in_cards')
    .values({
      ward_id: trx.wardId,
      id: card.id,
      person_id: card.personId,
      token_hash: card.tokenHash,
      code_hash: card.codeHash,
      issued_at: card.issuedAt,
      issued_by: card.issuedBy,
      expires_at: card.expiresAt,
    })
    .execute();
}

export async function endCards(
  trx: WardTransaction,
  personId: string,
  at: Date,
  by: string | null,
): Promise<number> {
  const [result] = await trx
    .withTables<PeopleTables>()
    .updateTable('sign_in_cards')
    .set({ ended_at: at, ended_by: by })
    .where('ward_id', '=', trx.wardId)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .execute();
  return Number(result?.numUpdatedRows ?? 0);
}

export async function noteRedeemed(trx: WardTransaction, cardId: string, at: Date): Promise<void> {
  await trx
    .withTables<PeopleTables>()
    .updateTable('sign_in_cards')
    .set({ redeemed_at: at })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', cardId)
    .execute();
}

export interface CardDevice {
  readonly id: string;
  readonly keyHash: Buffer;
  readonly hasPin: boolean;
  readonly ended: boolean;
}

/** The phone a card bound. */
export async function deviceOfCard(trx: WardTransaction, cardId: string): Promise<CardDevice | null> {
  const row = await trx
    .withTables<PeopleTables>()
    .selectFrom('devices')
    .select(['id', 'key_hash', 'pin_hash', 'ended_at'])
    .where('ward_id', '=', trx.wardId)
    .where('card_id', '=', cardId)
    .executeTakeFirst();
  if (!row) return null;
  return { id: row.id, keyHash: row.key_hash, hasPin: row.pin_hash !== null, ended: row.ended_at !== null };
}

export interface NewDevice {
  readonly id: string;
  readonly personId: string;
  readonly cardId: string;
  readonly label: string;
  readonly keyHash: Buffer;
  readonly credentialHash: Buffer;
  readonly at: Date;
}

export async function insertDevice(trx: WardTransaction, device: NewDevice): Promise<void> {
  await trx
    .withTables<PeopleTables>()
    .insertInto('devices')
    .values({
      ward_id: trx.wardId,
      id: device.id,
      person_id: device.personId,
      card_id: device.cardId,
      label: device.label,
      key_hash: device.keyHash,
      credential_hash: device.credentialHash,
      bound_at: device.at,
      last_used_at: device.at,
    })
    .execute();
}

export interface Ending {
  readonly at: Date;
  readonly by: string | null;
  readonly why: DeviceEnd;
}

/** Ends the phones of a person, or one phone. Answers the ids of those that were live. */
export async function endDevices(
  trx: WardTransaction,
  which: { readonly personId: string } | { readonly deviceId: string },
  ending: Ending,
): Promise<string[]> {
  const update = trx
    .withTables<PeopleTables>()
    .updateTable('devices')
    .set({ ended_at: ending.at, ended_by: ending.by, ended_why: ending.why, unlocked_until: null })
    .where('ward_id', '=', trx.wardId)
    .where('ended_at', 'is', null);
  const rows = await (
    'deviceId' in which
      ? update.where('id', '=', which.deviceId)
      : update.where('person_id', '=', which.personId)
  )
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** null: there is no such phone. */
export async function personOfDevice(trx: WardTransaction, deviceId: string): Promise<string | null> {
  const row = await trx
    .withTables<PeopleTables>()
    .selectFrom('devices')
    .select('person_id')
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', deviceId)
    .executeTakeFirst();
  return row?.person_id ?? null;
}

export async function describeDevice(trx: WardTransaction, deviceId: string) {
  const row = await trx
    .withTables<PeopleTables>()
    .selectFrom('devices')
    .select(['label', 'bound_at'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', deviceId)
    .executeTakeFirst();
  return row ? { label: row.label, boundAt: row.bound_at.toISOString() } : null;
}

/** Only where none is chosen yet: false means somebody was quicker. */
export async function setFirstPin(trx: WardTransaction, deviceId: string, pinHash: string): Promise<boolean> {
  const [result] = await trx
    .withTables<PeopleTables>()
    .updateTable('devices')
    .set({ pin_hash: pinHash, wrong_pins: 0, pin_wait_until: null })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', deviceId)
    .where('pin_hash', 'is', null)
    .where('ended_at', 'is', null)
    .execute();
  return Number(result?.numUpdatedRows ?? 0) === 1;
}

/** null: locked. */
export async function setUnlocked(trx: WardTransaction, deviceId: string, until: Date | null): Promise<void> {
  await trx
    .withTables<PeopleTables>()
    .updateTable('devices')
    .set({
      unlocked_until: until,
      ...(until === null ? {} : { wrong_pins: 0, pin_wait_until: null, last_used_at: new Date() }),
    })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', deviceId)
    .where('ended_at', 'is', null)
    .execute();
}

export interface PinTry {
  /** Wrong answers so far, this try included until it proves right. */
  readonly count: number;
  readonly waitUntil: Date | null;
  readonly claimed: boolean;
}

/** Counts the try before the PIN is checked, under the row's lock, so that many at once are many. */
export async function claimPinTry(
  trx: WardTransaction,
  deviceId: string,
  now: number,
  waitOf: (count: number) => number,
): Promise<PinTry | null> {
  const tables = trx.withTables<PeopleTables>();
  const row = await tables
    .selectFrom('devices')
    .select(['wrong_pins', 'pin_wait_until'])
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', deviceId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) return null;
  const waiting = row.pin_wait_until !== null && row.pin_wait_until.getTime() > now;
  if (waiting) return { count: row.wrong_pins, waitUntil: row.pin_wait_until, claimed: false };
  const count = row.wrong_pins + 1;
  const wait = waitOf(count);
  const waitUntil = wait > 0 ? new Date(now + wait) : null;
  await tables
    .updateTable('devices')
    .set({ wrong_pins: count, pin_wait_until: waitUntil })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', deviceId)
    .execute();
  return { count, waitUntil, claimed: true };
}

/** Once is enough: doing it again leaves the first day. */
export const notePractised = (trx: WardTransaction, deviceId: string): Promise<unknown> =>
  trx
    .withTables<PeopleTables>()
    .updateTable('devices')
    .set({ practised_at: new Date() })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', deviceId)
    .where('practised_at', 'is', null)
    .execute();
