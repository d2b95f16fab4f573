// Counted views: a whole year by units and groups, one occurrence with everything behind it, and the campaign's page.
import { addDays, earlier, later, type ClosedRange } from '#core/calendar.ts';
import { isoOf } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { z } from 'zod';
import type { Call } from '#platform/api/endpoint.server.ts';
import * as calendar from '#features/evidence/calendar.server.ts';
import type { Opened, Reckoned } from '#features/evidence/calendar.server.ts';
import type {
  OccurrenceQuery,
  OccurrenceReply,
  OverviewReply,
  SummaryQuery,
  SummaryReply,
} from '#features/evidence/calendar-schema.ts';
import * as views from '#features/evidence/calendar-view.ts';
import { countEvidence, listEvidence, listExcuses } from '#features/evidence/evidence-reading.server.ts';
import { mayExcuse } from '#features/evidence/excuses.server.ts';
import { readAmending } from '#features/evidence/plan-reading.server.ts';
import { listActs } from '#features/evidence/store.server.ts';
import type { ActView } from '#features/evidence/schema.ts';
import { occurrenceAt, occurrences, overdue, type Overdue } from '#features/plan/engine/calendar.ts';
import { summarise, type Summary } from '#features/plan/engine/summary.ts';
import { STATES, type PlanItem } from '#features/plan/model.ts';

/** Two years and a bit: an engine asked for the year 9999 would only be kept busy. */
const LONGEST_SUMMARY = 800;

const inPlain = (counts: Summary['total']) => ({ ...counts });

export async function readSummary(
  call: Call,
  campaignId: string,
  query: z.infer<typeof SummaryQuery>,
): Promise<SummaryReply | Problem> {
  const opened = await calendar.open(call, campaignId);
  if ('code' in opened) return opened;
  const { plan, today } = opened;
  const range = calendar.rangeOf(query, { from: plan.campaign.fromOn, to: plan.campaign.toOn });
  if ('code' in range) return range;
  if (addDays(range.from, LONGEST_SUMMARY) < range.to)
    return problem('evidence.range-too-long', { status: 422, params: { days: LONGEST_SUMMARY } });
  const scope = call.scope('campaign.read-summaries');
  const visible = scope.everything ? null : scope.areaIds;
  const areas = query.area ? [query.area] : visible;
  const reckoned = await calendar.reckon(call, plan, range);
  const summary = summarise(reckoned.calendar, range, reckoned.acts, reckoned.excuses, {
    ...(areas ? { areaIds: new Set(areas) } : {}),
    ...(query.unit ? { units: new Set([query.unit]) } : {}),
    ...(query.item ? { itemIds: new Set([query.item]) } : {}),
  });
  return {
    now: isoOf(call.now),
    today,
    range,
    states: [...STATES],
    total: inPlain(summary.total),
    units: linesOf(summary.units, range, summary.ofUnit),
    groups: linesOf(summary.areas, range, summary.ofArea),
    items: summary.items.map((id) => ({ id, total: inPlain(summary.ofItem(id)) })),
  };
}

/** Days of nothing are empty lists: a year of a quiet unit is short. */
function linesOf(
  ids: readonly (string | null)[],
  range: ClosedRange,
  of: (id: string | null, day?: string) => Summary['total'],
): SummaryReply['units'] {
  return ids.map((id) => {
    const days: number[][] = [];
    for (let day = range.from; day <= range.to; day = addDays(day, 1)) {
      const list = views.asList(of(id, day));
      days.push(list.some((n) => n > 0) ? list : []);
    }
    return { id, total: inPlain(of(id)), days };
  });
}

export async function readOccurrence(
  call: Call,
  campaignId: string,
  query: z.infer<typeof OccurrenceQuery>,
): Promise<OccurrenceReply | Problem> {
  const opened = await calendar.open(call, campaignId);
  if ('code' in opened) return opened;
  const { plan } = opened;
  const areaId = query.area ?? null;
  const range = { from: query.period, to: query.period };
  const visible = calendar.visibleTo(call);
  const missing = () => problem('evidence.no-such-occurrence', { status: 404 });
  if (visible !== null && (areaId === null || !visible.includes(areaId))) return missing();
  const reckoned = await calendar.reckon(call, plan, range);
  const found = occurrenceAt(reckoned.calendar, query.item, areaId, query.period);
  if (!found) return missing();
  const [placed] = views.place([found], reckoned.acts, reckoned.excuses, undefined);
  if (!placed) return missing();
  const occurrence = views.viewOf(placed, reckoned.acts, reckoned.excuseOf, calendar.rightsOf(call, plan));
  const names = await calendar.dictionaries(call, opened, range);
  const info = (id: string) => names.items.find((item) => item.id === id);
  const item = info(query.item) ?? calendar.itemInfo(found.item, opened.version, new Map());
  const within = found.period.anyDay
    ? {}
    : { from: found.periodStart, ...(found.periodEnd === null ? {} : { to: found.periodEnd }) };
  const undone = await listEvidence(call, campaignId, {
    ...within,
    item: query.item,
    undone: '1',
    limit: 50,
    ...(areaId === null ? {} : { areas: found.place.lineage }),
  });
  return {
    now: names.now,
    today: names.today,
    campaign: names.campaign,
    item,
    linked: item.linkedWith.flatMap((id) => info(id) ?? []),
    area: names.groups.find(({ id }) => id === areaId) ?? null,
    unit: names.units.find(({ id }) => id === found.accountable) ?? null,
    occurrence,
    evidence: [
      ...(await listEvidence(call, campaignId, { ids: occurrence.evidence })),
      ...undone.filter((one) => one.undone !== null),
    ],
    excuses: await listExcuses(
      call,
      campaignId,
      { itemId: query.item, areaId, periodStart: query.period },
      mayExcuse(call, plan.campaign, found.item),
    ),
    recorder: names.recorder,
  };
}

