// Being away, and who stands in. A stand-in is given the same role at the same place for those days.
import { dayOf, endOfDay, instantOf } from '#core/clock.ts';
import { newId } from '#core/ids.ts';
import { isProblem, problem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { overloaded, runningCampaign } from '#features/assignment/commands.server.ts';
import { isAwayWithin, isPost, mayStandIn } from '#features/assignment/model.ts';
import type { AssignmentPorts } from '#features/assignment/ports.ts';
import type { AbsenceShape } from '#features/assignment/schema.ts';
import * as store from '#features/assignment/store.server.ts';
import type { KeptAbsence, Named } from '#features/assignment/store.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { Call } from '#platform/api/endpoint.server.ts';

interface StandIn {
  readonly grantId: string;
  readonly personId: string;
}

const note = (call: Call, action: string, absenceId: string, after: unknown) =>
  audit(call.trx, call, { action, subjectKind: 'absence', subjectId: absenceId, after });

interface Context {
  readonly absences: readonly KeptAbsence[];
  readonly leadingUnitId: string | null;
  /** An administrator may hand over any unit. */
  readonly everyUnit: boolean;
}

/** Posts of groups, and the head of the leading unit. */
function isStandable(role: Named, { leadingUnitId, everyUnit }: Context): boolean {
  if (!mayStandIn(role.role)) return false;
  return isPost(role.role) || everyUnit || (leadingUnitId !== null && role.unitId === leadingUnitId);
}

function refusalOf(
  role: Named | undefined,
  standIn: StandIn,
  absence: Pick<KeptAbsence, 'personId' | 'fromOn' | 'toOn'>,
  context: Context,
): Problem | null {
  if (!role || role.personId !== absence.personId || !isStandable(role, context))
    return problem('people.no-such-role', { status: 404 });
  if (standIn.personId === absence.personId) return problem('assignment.own-stand-in', { status: 409 });
  const isAway = context.absences.some(
    (other) => other.personId === standIn.personId && isAwayWithin(other, absence.fromOn, absence.toOn),
  );
  return isAway ? problem('assignment.stand-in-away', { status: 409 }) : null;
}

async function giveStandIns(
  call: Call,
  ports: AssignmentPorts,
  absence: Pick<KeptAbsence, 'id' | 'personId' | 'fromOn' | 'toOn' | 'reason'>,
  standIns: readonly StandIn[],
  leadingUnitId: string | null,
): Promise<Problem | null> {
  const begin = Math.max(instantOf(absence.fromOn), call.now);
  const held = await store.readHeld(call.trx, { personId: absence.personId, since: new Date(begin) });
  const context = {
    absences: await store.readAbsences(call.trx, dayOf(begin)),
    leadingUnitId,
    everyUnit: call.may('people.grant'),
  };
  for (const standIn of standIns) {
    const role = held.find(({ grantId }) => grantId === standIn.grantId);
    const refused = refusalOf(role, standIn, absence, context);
    if (refused || !role) return refused;
    const already = await store.readHeld(call.trx, {
      since: new Date(begin),
      ...(role.areaId === null ? {} : { areaId: role.areaId }),
    });
    if (
      already.some(
        ({ standsInFor, fromAt }) => standsInFor === role.grantId && fromAt < endOfDay(absence.toOn),
      )
    )
      return problem('assignment.has-stand-in', { status: 409 });
    const given = await ports.giveRole(call, {
      personId: standIn.personId,
      role: role.role,
      areaId: role.areaId,
      unitId: role.unitId,
      fromAt: new Date(Math.max(begin, role.fromAt)),
      toAt: new Date(Math.min(endOfDay(absence.toOn), role.toAt ?? Infinity)),
      reason: absence.reason,
      standsInFor: role.grantId,
    });
    if (isProblem(given)) return given;
  }
  return null;
}

const overOf = (call: Call, standIns: readonly StandIn[]) =>
  overloaded(call, new Set(standIns.map(({ personId }) => personId)));

export async function noteAbsence(
  call: Call,
  ports: AssignmentPorts,
  campaignId: string,
  wish: AbsenceShape,
) {
  const campaign = await runningCampaign(call, campaignId);
  if (isProblem(campaign)) return campaign;
  if (wish.toOn < wish.fromOn) return problem('people.role-dates');
  if (wish.toOn < dayOf(call.now)) return problem('assignment.away-in-the-past');
  await store.takeAssigning(call.trx);
  const people = await store.readPeople(call.trx, new Date(call.now));
  if (!people.some(({ id }) => id === wish.personId))
    return problem('people.no-such-person', { status: 404 });
  const absences = await store.readAbsences(call.trx, wish.fromOn);
  if (absences.some((one) => one.personId === wish.personId && isAwayWithin(one, wish.fromOn, wish.toOn)))
    return problem('assignment.already-away', { status: 409 });
  const id = newId();
  const { standIns, ...absence } = wish;
  await store.insertAbsence(call.trx, {
    ...absence,
    id,
    by: call.actor.personId,
    at: new Date(call.now),
  });
  await note(call, 'assignment.absence-noted', id, wish);
  const refused = await giveStandIns(call, ports, { ...absence, id }, standIns, campaign.leading_unit_id);
  return refused ?? { id, over: await overOf(call, standIns) };
}

const noAbsence = () => problem('assignment.no-such-absence', { status: 404 });

export async function addStandIns(
  call: Call,
  ports: AssignmentPorts,
  campaignId: string,
  absenceId: string,
  standIns: readonly StandIn[],
) {
  const campaign = await runningCampaign(call, campaignId);
  if (isProblem(campaign)) return campaign;
  await store.takeAssigning(call.trx);
  const absence = await store.findAbsence(call.trx, absenceId);
  if (!absence || absence.endedAt !== null || endOfDay(absence.toOn) <= call.now) return noAbsence();
  const refused = await giveStandIns(call, ports, absence, standIns, campaign.leading_unit_id);
  if (refused) return refused;
  await note(call, 'assignment.stand-in-given', absenceId, standIns);
  return { id: absenceId, over: await overOf(call, standIns) };
}

/** Back before the last day, or never away: the stand-ins' roles end now. */
export async function endAbsence(
  call: Call,
  ports: AssignmentPorts,
  campaignId: string,
  absenceId: string,
): Promise<{ done: true } | Problem> {
  const campaign = await runningCampaign(call, campaignId);
  if (isProblem(campaign)) return campaign;
  await store.takeAssigning(call.trx);
  const absence = await store.findAbsence(call.trx, absenceId);
  const at = new Date(call.now);
  if (!absence || !(await store.endAbsence(call.trx, absenceId, at, call.actor.personId))) return noAbsence();
  const own = new Set(
    (await store.readHeld(call.trx, { personId: absence.personId })).map(({ grantId }) => grantId),
  );
  const live = (await store.readHeld(call.trx, { since: at })).filter(
    ({ standsInFor, fromAt }) =>
      standsInFor !== null && own.has(standsInFor) && fromAt < endOfDay(absence.toOn),
  );
  for (const { grantId } of live) {
    const ended = await ports.endRole(call, { grantId, at, reason: absence.reason });
    if (isProblem(ended)) return ended;
  }
  await note(call, 'assignment.absence-ended', absenceId, { standIns: live.length });
  return { done: true };
}
