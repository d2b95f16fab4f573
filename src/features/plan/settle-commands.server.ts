// What a paper leaves open is settled by people: what its names mean here, its doubts, what is one act, its days.
import { problem } from '#core/problem.ts';
import { isProblem } from '#core/problem.ts';
import type { Problem } from '#core/problem.ts';
import { dayOf } from '#core/clock.ts';
import { audit } from '#platform/audit/audit.server.ts';
import type { AuditContext } from '#platform/audit/audit.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { stampOf } from '#features/plan/commands.server.ts';
import { applyAnswer, assignActor } from '#features/plan/draft.ts';
import { onDraft } from '#features/plan/draft-commands.server.ts';
import type { Place } from '#features/plan/draft-commands.server.ts';
import {
  findItem,
  listItems,
  listLinks,
  pairOf,
  putLinks,
  writeItem,
  writeName,
} from '#features/plan/draft-store.server.ts';
import type { VersionItem } from '#features/plan/draft-store.server.ts';
import { PaperShape } from '#features/plan/paper.ts';
import type { CampaignDays, ItemBody } from '#features/plan/schema.ts';
import { GROUPS } from '#features/plan/model.ts';
import { OUTSIDE } from '#features/plan/unit-keys.ts';

import { listUnits, writeAnswer, writeDays } from '#features/plan/store.server.ts';
import { nameKey, suggestActor } from '#features/plan/unit-names.ts';
import type { ActorMeaning } from '#features/plan/unit-names.ts';

const noSuchUnit = (): Problem => problem('plan.no-such-unit', { status: 422 });

async function rewrite(
  trx: WardTransaction,
  context: AuditContext,
  place: Place,
  item: VersionItem,
  body: ItemBody,
): Promise<VersionItem> {
  const next = { ...item, body, revision: item.revision + 1 };
  await writeItem(trx, place, next, stampOf(context));
  return next;
}

/** What a name of the paper means in this ward: every item that says it follows, and the next paper knows it. */
export async function sayActor(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  name: string,
  meaning: ActorMeaning,
): Promise<readonly VersionItem[] | Problem> {
  const key = nameKey(name);
  if (key === '') return problem('plan.name-empty', { status: 422 });
  if (meaning.kind === 'unit') {
    const units = await listUnits(trx, dayOf(context.now));
    if (!units.some(({ id }) => id === meaning.unitId)) return noSuchUnit();
  }
  return onDraft(trx, campaignId, async (_draft, place) => {
    const changed: VersionItem[] = [];
    for (const item of await listItems(trx, place)) {
      const body = assignActor(item.body, name, meaning);
      if (body !== item.body) changed.push(await rewrite(trx, context, place, item, body));
    }
    await writeName(trx, { key, name: name.trim(), meaning }, stampOf(context));
    await audit(trx, context, {
      action: 'plan.name-said',
      subjectKind: 'plan-name',
      subjectId: key,
      after: { name, meaning, items: changed.map(({ id }) => id) },
    });
    return changed;
  });
}

/** Takes every suggestion for names nobody has decided yet. @returns how many names were settled */
export async function acceptSuggestedActors(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
): Promise<number | Problem> {
  return onDraft(trx, campaignId, async (_draft, place) => {
    const units = await listUnits(trx, dayOf(context.now));
    const waiting = new Set<string>();
    for (const { body, review } of await listItems(trx, place))
      if (review !== 'ignored' && body.kind !== 'target' && body.accountable === null && body.actor)
        waiting.add(body.actor);
    let settled = 0;
    for (const name of waiting) {
      const suggestion = suggestActor(name, units);
      if (!suggestion) continue;
      const said = await sayActor(trx, context, campaignId, name, suggestion.meaning);
      if (!isProblem(said)) settled += 1;
    }
    return settled;
  });
}

/** `answer` null takes the answer back; what it made of the items stays until somebody mends them. */
export async function answerDoubt(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  doubtId: string,
  answer: string | null,
): Promise<readonly VersionItem[] | Problem> {
  return onDraft(trx, campaignId, async (draft, place) => {
    const doubt = PaperShape.parse(draft.reading).doubts.find(({ id }) => id === doubtId);
    if (!doubt) return problem('plan.no-such-doubt', { status: 404 });
    if (doubt.kind === 'who-does-it' && answer !== null && answer !== GROUPS && answer !== OUTSIDE) {
      const units = await listUnits(trx, dayOf(context.now));
      if (!units.some(({ id }) => id === answer)) return noSuchUnit();
    }
    const changed: VersionItem[] = [];
    for (const id of answer === null ? [] : doubt.about) {
      const item = await findItem(trx, place, id);
      if (!item) continue;
      const body = applyAnswer(doubt, answer ?? '', item.body);
      if (isProblem(body)) return body;
      if (body !== item.body) changed.push(await rewrite(trx, context, place, item, body));
    }
    await writeAnswer(trx, campaignId, place.version, doubtId, answer);
    await audit(trx, context, {
      action: answer === null ? 'plan.answer-withdrawn' : 'plan.doubt-answered',
      subjectKind: 'plan-doubt',
      subjectId: doubtId,
      before: { answer: draft.answers[doubtId] ?? null },
      after: { kind: doubt.kind, answer },
    });
    return changed;
  });
}

/** One act counts for both (`linked`) or each asks for its own (`apart`). */
export async function decideLinks(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  pairs: readonly (readonly [string, string])[],
  state: 'linked' | 'apart' | 'proposed',
): Promise<number | Problem> {
  return onDraft(trx, campaignId, async (_draft, place) => {
    const items = new Map((await listItems(trx, place)).map((item) => [item.id, item]));
    const wished = pairs.map(([one, other]) => ({ ...pairOf(one, other), state }));
    for (const { itemA, itemB } of wished) {
      const [a, b] = [items.get(itemA), items.get(itemB)];
      if (!a || !b || itemA === itemB) return problem('plan.no-such-item', { status: 404 });
      if (a.kind === 'report' || b.kind === 'report')
        return problem('plan.report-not-linked', { status: 422 });
    }
    const before = (await listLinks(trx, place)).filter((link) =>
      wished.some(({ itemA, itemB }) => itemA === link.itemA && itemB === link.itemB),
    );
    await putLinks(trx, place, wished);
    await audit(trx, context, {
      action: `plan.items-${state}`,
      subjectKind: 'plan-version',
      subjectId: `${campaignId}/${place.version}`,
      before,
      after: wished,
    });
    return wished.length;
  });
}

export async function setDays(
  trx: WardTransaction,
  context: AuditContext,
  campaignId: string,
  days: CampaignDays,
): Promise<CampaignDays | Problem> {
  return onDraft(trx, campaignId, async (draft, place) => {
    await writeDays(trx, campaignId, place.version, days);
    await audit(trx, context, {
      action: 'plan.days-set',
      subjectKind: 'plan-version',
      subjectId: `${campaignId}/${place.version}`,
      before: draft.days,
      after: days,
    });
    return days;
  });
}