export const actView = (act: Awaited<ReturnType<typeof listActs>>[number]): ActView => ({
  id: act.id,
  kind: act.kind,
  doneOn: act.done_on,
  number: act.number,
  note: act.note,
  link: act.link,
  picture: act.media_sha256 ? act.media_sha256.toString('hex') : null,
  recordedAt: isoOf(act.recorded_at.getTime()),
  recordedBy: { id: act.recorded_by, name: act.recorder },
});

/** How many late ones the page names; the rest are one tap away. */
const LATE_SHOWN = 12;

/** What can still be done before what was missed for good, each by its due time. */
const lateFirst = (a: Overdue, b: Overdue): number =>
  Number(a.standing.state === 'missed') - Number(b.standing.state === 'missed') ||
  a.dueAt - b.dueAt ||
  (a.itemId < b.itemId ? -1 : Number(a.itemId > b.itemId));

/** A share of households or people is itemised by visits, tips and such; until then nothing is known. */
function knownOf(
  opened: Opened,
  reckoned: Reckoned,
  item: PlanItem,
): OverviewReply['targets'][number]['known'] {
  const none = {
    value: null,
    required: null,
    periodStart: null,
    periodEnd: null,
    state: null,
    source: 'none' as const,
  };
  const { today } = opened;
  const day = { from: today, to: today };
  const [found] = occurrences(reckoned.calendar, day, 'open', { itemIds: new Set([item.id]) });
  if (!found) return none;
  const [placed] = views.place([found], reckoned.acts, reckoned.excuses, undefined);
  if (!placed) return none;
  return {
    value: placed.standing.done,
    required: placed.standing.required,
    periodStart: found.periodStart,
    periodEnd: found.periodEnd,
    state: placed.standing.state,
    source: 'evidence',
  };
}

export async function readOverview(call: Call, campaignId: string): Promise<OverviewReply | Problem> {
  const opened = await calendar.open(call, campaignId);
  if ('code' in opened) return opened;
  const { plan, version, today } = opened;
  const soFar = { from: earlier(plan.campaign.fromOn, today), to: today };
  // The last deadline of a report may lie just after the campaign.
  const until = later(addDays(plan.campaign.toOn, 7), today);
  const reckoned = await calendar.reckon(call, plan, { from: soFar.from, to: until });
  const summary = summarise(reckoned.calendar, soFar, reckoned.acts, reckoned.excuses);
  const todays = summarise(reckoned.calendar, { from: today, to: today }, reckoned.acts, reckoned.excuses);
  const visible = calendar.visibleTo(call);
  const seen = visible === null ? {} : { areaIds: new Set<string | null>(visible) };
  const behind = overdue(reckoned.calendar, soFar, reckoned.acts, reckoned.excuses, seen).sort(lateFirst);
  const rights = calendar.rightsOf(call, plan);
  const of = (kind: PlanItem['kind']) => version.items.filter((item) => item.kind === kind);
  const counted = (item: PlanItem) => ({
    itemId: item.id,
    today: inPlain(todays.ofItem(item.id)),
    soFar: inPlain(summary.ofItem(item.id)),
  });
  const names = await calendar.dictionaries(call, opened, soFar);
  const info = new Map(names.items.map((item) => [item.id, item]));
  const nextDue = (item: PlanItem): string | null => {
    const next = reckoned.calendar.schedules
      .find(({ itemId }) => itemId === item.id)
      ?.periods.find(({ dueAt }) => dueAt !== null && dueAt > call.now);
    return next?.dueAt ? isoOf(next.dueAt) : null;
  };
  return {
    ...names,
    version: {
      number: version.number,
      inForceFrom: version.inForceFrom,
      amendingNumber: await readAmending(call.trx, campaignId, version.number),
    },
    acts: (await listActs(call.trx, campaignId)).map(actView),
    mayRecordAct: call.may('campaign.record-act', { unitId: plan.campaign.leadingUnitId }),
    targets: version.items.flatMap((item) => {
      const shown = info.get(item.id);
      if (item.kind !== 'target' || !shown) return [];
      return [{ item: shown, value: item.value, unit: item.unit, known: knownOf(opened, reckoned, item) }];
    }),
    duties: of('duty').map(counted),
    reports: of('report').map((item) => ({ ...counted(item), nextDueAt: nextDue(item) })),
    soFar: inPlain(summary.total),
    late: behind
      .slice(0, LATE_SHOWN)
      .map(({ standing, occurrence }) =>
        views.viewOf({ standing, occurrence: occurrence() }, reckoned.acts, reckoned.excuseOf, rights),
      ),
    lateMore: Math.max(0, behind.length - LATE_SHOWN),
    evidence: await countEvidence(call, campaignId, {}),
  };
}
