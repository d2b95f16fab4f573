/** Which reports the plan asks of whom on a morning: its report items laid over the ward's groups and units. */
import { addDays, type DateOn } from '#core/calendar.ts';
import { timeOf, type Instant } from '#core/clock.ts';
import { DAYS_OFF } from '#features/plan/engine/days-off.ts';
import { calendarOf, occurrences, type Occurrence } from '#features/plan/engine/calendar.ts';
import { GROUPS, type PlanVersion, type Report } from '#features/plan/model.ts';
import type { PlanOfReports } from '#features/reports/ports.ts';

export interface Owed {
  readonly itemId: string;
  readonly item: Report;
  /** A group, or null where a unit owes it. */
  readonly areaId: string | null;
  readonly unitId: string | null;
  readonly reportOn: DateOn;
  readonly periodStart: DateOn;
  readonly opensAt: Instant;
  readonly dueAt: Instant;
  readonly kind: Report['reportKind'];
}

const isReport = (item: PlanVersion['items'][number]): item is Report => item.kind === 'report';

const onlyReports = (version: PlanVersion): PlanVersion => ({
  ...version,
  items: version.items.filter(isReport),
  links: [],
});

function owedOf(one: Occurrence): Owed | null {
  const { item, dueAt, dueOn } = one;
  if (!isReport(item) || dueAt === null || dueOn === null) return null;
  const unitId = one.areaId === null && one.accountable !== GROUPS ? one.accountable : null;
  if (one.areaId === null && unitId === null) return null;
  return {
    itemId: one.itemId,
    item,
    areaId: one.areaId,
    unitId,
    reportOn: dueOn,
    periodStart: one.periodStart,
    opensAt: one.opensAt,
    dueAt,
    kind: item.reportKind,
  };
}

/** What a plan owes on a day never changes: before 08:30 it is asked for with every report that comes in. */
const kept = new WeakMap<PlanOfReports, Map<DateOn, readonly Owed[]>>();
const MOST_DAYS = 40;

/** Everything owed whose hour falls on the day, or at its end (24:00 is the day's own end, not the next morning). */
export function owedOn(plan: PlanOfReports, day: DateOn): readonly Owed[] {
  const days = kept.get(plan) ?? new Map<DateOn, readonly Owed[]>();
  kept.set(plan, days);
  const found = days.get(day);
  if (found) return found;
  const made = reckonOwed(plan, day);
  if (days.size >= MOST_DAYS) days.clear();
  days.set(day, made);
  return made;
}

function reckonOwed(plan: PlanOfReports, day: DateOn): Owed[] {
  const versions = plan.versions.map(onlyReports);
  const calendar = calendarOf({ versions, areas: plan.areas, daysOff: DAYS_OFF }, addDays(day, 1));
  return occurrences(calendar, { from: day, to: day }, 'due').flatMap((one) => owedOf(one) ?? []);
}

export const placeOf = ({ areaId, unitId }: Pick<Owed, 'areaId' | 'unitId'>): string =>
  areaId ?? unitId ?? '';

/** The quick report of groups: the one the morning board is about. */
export const isQuick = ({ kind, areaId }: Owed): boolean => kind === 'quick' && areaId !== null;

export const dueTimeOf = (dueAt: Instant): string => timeOf(dueAt);
