// Sign-in cards and the phones they bind, in SQL.
import type { PeopleTables } from '#features/people/tables.ts';
import { keyed, sameHash } from '#features/people/secrets.server.ts';
import { personInForce } from '#features/people/store-register.server.ts';
import type { PersonInForce } from '#features/people/store-register.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

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

function readCredential(cookie: string): Credential | null {
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

/** The phone of a cookie, unless it was ended or the cookie is not its own. */
export async function findUnlockedDevice(
  runtime: Runtime,
  cookie: string,
  now = Date.now(),
): Promise<FoundDevice | null> {
  const named = readCredential(cookie);
  if (!named) return null;
  return runtime.database.inWard(named.wardId, async (trx) => {
    const row = await trx
      .withTables<PeopleTables>()
      .selectFrom('devices')
      .select([
        'id',
        'person_id',
        'credential_hash',
        'pin_hash',
        'wrong_pins',
        'unlocked_until',
        'last_used_at',
      ])
      .where('ward_id', '=', trx.wardId)
      .where('id', '=', named.deviceId)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (!row || !sameHash(row.credential_hash, credentialHash(runtime, cookie))) return null;
    const unlocked = row.unlocked_until !== null && row.unlocked_until.getTime() > now;
    if (unlocked && now - row.last_used_at.getTime() > 60_000)
      await noteDeviceUse(trx, row.id, new Date(now));
    return {
      device: {
        id: row.id,
        wardId: named.wardId,
        personId: row.person_id,
        pinHash: row.pin_hash,
        wrongPins: row.wrong_pins,
      },
      unlocked,
      person: unlocked ? await personInForce(trx, row.person_id, runtime.campaignClock.now()) : null,
    };
  });
}

const noteDeviceUse = (trx: WardTransaction, id: string, at: Date) =>
  trx
    .withTables<PeopleTables>()
    .updateTable('devices')
    .set({ last_used_at: at })
    .where('ward_id', '=', trx.wardId)
    .where('id', '=', id)
    .execute();
