// The doors of sign-in cards and phones: the office's (issue, list, end) and the phone's own (look, redeem, PIN).
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { replyWith } from '#features/people/api-session.server.ts';
import { issueCards, openCard, redeemCard } from '#features/people/cards.server.ts';
import {
  cookieLine,
  DEVICE_COOKIE,
  keptDeviceCookie,
  LONGEST_LIFE_SECONDS,
  readCookie,
} from '#features/people/cookies.server.ts';
import { mayHandCard } from '#features/people/model.ts';
import { choosePin, lock, unlock } from '#features/people/pin.server.ts';
import * as shape from '#features/people/schema.ts';
import { describeDevice, endDevices, personOfDevice } from '#features/people/store-devices.server.ts';
import { peopleNamed } from '#features/people/store-names.server.ts';
import { grantsOf } from '#features/people/store-people.server.ts';
import { listPhones } from '#features/people/store-phones.server.ts';
import { fieldGrants } from '#features/people/store-register.server.ts';
import { claimTry } from '#features/people/throttle.server.ts';
import { isInAppBrowser } from '#features/people/user-agent.ts';
import { guarded, open } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint, OpenCall } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { wardOfAddress } from '#platform/wards.server.ts';

const WHY_OPEN = 'the card itself is the right; nobody has signed in yet';
const inApp = (): Problem => problem('people.in-app-browser', { status: 409 });
const agentOf = (call: OpenCall): string => call.request.headers.get('user-agent') ?? '';

/** Typed codes are short, so guesses at them wait; a link's token cannot be guessed and never waits. */
async function throttled<T>(
  call: OpenCall,
  card: string,
  work: () => Promise<T | Problem>,
): Promise<T | Problem> {
  if (card.length > 20) return work();
  const claimed = await claimTry(call.runtime, 'card', 'any', `address ${call.origin}`);
  if (isProblem(claimed)) return claimed;
  const answer = await work();
  if (!isProblem(answer) || answer.code !== 'people.card-unknown') await claimed.forget();
  return answer;
}

const lookAtCard = open({
  method: 'post',
  path: '/cards/look',
  summary: 'Whose card this is and whether this phone may use it; spends nothing',
  open: WHY_OPEN,
  body: shape.LookAtCard,
  reply: shape.CardLook,
  handle: (call, { body }) =>
    throttled(call, body.card, async () => {
      const { runtime } = call;
      const wardId = await wardOfAddress(runtime.database, body.ward);
      if (wardId === null) return problem('people.card-unknown', { status: 404 });
      return runtime.database.inWard(wardId, async (trx) => {
        const opened = await openCard(runtime, trx, body.card, body.deviceKey, false);
        if (isProblem(opened)) return opened;
        const [person] = await peopleNamed(trx, [opened.card.personId], call.now);
        const ward = await trx
          .selectFrom('wards')
          .select('name')
          .where('ward_id', '=', wardId)
          .executeTakeFirstOrThrow();
        return {
          name: person?.name ?? '',
          places: [...(person?.places ?? [])],
          wardName: ward.name,
          again: opened.answer === 'repeat',
        };
      });
    }),
});

const redeem = open({
  method: 'post',
  path: '/cards/redeem',
  summary: 'Bind this phone to the card’s person',
  open: WHY_OPEN,
  body: shape.RedeemCard,
  reply: shape.Redeemed,
  handle: (call, { body }) =>
    throttled(call, body.card, async () => {
      const { runtime } = call;
      // What such a window keeps is gone when it closes; the card must not be spent on it.
      if (isInAppBrowser(agentOf(call))) return inApp();
      const wardId = await wardOfAddress(runtime.database, body.ward);
      if (wardId === null) return problem('people.card-unknown', { status: 404 });
      const { card, deviceKey } = body;
      const wish = { card, deviceKey, userAgent: agentOf(call), origin: call.origin };
      const redeemed = await redeemCard(runtime, wardId, wish);
      if (isProblem(redeemed)) return redeemed;
      const next = redeemed.hasPin ? 'unlock' : 'pin';
      return replyWith({ next }, [
        cookieLine(DEVICE_COOKIE, redeemed.credential, runtime.origin, LONGEST_LIFE_SECONDS),
        cookieLine(
          keptDeviceCookie(wardId, redeemed.personId),
          redeemed.credential,
          runtime.origin,
          LONGEST_LIFE_SECONDS,
        ),
      ]);
    }),
});

const WHY_DEVICE = 'the phone’s own credential is checked inside';
const credentialOf = (call: OpenCall): string =>
  readCookie(call.request.headers.get('cookie'), DEVICE_COOKIE);

