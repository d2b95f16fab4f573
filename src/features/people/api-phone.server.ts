// The field app's own doors: who holds this phone and where they work, the opening of their sealed data key, and the
// change between two people who share one phone.
import { problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { replyWith } from '#features/people/api-session.server.ts';
import {
  cookieLine,
  DEVICE_COOKIE,
  keptDeviceCookie,
  LONGEST_LIFE_SECONDS,
  readCookie,
} from '#features/people/cookies.server.ts';
import * as shape from '#features/people/schema-phone.ts';
import { findUnlockedDevice, notePractised } from '#features/people/store-devices.server.ts';
import { groupsOfGrants } from '#features/people/store-phones.server.ts';
import { open } from '#platform/api/endpoint.server.ts';
import type { Endpoint, OpenCall } from '#platform/api/endpoint.server.ts';
import type { Actor } from '#platform/api/actor.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { handoverProof } from '#platform/sync/handover.server.ts';
import { openSealed, recoveryPublicKey } from '#platform/phone/recovery.server.ts';

const WHY_OPEN = 'the phone’s own credential is checked inside';
const credentialOf = (call: OpenCall): string =>
  readCookie(call.request.headers.get('cookie'), DEVICE_COOKIE);

const clocks = (call: OpenCall) => ({
  epoch: call.runtime.epoch,
  campaignNow: call.now,
  machineNow: Date.now(),
});

async function whoHolds(call: OpenCall, actor: Actor): Promise<shape.PhoneReply> {
  const { runtime, now } = call;
  const { wardName, groups } = await runtime.database.inWard(actor.wardId, async (trx) => {
    const ward = await trx
      .selectFrom('wards')
      .select('name')
      .where('ward_id', '=', actor.wardId)
      .executeTakeFirstOrThrow();
    const ids = actor.grants.flatMap(({ areaId }) => areaId ?? []);
    return { wardName: ward.name, groups: await groupsOfGrants(trx, ids, now) };
  });
  return {
    state: 'in',
    wardId: actor.wardId,
    wardName,
    personId: actor.personId,
    name: actor.name,
    deviceId: actor.deviceId,
    rehearsal: runtime.kind === 'rehearsal',
    groups,
    recovery: recoveryPublicKey(runtime),
    handover:
      actor.deviceId === null ? null : handoverProof(runtime, actor.wardId, actor.personId, actor.deviceId),
    ...clocks(call),
  };
}

const phone = open({
  method: 'get',
  path: '/phone',
  summary: 'Who holds this phone, where they work, and the server’s clocks',
  open: WHY_OPEN,
  reply: shape.PhoneReply,
  async handle(call): Promise<shape.PhoneReply> {
    if (call.actor?.via === 'field') return whoHolds(call, call.actor);
    const found = await findUnlockedDevice(call.runtime, credentialOf(call));
    if (!found || found.unlocked) return { state: 'out', ...clocks(call) };
    const { wardId, personId, pinHash } = found.device;
    return { state: pinHash === null ? 'pin' : 'locked', wardId, personId, ...clocks(call) };
  },
});

const cannotOpen = (): Problem => problem('people.cannot-unseal', { status: 409 });

const unseal = open({
  method: 'post',
  path: '/phone/unseal',
  summary: 'The data key of one’s own phone, after signing in: a forgotten PIN costs no record',
  open: WHY_OPEN,
  body: shape.Unseal,
  reply: shape.Unsealed,
  async handle(call, { body }) {
    const { actor, runtime } = call;
    if (actor?.via !== 'field') return problem('people.no-device', { status: 401 });
    const plain = await openSealed(runtime, body.sealed);
    if (plain === null) return cannotOpen();
    const inside = shape.SealedInside.safeParse(JSON.parse(new TextDecoder().decode(plain)));
    // Whoever holds a phone and somebody else's copy gets nothing: the box itself says whose it is.
    if (!inside.success || inside.data.ward !== actor.wardId || inside.data.person !== actor.personId)
      return cannotOpen();
    await runtime.database.inWard(actor.wardId, (trx) =>
      audit(
        trx,
        { actor, now: call.now, origin: call.origin },
        { action: 'people.phone-key-returned', subjectKind: 'person', subjectId: actor.personId },
      ),
    );
    return { dataKey: inside.data.dataKey };
  },
});

/** The credential of each person who used a card here stays in a cookie of its own; this one takes the phone. */
const usePhone = open({
  method: 'post',
  path: '/phone/use',
  summary: 'Hand a shared phone to another person whose card was used on it',
  open: WHY_OPEN,
  body: shape.UsePhone,
  async handle(call, { body }) {
    const kept = readCookie(call.request.headers.get('cookie'), keptDeviceCookie(body.ward, body.person));
    const found = await findUnlockedDevice(call.runtime, kept);
    if (!found || found.device.wardId !== body.ward || found.device.personId !== body.person)
      return problem('people.no-device', { status: 401 });
    return replyWith({ used: true }, [
      cookieLine(DEVICE_COOKIE, kept, call.runtime.origin, LONGEST_LIFE_SECONDS),
    ]);
  },
});

const practised = open({
  method: 'post',
  path: '/phone/practised',
  summary: 'The practice lane was done on this phone; nothing else of it is ever told',
  open: WHY_OPEN,
  async handle(call) {
    const { actor, runtime } = call;
    if (actor?.via !== 'field' || actor.deviceId === null)
      return problem('people.no-device', { status: 401 });
    const device = actor.deviceId;
    await runtime.database.inWard(actor.wardId, (trx) => notePractised(trx, device));
    return { noted: true };
  },
});

export const phoneEndpoints: readonly Endpoint[] = [phone, unseal, usePhone, practised];
