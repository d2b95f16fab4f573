// Recording what was done, and taking it back. A repeat of an id is given the answer it was given before, word for
// word: a phone that did not hear the answer asks again, and nothing is counted twice.
import { createHash } from 'node:crypto';
import { isoOf, parseInstant } from '#core/clock.ts';
import { isProblem, problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { audit } from '#platform/audit/audit.server.ts';
import { canonicalJson } from '#platform/audit/canonical.ts';
import { judgeWish, type Judged } from '#features/evidence/model.ts';
import { readRunningPlan } from '#features/evidence/plan-reading.server.ts';
import type { RunningPlan } from '#features/evidence/plan-reading.server.ts';
import { Recorded } from '#features/evidence/schema.ts';
import type { NewEvidence } from '#features/evidence/schema.ts';
import { insertEvidence } from '#features/evidence/insert.server.ts';
import * as store from '#features/evidence/store.server.ts';

export const bodyHash = (personId: string, body: unknown): Buffer =>
  createHash('sha256')
    .update(canonicalJson([personId, body]))
    .digest();

/** The answer once given under this id; a problem where it was given to another body; null: new. */
export async function answerBefore(
  call: Call,
  campaignId: string,
  id: string,
  hash: Buffer,
): Promise<string | Problem | null> {
  await store.takeTurn(call.trx, [id]);
  const before = (await store.findAnswers(call.trx, campaignId, [id])).get(id);
  if (!before) return null;
  return before.bodyHash.equals(hash) ? before.answer : problem('evidence.id-reused', { status: 409 });
}

const at = (text: string): number => {
  const instant = parseInstant(text);
  if (instant === undefined) throw new Error('An instant that passed the schema did not parse');
  return instant;
};

interface Target {
  readonly areaPath: readonly string[];
  readonly unitId: string | null;
}

async function targetOf(call: Call, wish: NewEvidence): Promise<Target> {
  return {
    areaPath: wish.areaId ? await store.pathOfArea(call.trx, wish.areaId) : [],
    unitId: wish.unitId ?? null,
  };
}

/** The duty desk does no work of its own: what it types was done by somebody. */
function entersForOthers(call: Call, target: Target): boolean {
  const scope = call.scope('evidence.record');
  const own =
    (target.unitId !== null && scope.unitIds.includes(target.unitId)) ||
    target.areaPath.some((id) => scope.areaIds.includes(id));
  return scope.everything && !own;
}

async function refusePlace(call: Call, wish: NewEvidence, judged: Judged): Promise<Problem | null> {
  if (wish.areaId && !(await store.standsOn(call.trx, 'areas', wish.areaId, judged.workOn)))
    return problem('evidence.no-such-group', { status: 422 });
  if (wish.unitId && !(await store.standsOn(call.trx, 'units', wish.unitId, judged.workOn)))
    return problem('evidence.no-such-unit', { status: 422 });
  if (wish.onBehalf && !(await store.isPerson(call.trx, wish.onBehalf.personId)))
    return problem('evidence.no-such-person', { status: 422 });
  const pictures = wish.pictures.map((hex) => Buffer.from(hex, 'hex'));
  const brought = await store.picturesBroughtBy(call.trx, call.actor.personId, pictures);
  if (wish.pictures.some((hex) => !brought.has(hex)))
    return problem('evidence.picture-unknown', { status: 422 });
  return null;
}

async function recordOne(call: Call, plan: RunningPlan, wish: NewEvidence): Promise<Recorded | Problem> {
  const campaignId = plan.campaign.id;
  const target = await targetOf(call, wish);
  if (!call.may('evidence.record', target)) return problem('people.not-allowed', { status: 403 });
  if (!wish.onBehalf && entersForOthers(call, target))
    return problem('evidence.say-for-whom', { status: 422 });
  const hash = bodyHash(call.actor.personId, wish);
  const before = await answerBefore(call, campaignId, wish.id, hash);
  if (isProblem(before)) return before;
  if (before !== null) return Recorded.parse(JSON.parse(before));
  const { onBehalf = null, areaId = null, unitId = null } = wish;
  const judged = judgeWish(
    plan.versions,
    {
      itemIds: wish.itemIds,
      areaId,
      unitId,
      doneAt: at(wish.doneAt),
      reachedAt: onBehalf ? at(onBehalf.reachedAt) : null,
    },
    call.now,
  );
  if (isProblem(judged)) return judged;
  const refused = await refusePlace(call, wish, judged);
  if (refused) return refused;
  return keep(call, campaignId, wish, judged, hash);
}

async function keep(
  call: Call,
  campaignId: string,
  wish: NewEvidence,
  { workOn, itemIds }: Judged,
  hash: Buffer,
): Promise<Recorded> {
  const { onBehalf = null, areaId = null, unitId = null } = wish;
  const change = await store.changeAt(call.trx, areaId);
  const pictures = [...new Set(wish.pictures)].map((hex) => Buffer.from(hex, 'hex'));
  await insertEvidence(
    call.trx,
    {
      campaign_id: campaignId,
      id: wish.id,
      area_id: areaId,
      unit_id: unitId,
      work_on: workOn,
      done_at: new Date(Math.min(at(wish.doneAt), call.now)),
      received_at: new Date(call.now),
      author_id: onBehalf?.personId ?? call.actor.personId,
      entered_by: onBehalf ? call.actor.personId : null,
      channel: wish.channel ?? null,
      note: wish.note || null,
      link: wish.link ?? null,
      count: wish.count,
      source: 'typed',
      reached_by: onBehalf?.reachedBy ?? null,
      reached_at: onBehalf ? new Date(at(onBehalf.reachedAt)) : null,
      ...change,
    },
    itemIds,
    pictures,
  );
  const answer: Recorded = {
    id: wish.id,
    itemIds: [...itemIds],
    areaId,
    unitId,
    workOn,
    receivedAt: isoOf(call.now),
    change: change.change_n,
  };
  await store.keepAnswer(call.trx, campaignId, wish.id, hash, JSON.stringify(answer));
  await audit(call.trx, call, {
    action: 'evidence.recorded',
    subjectKind: 'evidence',
    subjectId: wish.id,
    after: { ...answer, onBehalf },
  });
  return answer;
}

/** All or none: a desk that enters ten lines must not have to find out which five were kept. */
export async function recordAll(
  call: Call,
  campaignId: string,
  records: readonly NewEvidence[],
): Promise<Recorded[] | Problem> {
  const plan = await readRunningPlan(call.trx, campaignId);
  if (!plan) return problem('evidence.no-such-campaign', { status: 404 });
  if (plan.campaign.state !== 'active') return problem('evidence.campaign-not-active', { status: 409 });
  // In one order for everybody, or two desks entering the same groups wait for each other for ever.
  const places = await store.feedOrder(
    call.trx,
    records.map(({ areaId }) => areaId ?? null),
  );
  const order = records
    .map((wish, index) => ({ wish, index, feed: places.get(wish.areaId ?? null) ?? '' }))
    .sort((a, b) => (a.feed < b.feed ? -1 : a.feed > b.feed ? 1 : a.index - b.index));
  const answers: Recorded[] = [];
  for (const { wish, index } of order) {
    const answer = await recordOne(call, plan, wish);
    if (isProblem(answer)) return records.length === 1 ? answer : { ...answer, pointer: `/records/${index}` };
    answers[index] = answer;
  }
  return answers;
}

/**
 * Who may take it back: whoever did or entered it, and the head over them (of the unit; of the group; the area
 * officer). Others within the same reach may not undo a colleague's work.
 */
export function mayUndo(call: Call, row: store.EvidenceRow, areaPath: readonly string[]): boolean {
  if (!call.may('evidence.undo', { areaPath, unitId: row.unit_id })) return false;
  const own = row.author_id === call.actor.personId || row.entered_by === call.actor.personId;
  return own || call.may('evidence.undo-others', { areaPath, unitId: row.unit_id });
}

export async function undo(
  call: Call,
  campaignId: string,
  id: string,
  reason: string,
): Promise<{ id: string } | Problem> {
  const row = await store.findEvidence(call.trx, campaignId, id);
  const path = row?.area_id ? await store.pathOfArea(call.trx, row.area_id) : [];
  // The same answer for a row that is not there: it must not tell whether there is one.
  if (!row || !mayUndo(call, row, path)) return problem('evidence.not-yours-to-undo', { status: 403 });
  const by = { at: new Date(call.now), personId: call.actor.personId, reason };
  if (!(await store.undoEvidence(call.trx, row, by))) return { id };
  await audit(call.trx, call, {
    action: 'evidence.undone',
    subjectKind: 'evidence',
    subjectId: id,
    before: { workOn: row.work_on, count: row.count },
    after: { reason },
  });
  return { id };
}
