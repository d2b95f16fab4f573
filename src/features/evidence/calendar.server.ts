// The calendar's views: plan, acts and excuses read once, reckoned by the engine, narrowed to what the reader may see.
import { addDays, daysBetween, later, weekOf, type ClosedRange, type DateOn } from '#core/calendar.ts';
import { dayOf, isoOf } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import type { Call } from '#platform/api/endpoint.server.ts';
import { calendarUntil, readActIndex, readExcuses } from '#features/evidence/calendar-reading.server.ts';
import type {
  BoardQuery,
  BoardReply,
  CalendarQuery,
  CalendarReply,
  ItemInfo,
  Recorder,
} from '#features/evidence/calendar-schema.ts';
import * as views from '#features/evidence/calendar-view.ts';
import type { Placed } from '#features/evidence/calendar-view.ts';
import { mayExcuse } from '#features/evidence/excuses.server.ts';
import { itemsUntil, versionOn, withLinked } from '#features/evidence/model.ts';
import { readGroupNames, readResponsibility, readUnitNames } from '#features/evidence/names.server.ts';
import { readRunningPlan, readWords } from '#features/evidence/plan-reading.server.ts';
import type { RunningPlan } from '#features/evidence/plan-reading.server.ts';
import type { Acts } from '#features/plan/engine/acts.ts';
import {
  excusesAt,
  occurrenceKey,
  occurrences,
  type Calendar,
  type Excuses,
  type Match,
  type Occurrence,
} from '#features/plan/engine/calendar.ts';
import type { PlanItem, PlanVersion } from '#features/plan/model.ts';

/** Longer stretches are counted, not listed: see the summary. */
export const LONGEST_LIST = 62;
/** How far back unfinished work is looked for. */
const LOOK_BACK = 31;

export interface Opened {
  readonly plan: RunningPlan;
  readonly version: PlanVersion;
  readonly today: DateOn;
}

export async function open(call: Call, campaignId: string): Promise<Opened | Problem> {
  const plan = await readRunningPlan(call.trx, campaignId);
  if (!plan) return problem('evidence.no-such-campaign', { status: 404 });
  const today = dayOf(call.now);
  const version = versionOn(plan.versions, today);
  return version ? { plan, version, today } : problem('evidence.no-plan', { status: 409 });
}

export const rangeOf = (
  query: { readonly from?: DateOn | undefined; readonly to?: DateOn | undefined },
  usual: ClosedRange,
): ClosedRange | Problem => {
  const from = query.from ?? (query.to === undefined ? usual.from : query.to);
  const to = query.to ?? (query.from === undefined ? usual.to : addDays(query.from, 6));
  return from <= to ? { from, to } : problem('evidence.range-reversed', { status: 422 });
};

export interface Reckoned {
  readonly calendar: Calendar;
  readonly acts: Acts;
  readonly excuses: Excuses;
  readonly excuseOf: ReadonlyMap<string, { readonly id: string; readonly reason: string }>;
}

export async function reckon(call: Call, plan: RunningPlan, range: ClosedRange): Promise<Reckoned> {
  const calendar = calendarUntil(plan, range.to);
  const index = await readActIndex(call.runtime.database, call.trx, plan);
  const given = await readExcuses(call.trx, plan.campaign.id, range);
  return {
    calendar,
    acts: index.at(call.now),
    excuses: excusesAt(given, call.now),
    excuseOf: new Map(
      given.map(({ id, reason, itemId, areaId, periodStart }) => [
        occurrenceKey(itemId, areaId, periodStart),
        { id, reason },
      ]),
    ),
  };
}

/** null: everything, the ward's own duties included. */
export function visibleTo(call: Call): readonly string[] | null {
  const scope = call.scope('evidence.read');
  return scope.everything ? null : scope.areaIds;
}

type Filters = Pick<CalendarQuery, 'unit' | 'area' | 'item' | 'person' | 'state'>;

async function narrowOf(call: Call, query: Filters): Promise<views.Narrow> {
  return {
    unitId: query.unit,
    areaId: query.area,
    itemId: query.item,
    visible: visibleTo(call),
    responsible: query.person ? await readResponsibility(call.trx, query.person, call.now) : undefined,
  };
}

export function rightsOf(call: Call, plan: RunningPlan): views.Rights {
  const onItem = new Map<string, boolean>();
  const unitsMay = (item: PlanItem): boolean => {
    let may = onItem.get(item.id);
    if (may === undefined) {
      const units = [item.accountable, ...(item.kind === 'target' ? [] : item.cooperating)];
      may = units.some((unitId) => unitId !== null && call.may('evidence.record', { unitId }));
      onItem.set(item.id, may);
    }
    return may;
  };
  return {
    mayRecord: ({ item, areaId, opensAt }) =>
      plan.campaign.state === 'active' &&
      opensAt <= call.now &&
      ((areaId !== null && call.may('evidence.record', { areaPath: [areaId] })) || unitsMay(item)),
    mayExcuse: ({ item }) => mayExcuse(call, plan.campaign, item),
  };
}

export function itemInfo(
  item: PlanItem,
  version: PlanVersion,
  words: ReadonlyMap<string, string | null>,
): ItemInfo {
  const owed = item.kind === 'target' ? null : item;
  return {
    id: item.id,
    kind: item.kind,
    title: item.title,
    words: words.get(item.id) ?? null,
    accountable: item.accountable,
    cooperating: [...(owed?.cooperating ?? [])],
    actor: owed?.actor ?? null,
    scope: owed?.scope ?? 'ward',
    standing: item.kind === 'duty' && item.standing,
    proposal: item.proposal,
    activity: item.kind === 'duty' ? item.activity : null,
    channels: item.kind === 'report' ? [] : [...item.channels],
    windows: item.kind === 'duty' ? item.windows.map(({ name, from, to }) => ({ name, from, to })) : [],
    cadence:
      item.kind === 'target'
        ? item.per && { count: item.value, per: item.per }
        : item.cadence && { count: item.cadence.count, per: item.cadence.per },
    linkedWith: withLinked(version, [item.id]).filter((id) => id !== item.id),
  };
}

