// Giving posts in groups, several at once, and taking them back. All of a request stand or fall together.
import { dayOf, endOfDay, instantOf } from '#core/clock.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { isPost, isSingle, phoneLoad } from '#features/assignment/model.ts';
import type { Post } from '#features/assignment/model.ts';
import type { AssignmentPorts } from '#features/assignment/ports.ts';
import type { GivenReply, GiveShape } from '#features/assignment/schema.ts';
import * as store from '#features/assignment/store.server.ts';
import type { Named } from '#features/assignment/store.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';

type Changed = GivenReply['given'][number];

const changedOf = (held: Named, post: Post): Changed => ({
  grantId: held.grantId,
  personId: held.personId,
  areaId: held.areaId ?? '',
  post,
});

/** Assigning belongs to a campaign that runs: its leading unit answers for who does what. */
export async function runningCampaign(call: Call, campaignId: string) {
  const campaign = await store.findCampaign(call.trx, campaignId);
  if (!campaign) return problem('plan.no-such-campaign', { status: 404 });
  if (campaign.state !== 'active') return problem('assignment.campaign-not-running', { status: 409 });
  return campaign;
}

/** A role from today begins now: what was done this morning was not done in it. It ends with its last day. */
export const timesOf = (fromOn: string, toOn: string | null, now: number) => ({
  fromAt: new Date(fromOn === dayOf(now) ? now : instantOf(fromOn)),
  toAt: toOn === null ? null : new Date(endOfDay(toOn)),
});

/** The roles given to hold a post for somebody end with that somebody's own. */
async function endStandIns(
  call: Call,
  ports: AssignmentPorts,
  held: readonly Named[],
  end: { readonly grantId: string; readonly at: Date; readonly reason: string },
): Promise<Problem | null> {
  const theirs = held.filter(
    ({ standsInFor, toAt }) => standsInFor === end.grantId && (toAt === null || toAt > end.at.getTime()),
  );
  for (const { grantId } of theirs) {
    const ended = await ports.endRole(call, { ...end, grantId });
    if (isProblem(ended)) return ended;
  }
  return null;
}

async function handOver(
  call: Call,
  ports: AssignmentPorts,
  held: readonly Named[],
  to: { readonly post: Post; readonly personId: string; readonly fromAt: Date; readonly reason: string },
): Promise<Changed[] | Problem> {
  const before = held.filter(
    ({ role, standsInFor, personId, toAt }) =>
      role === to.post &&
      standsInFor === null &&
      personId !== to.personId &&
      (toAt === null || toAt > to.fromAt.getTime()),
  );
  for (const { grantId } of before) {
    const end = { grantId, at: to.fromAt, reason: to.reason };
    const ended = await ports.endRole(call, end);
    if (isProblem(ended)) return ended;
    const refused = await endStandIns(call, ports, held, end);
    if (refused) return refused;
  }
  return before.map((one) => changedOf(one, to.post));
}

export async function give(
  call: Call,
  ports: AssignmentPorts,
  campaignId: string,
  wish: GiveShape,
): Promise<GivenReply | Problem> {
  const campaign = await runningCampaign(call, campaignId);
  if (isProblem(campaign)) return campaign;
  if (wish.toOn !== null && wish.toOn < wish.fromOn) return problem('people.role-dates');
  await store.takeAssigning(call.trx);
  const standing = new Set((await store.readGroups(call.trx, wish.fromOn)).map(({ id }) => id));
  const times = timesOf(wish.fromOn, wish.toOn, call.now);
  const given: Changed[] = [];
  const ended: Changed[] = [];
  for (const { personId, areaId, post } of wish.give) {
    if (!standing.has(areaId)) return problem('areas.no-such-group', { status: 404 });
    if (isSingle(post)) {
      const held = await store.readHeld(call.trx, { areaId, since: times.fromAt });
      const before = await handOver(call, ports, held, {
        post,
        personId,
        fromAt: times.fromAt,
        reason: wish.reason,
      });
      if (isProblem(before)) return before;
      ended.push(...before);
    }
    const made = await ports.giveRole(call, {
      personId,
      role: post,
      areaId,
      unitId: null,
      reason: wish.reason,
      ...times,
    });
    if (isProblem(made)) return made;
    given.push({ grantId: made.id, personId, areaId, post });
  }
  return { given, ended, over: await overloaded(call, new Set(given.map(({ personId }) => personId))) };
}

/** Those whose phone would carry more than its budget with all they hold now or will. */
export async function overloaded(call: Call, personIds: ReadonlySet<string>): Promise<GivenReply['over']> {
  const groups = new Map(
    (await store.readGroups(call.trx, dayOf(call.now))).map((group) => [group.id, group] as const),
  );
  const over: GivenReply['over'] = [];
  for (const personId of personIds) {
    const held = await store.readHeld(call.trx, { personId, since: new Date(call.now) });
    const areas = new Set(held.flatMap(({ role, areaId }) => (isPost(role) && areaId ? [areaId] : [])));
    const load = phoneLoad([...areas].flatMap((id) => groups.get(id) ?? []));
    if (load.isOver) over.push({ personId, load });
  }
  return over;
}

export async function end(
  call: Call,
  ports: AssignmentPorts,
  campaignId: string,
  wish: { readonly grants: readonly string[]; readonly reason: string },
): Promise<{ done: true } | Problem> {
  const campaign = await runningCampaign(call, campaignId);
  if (isProblem(campaign)) return campaign;
  await store.takeAssigning(call.trx);
  const held = await store.readHeld(call.trx, { since: new Date(call.now) });
  for (const grantId of new Set(wish.grants)) {
    const one = held.find((role) => role.grantId === grantId);
    // Roles of units and of the whole ward are not given here and not taken here.
    if (!one || !isPost(one.role)) return problem('people.no-such-role', { status: 404 });
    const ending = { grantId, at: new Date(call.now), reason: wish.reason };
    const ended = await ports.endRole(call, ending);
    if (isProblem(ended)) return ended;
    const refused = await endStandIns(call, ports, held, ending);
    if (refused) return refused;
  }
  return { done: true };
}
