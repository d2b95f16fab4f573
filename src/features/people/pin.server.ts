// The PIN of a bound phone: chosen once, then asked after some hours. Wrong answers make only that phone wait, and at
// last end it; nobody without the phone's own cookie can spend a try.
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { MOST_WRONG_PINS, pinProblem, UNLOCKED_FOR, waitAfter } from '#features/people/model.ts';
import { hashPin, isPin } from '#features/people/secrets.server.ts';
import {
  claimPinTry,
  endDevices,
  findUnlockedDevice,
  personOfDevice,
  setFirstPin,
  setUnlocked,
} from '#features/people/store-devices.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

const noDevice = (): Problem => problem('people.no-device', { status: 401 });

/** null: chosen, and the phone is unlocked. */
export async function choosePin(runtime: Runtime, cookie: string, pin: string): Promise<Problem | null> {
  const found = await findUnlockedDevice(runtime, cookie);
  if (!found) return noDevice();
  const wrong = pinProblem(pin);
  if (wrong) return wrong;
  const { id, wardId } = found.device;
  const hash = await hashPin(runtime, id, pin);
  return runtime.database.inWard(wardId, async (trx) => {
    if (!(await setFirstPin(trx, id, hash))) return problem('people.pin-set', { status: 409 });
    await setUnlocked(trx, id, new Date(Date.now() + UNLOCKED_FOR));
    return null;
  });
}

async function endForWrongPins(runtime: Runtime, wardId: number, deviceId: string, origin: string) {
  await runtime.database.inWard(wardId, async (trx) => {
    const ended = await endDevices(trx, { deviceId }, { at: new Date(), by: null, why: 'wrong-pins' });
    const personId = await personOfDevice(trx, deviceId);
    if (ended.length > 0 && personId !== null) {
      await runtime.signedOut(trx, { personId, devices: ended });
      await audit(
        trx,
        { actor: null, now: runtime.campaignClock.now(), origin },
        {
          action: 'people.phone-ended',
          subjectKind: 'device',
          subjectId: deviceId,
          after: { why: 'wrong-pins' },
        },
      );
    }
  });
}

/** null: unlocked. */
export async function unlock(
  runtime: Runtime,
  cookie: string,
  pin: string,
  origin: string,
): Promise<Problem | null> {
  const found = await findUnlockedDevice(runtime, cookie);
  const kept = found?.device.pinHash;
  if (!found || !kept) return noDevice();
  const { id, wardId } = found.device;
  const now = Date.now();
  const claim = await runtime.database.inWard(wardId, (trx) => claimPinTry(trx, id, now, waitAfter));
  if (!claim) return noDevice();
  if (!claim.claimed) {
    const seconds = Math.max(1, Math.ceil(((claim.waitUntil?.getTime() ?? now) - now) / 1000));
    return problem('people.pin-wait', { status: 429, params: { seconds } });
  }
  if (await isPin(runtime, id, pin, kept)) {
    await runtime.database.inWard(wardId, (trx) => setUnlocked(trx, id, new Date(Date.now() + UNLOCKED_FOR)));
    return null;
  }
  if (claim.count < MOST_WRONG_PINS) return problem('people.pin-wrong', { status: 401 });
  await endForWrongPins(runtime, wardId, id, origin);
  return problem('people.pin-spent', { status: 410 });
}

export async function lock(runtime: Runtime, cookie: string): Promise<void> {
  const found = await findUnlockedDevice(runtime, cookie);
  if (found)
    await runtime.database.inWard(found.device.wardId, (trx) => setUnlocked(trx, found.device.id, null));
}
