// Excuses and the campaign's dated acts: what a person entitled says once, with a reason, and may take back.
import { dayOf } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { z } from 'zod';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { owedByGroups, versionOn } from '#features/evidence/model.ts';
import { calendarUntil } from '#features/evidence/calendar-reading.server.ts';
import { readRunningPlan } from '#features/evidence/plan-reading.server.ts';
import type { CampaignHead } from '#features/evidence/plan-reading.server.ts';
import { answerBefore, bodyHash } from '#features/evidence/record.server.ts';
import type { NewAct, NewExcuse } from '#features/evidence/schema.ts';
import * as store from '#features/evidence/store.server.ts';
import { occurrenceAt } from '#features/plan/engine/calendar.ts';
import type { PlanItem } from '#features/plan/model.ts';

/** Groups are excused by the unit that leads the campaign (here the ward police), units by the ward's leader. */
export function mayExcuse(call: Call, campaign: CampaignHead, item: PlanItem): boolean {
  return owedByGroups(item)
    ? call.may('excuse.grant-group', { unitId: campaign.leadingUnitId })
    : call.may('excuse.grant-unit');
}

interface Done {
  readonly id: string;
  readonly change: number;
}

export async function excuse(
  call: Call,
  campaignId: string,
  wish: z.infer<typeof NewExcuse>,
): Promise<Done | Problem> {
  const plan = await readRunningPlan(call.trx, campaignId);
  if (!plan) return problem('evidence.no-such-campaign', { status: 404 });
  const areaId = wish.areaId ?? null;
  const occurrence = occurrenceAt(
    calendarUntil(plan, wish.periodStart),
    wish.itemId,
    areaId,
    wish.periodStart,
  );
  const item =
    occurrence?.item ?? versionOn(plan.versions, dayOf(call.now))?.items.find(({ id }) => id === wish.itemId);
  if (!item || !mayExcuse(call, plan.campaign, item)) return problem('people.not-allowed', { status: 403 });
  if (!occurrence) return problem('evidence.nothing-owed', { status: 422 });
  const hash = bodyHash(call.actor.personId, wish);
  const before = await answerBefore(call, campaignId, wish.id, hash);
  if (isProblem(before)) return before;
  if (before !== null) return JSON.parse(before) as Done;
  const { change_n } = await store.insertExcuse(call.trx, {
    campaign_id: campaignId,
    id: wish.id,
    item_id: wish.itemId,
    area_id: areaId,
    period_start: wish.periodStart,
    reason: wish.reason,
    granted_at: new Date(call.now),
    granted_by: call.actor.personId,
  });
  const answer: Done = { id: wish.id, change: change_n };
  await store.keepAnswer(call.trx, campaignId, wish.id, hash, JSON.stringify(answer));
  await audit(call.trx, call, {
    action: 'evidence.excused',
    subjectKind: 'excuse',
    subjectId: wish.id,
    after: wish,
  });
  return answer;
}

export async function revoke(
  call: Call,
  campaignId: string,
  id: string,
  reason: string,
): Promise<{ id: string } | Problem> {
  const plan = await readRunningPlan(call.trx, campaignId);
  const row = await store.findExcuse(call.trx, campaignId, id);
  const item =
    row &&
    plan &&
    plan.versions
      .toReversed()
      .flatMap(({ items }) => items)
      .find(({ id }) => id === row.item_id);
  if (!plan || !row || !item || !mayExcuse(call, plan.campaign, item))
    return problem('people.not-allowed', { status: 403 });
  const by = { at: new Date(call.now), personId: call.actor.personId, reason };
  if (!(await store.revokeExcuse(call.trx, row, by))) return { id };
  await audit(call.trx, call, {
    action: 'evidence.excuse-revoked',
    subjectKind: 'excuse',
    subjectId: id,
    before: { reason: row.reason },
    after: { reason },
  });
  return { id };
}

/** Issue of the plan (number and date) and launch of the peak. */
export async function recordAct(
  call: Call,
  campaignId: string,
  wish: z.infer<typeof NewAct>,
): Promise<Done | Problem> {
  if (wish.doneOn > dayOf(call.now))
    return problem('evidence.in-future', { status: 422, pointer: '/doneOn' });
  if (wish.kind === 'issued' && !wish.number)
    return problem('evidence.number-missing', { status: 422, pointer: '/number' });
  const hash = bodyHash(call.actor.personId, wish);
  const before = await answerBefore(call, campaignId, wish.id, hash);
  if (isProblem(before)) return before;
  if (before !== null) return JSON.parse(before) as Done;
  const picture = wish.picture ? Buffer.from(wish.picture, 'hex') : null;
  if (picture && (await store.picturesBroughtBy(call.trx, call.actor.personId, [picture])).size === 0)
    return problem('evidence.picture-unknown', { status: 422 });
  const { change_n } = await store.insertAct(call.trx, {
    campaign_id: campaignId,
    id: wish.id,
    kind: wish.kind,
    done_on: wish.doneOn,
    number: wish.number ?? null,
    note: wish.note || null,
    link: wish.link ?? null,
    media_sha256: picture,
    recorded_at: new Date(call.now),
    recorded_by: call.actor.personId,
  });
  const answer: Done = { id: wish.id, change: change_n };
  await store.keepAnswer(call.trx, campaignId, wish.id, hash, JSON.stringify(answer));
  await audit(call.trx, call, {
    action: `evidence.campaign-${wish.kind}`,
    subjectKind: 'campaign',
    subjectId: campaignId,
    after: wish,
  });
  return answer;
}

export async function undoAct(
  call: Call,
  campaignId: string,
  id: string,
  reason: string,
): Promise<{ id: string } | Problem> {
  const by = { at: new Date(call.now), personId: call.actor.personId, reason };
  if (await store.undoAct(call.trx, campaignId, id, by))
    await audit(call.trx, call, {
      action: 'evidence.act-undone',
      subjectKind: 'campaign',
      subjectId: campaignId,
      after: { act: id, reason },
    });
  return { id };
}