const firstPin = open({
  method: 'post',
  path: '/device/pin',
  summary: 'Choose the PIN of this phone',
  open: WHY_DEVICE,
  body: shape.Pin,
  handle: async (call, { body }) =>
    (await choosePin(call.runtime, credentialOf(call), body.pin)) ?? { unlocked: true },
});

const unlockDevice = open({
  method: 'post',
  path: '/device/unlock',
  summary: 'Unlock this phone by its PIN',
  open: WHY_DEVICE,
  body: shape.Pin,
  handle: async (call, { body }) =>
    (await unlock(call.runtime, credentialOf(call), body.pin, call.origin)) ?? { unlocked: true },
});

const lockDevice = open({
  method: 'post',
  path: '/device/lock',
  summary: 'Lock this phone now',
  open: WHY_DEVICE,
  async handle(call) {
    await lock(call.runtime, credentialOf(call));
    return { unlocked: false };
  },
});

const issue = guarded({
  method: 'post',
  path: '/wards/:ward/cards',
  summary: 'Issue sign-in cards; ends the earlier card and phone of each person',
  action: 'people.issue-cards',
  scoped: true,
  params: shape.WardParams,
  body: shape.IssueCards,
  reply: shape.PrintedCards,
  status: 201,
  async handle(call, { body }) {
    const cards = await issueCards(call, body.people);
    return isProblem(cards) ? cards : { cards: cards.map((card) => ({ ...card, places: [...card.places] })) };
  },
});

const phones = guarded({
  method: 'get',
  path: '/wards/:ward/phones',
  summary: 'Who holds a field role, with card and phone',
  action: 'people.read-devices',
  scoped: true,
  params: shape.WardParams,
  reply: shape.PhonesReply,
  async handle(call) {
    const scope = call.scope('people.read-devices');
    const issuing = call.scope('people.issue-cards');
    const ending = call.scope('people.end-devices');
    const rows = await listPhones(call.trx, scope, call.now);
    return {
      phones: rows.map(({ grants, ...row }) => ({
        ...row,
        mayIssue: (issuing.everything || issuing.areaIds.length > 0) && mayHandCard(issuing, grants),
        mayEnd:
          ending.everything || grants.some(({ path }) => path.some((area) => ending.areaIds.includes(area))),
      })),
    };
  },
});

/** Where the phone's person works; a phone that is not there is nowhere, and only the whole ward may hear so. */
async function phoneTarget(call: Call, deviceId: string) {
  const personId = await personOfDevice(call.trx, deviceId);
  if (personId === null) return {};
  const grants = await fieldGrants(call.trx, [personId], call.now);
  return { personId, areaPath: grants.flatMap(({ path }) => path) };
}

const endPhone = guarded({
  method: 'post',
  path: '/wards/:ward/devices/:device/end',
  summary: 'End a phone at once: lost, or its holder has left',
  action: 'people.end-devices',
  target: (call, { params }) => phoneTarget(call, params.device),
  params: shape.DeviceParams,
  body: shape.EndDevice,
  async handle(call, { params, body }) {
    const at = new Date();
    const ended = await endDevices(
      call.trx,
      { deviceId: params.device },
      { at, by: call.actor.personId, why: body.why },
    );
    const personId = await personOfDevice(call.trx, params.device);
    if (ended.length === 0 || personId === null) return problem('people.no-such-phone', { status: 404 });
    await call.runtime.signedOut(call.trx, { personId, devices: ended });
    await audit(call.trx, call, {
      action: 'people.phone-ended',
      subjectKind: 'device',
      subjectId: params.device,
      after: { why: body.why },
    });
    return { ended: true };
  },
});

const thisPhone = guarded({
  method: 'get',
  path: '/wards/:ward/this-phone',
  summary: 'The roles of whoever asks, and the phone they ask from',
  action: 'people.own-account',
  target: (call) => ({ personId: call.actor.personId }),
  params: shape.WardParams,
  reply: shape.ThisPhone,
  async handle(call) {
    const { trx, actor, now } = call;
    const issuing = call.scope('people.issue-cards');
    const grants = await grantsOf(trx, actor.personId, now);
    const acting = grants.filter(
      ({ inForce, role }) => inForce && actor.grants.some((one) => one.role === role),
    );
    return {
      roles: acting.map(({ role, place }) => ({ role, place })),
      device: actor.deviceId === null ? null : await describeDevice(trx, actor.deviceId),
      mayIssue: issuing.everything || issuing.areaIds.length > 0,
    };
  },
});

export const cardEndpoints: readonly Endpoint[] = [
  lookAtCard,
  redeem,
  firstPin,
  unlockDevice,
  lockDevice,
  issue,
  phones,
  endPhone,
  thisPhone,
];