export function recorderOf(call: Call): Recorder {
  const { everything, unitIds, areaIds } = call.scope('evidence.record');
  return { unitIds: [...unitIds], areaIds: [...areaIds], anywhere: everything };
}

const NO_WORDS: ReadonlyMap<string, string | null> = new Map();

export async function dictionaries(call: Call, { plan, version, today }: Opened, range: ClosedRange) {
  const items = itemsUntil(plan.versions, today, range.to);
  const words = new Map<number, Awaited<ReturnType<typeof readWords>>>();
  for (const { number } of new Set([version, ...items.map((one) => one.version)]))
    words.set(number, await readWords(call.trx, plan.campaign.id, number));
  const visible = visibleTo(call);
  const groups = await readGroupNames(call.trx, range);
  return {
    now: isoOf(call.now),
    today,
    campaign: plan.campaign,
    items: items.map((one) => itemInfo(one.item, one.version, words.get(one.version.number) ?? NO_WORDS)),
    units: await readUnitNames(call.trx),
    groups: visible === null ? groups : groups.filter(({ id }) => visible.includes(id)),
    recorder: recorderOf(call),
  };
}

export const find = (
  { calendar }: Reckoned,
  range: ClosedRange,
  narrow: views.Narrow,
  match: Match,
): Occurrence[] => {
  const itemIds = narrow.itemId === undefined ? undefined : new Set([narrow.itemId]);
  return occurrences(calendar, range, match, itemIds ? { itemIds } : {}).filter((one) =>
    views.passes(one, narrow),
  );
};

async function reply(
  call: Call,
  opened: Opened,
  range: ClosedRange,
  reckoned: Reckoned,
  placed: readonly Placed[],
): Promise<CalendarReply> {
  const rights = rightsOf(call, opened.plan);
  return {
    ...(await dictionaries(call, opened, range)),
    range,
    occurrences: placed
      .toSorted(views.byUrgency)
      .map((one) => views.viewOf(one, reckoned.acts, reckoned.excuseOf, rights)),
    counts: views.countStates(placed),
  };
}

export async function readCalendar(
  call: Call,
  campaignId: string,
  query: CalendarQuery,
): Promise<CalendarReply | Problem> {
  const opened = await open(call, campaignId);
  if ('code' in opened) return opened;
  const range = rangeOf(query, weekOf(opened.today));
  if ('code' in range) return range;
  if (daysBetween(range.from, range.to) >= LONGEST_LIST)
    return problem('evidence.range-too-long', { status: 422, params: { days: LONGEST_LIST } });
  const narrow = await narrowOf(call, query);
  const reckoned = await reckon(call, opened.plan, range);
  const placed = views.place(
    find(reckoned, range, narrow, 'open'),
    reckoned.acts,
    reckoned.excuses,
    query.state,
  );
  return reply(call, opened, range, reckoned, placed);
}

/** What is open today, and what fell due before and can still be made good. */
export async function readToday(
  call: Call,
  campaignId: string,
  query: Filters,
): Promise<CalendarReply | Problem> {
  const opened = await open(call, campaignId);
  if ('code' in opened) return opened;
  const { today, plan } = opened;
  const first = later(
    addDays(today, -LOOK_BACK),
    plan.campaign.fromOn <= today ? plan.campaign.fromOn : today,
  );
  const range = { from: first, to: today };
  const narrow = await narrowOf(call, query);
  const reckoned = await reckon(call, plan, range);
  const found = find(reckoned, range, narrow, 'open');
  const placed = views
    .place(found, reckoned.acts, reckoned.excuses, query.state)
    .filter((one) => (one.occurrence.dueOn ?? today) >= today || views.isOpen(one));
  return reply(call, opened, { from: today, to: today }, reckoned, placed);
}

export async function readBoard(
  call: Call,
  campaignId: string,
  query: BoardQuery,
): Promise<BoardReply | Problem> {
  const opened = await open(call, campaignId);
  if ('code' in opened) return opened;
  const range = rangeOf(query, weekOf(opened.today));
  if ('code' in range) return range;
  if (daysBetween(range.from, range.to) >= LONGEST_LIST)
    return problem('evidence.range-too-long', { status: 422, params: { days: LONGEST_LIST } });
  const narrow = await narrowOf(call, query);
  const reckoned = await reckon(call, opened.plan, range);
  const placed = views.place(
    find(reckoned, range, narrow, 'open'),
    reckoned.acts,
    reckoned.excuses,
    query.state,
  );
  const names = await dictionaries(call, opened, range);
  const rowOf = ({ occurrence }: Placed) =>
    query.by === 'unit' ? occurrence.accountable : occurrence.areaId;
  const kept = Map.groupBy(placed, rowOf);
  const order = [
    ...(query.by === 'unit' ? names.units : names.groups).map(({ id }) => id),
    ...(query.by === 'unit' ? ['groups', 'outside', null] : [null]),
  ];
  const rows = order.flatMap((id) => {
    const own = kept.get(id);
    return own ? [{ id, counts: views.countStates(own), chips: views.chipsOf(own, range.to) }] : [];
  });
  return { ...names, range, by: query.by, rows };
}
