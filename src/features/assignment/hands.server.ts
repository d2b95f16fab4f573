// A unit's duties in its members' hands: who has which now and had it before, handing on and taking back.
import { dayOf, isoOf } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import { runningCampaign } from '#features/assignment/commands.server.ts';
import * as hands from '#features/assignment/hands-store.server.ts';
import type { KeptHand, Member } from '#features/assignment/hands-store.server.ts';
import type { HandShape, UnitDutiesReply } from '#features/assignment/hands-schema.ts';
import { takeAssigning } from '#features/assignment/store.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';

type HandView = NonNullable<UnitDutiesReply['duties'][number]['now']>;

const viewOf = (hand: KeptHand, members: readonly Member[]): HandView => ({
  personId: hand.personId,
  name: hand.name,
  holds: hand.toAt === null && members.some(({ id, away }) => id === hand.personId && !away),
  fromAt: isoOf(hand.fromAt.getTime()),
  toAt: hand.toAt === null ? null : isoOf(hand.toAt.getTime()),
  by: hand.by,
  endedBy: hand.endedBy,
});

export async function readUnitDuties(
  call: Call,
  campaignId: string,
  unitId: string,
): Promise<UnitDutiesReply | null> {
  const unit = await hands.findUnit(call.trx, unitId);
  if (!unit) return null;
  const on = dayOf(call.now);
  const members = await hands.readMembers(call.trx, unitId, new Date(call.now), on);
  const byItem = Map.groupBy(await hands.readHands(call.trx, campaignId, unitId), ({ itemId }) => itemId);
  return {
    unit,
    members,
    duties: (await hands.readUnitDuties(call.trx, campaignId, unitId, on)).map(({ itemId, title }) => {
      const all = (byItem.get(itemId) ?? []).map((hand) => viewOf(hand, members));
      return {
        itemId,
        title,
        now: all.find(({ toAt }) => toAt === null) ?? null,
        before: all.filter(({ toAt }) => toAt !== null),
      };
    }),
    may: { hand: call.may('assignment.hand', { unitId }) },
  };
}

/** Puts a duty of the unit into a member's hands, or takes it back; whoever had it keeps their time in the history. */
export async function handDuty(
  call: Call,
  { campaign, unit }: { readonly campaign: string; readonly unit: string },
  { itemId, personId }: HandShape,
): Promise<{ done: true; before: string | null } | Problem> {
  const running = await runningCampaign(call, campaign);
  if (isProblem(running)) return running;
  await takeAssigning(call.trx);
  const at = new Date(call.now);
  const on = dayOf(call.now);
  const duties = await hands.readUnitDuties(call.trx, campaign, unit, on);
  if (!duties.some((duty) => duty.itemId === itemId))
    return problem('assignment.not-the-units', { status: 404 });
  const member = (await hands.readMembers(call.trx, unit, at, on)).find(({ id }) => id === personId);
  if (personId !== null && !member) return problem('assignment.not-in-unit', { status: 409 });
  if (member?.away) return problem('assignment.hand-away', { status: 409 });
  const now = (await hands.readHands(call.trx, campaign, unit)).find(
    (hand) => hand.itemId === itemId && hand.toAt === null,
  );
  if ((now?.personId ?? null) === personId) return { done: true, before: personId };
  if (now) await hands.endHand(call.trx, now.id, at, call.actor.personId);
  if (personId !== null)
    await hands.addHand(call.trx, {
      campaignId: campaign,
      unitId: unit,
      itemId,
      personId,
      fromAt: at,
      by: call.actor.personId,
    });
  await audit(call.trx, call, {
    action: personId === null ? 'assignment.duty-taken-back' : 'assignment.duty-handed',
    subjectKind: 'plan-item',
    subjectId: itemId,
    before: now ? { unitId: unit, personId: now.personId } : null,
    after: personId === null ? null : { unitId: unit, personId },
  });
  return { done: true, before: now?.personId ?? null };
}
