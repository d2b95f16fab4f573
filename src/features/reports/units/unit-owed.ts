/**
 * Which reports units owe. A plan names the groups' dates and closes with "units report at the same dates": the ward says
 * once whether that means the final report alone or every morning too. What a plan asks of one unit by name stays as the
 * plan has it. The leading unit owes none of its own: it is whom they report to, its results stand in the ward's report.
 * Pure.
 */
import { addDays, type DateOn } from '#core/calendar.ts';
import { problem, type Problem } from '#core/problem.ts';
import { GROUPS, type Duty, type PlanVersion } from '#features/plan/model.ts';
import type { WorkLine } from '#features/reports/model.ts';
import type { PlanOfReports } from '#features/reports/ports.ts';
import { owedOn, type Owed } from '#features/reports/regime.ts';
import type { ReportSettings } from '#features/reports/settings.ts';

type Choice = ReportSettings['unitReports'];

function inForce({ versions }: PlanOfReports, day: DateOn): PlanVersion | undefined {
  const begun = versions.filter(({ inForceFrom }) => inForceFrom <= day);
  return begun.findLast(({ inForceTo }) => inForceTo === null || inForceTo > day) ?? begun.at(-1);
}

const duties = (plan: PlanOfReports, day: DateOn): Duty[] =>
  (inForce(plan, day)?.items ?? []).filter((item) => item.kind === 'duty');

/** A unit of the ward by its id, not all groups together, nor somebody outside it. */
const isUnit = (key: string | null): key is string => key !== null && /^[0-9a-f-]{36}$/.test(key);

const unitsOf = ({ accountable, cooperating }: Duty): string[] =>
  [accountable, ...cooperating].filter(isUnit);

export interface DutiesOfUnit {
  /** Its own: whoever did them. */
  readonly own: readonly Duty[];
  /** It works along: what it did itself. */
  readonly shared: readonly Duty[];
}

export function dutiesOf(plan: PlanOfReports, unitId: string, day: DateOn): DutiesOfUnit {
  const all = duties(plan, day).filter((one) => unitsOf(one).includes(unitId));
  return {
    own: all.filter(({ accountable }) => accountable === unitId),
    shared: all.filter(({ accountable }) => accountable !== unitId),
  };
}

/** Units that have a duty in the plan of that day, without the leading one. */
export function unitsWithDuties(plan: PlanOfReports, day: DateOn): string[] {
  const units = new Set(duties(plan, day).flatMap(unitsOf));
  if (plan.campaign.leadingUnitId !== null) units.delete(plan.campaign.leadingUnitId);
  return [...units];
}

const follows = (choice: Choice, kind: Owed['kind']): boolean =>
  choice !== 'none' && (kind === 'final' || (choice === 'daily' && kind === 'quick'));

/** Everything units owe whose hour falls on the day. */
export function unitsOwed(plan: PlanOfReports, choice: Choice, day: DateOn): Owed[] {
  const owed = owedOn(plan, day);
  const named = owed.filter(({ unitId }) => isUnit(unitId));
  const dates = new Map(
    owed.filter((one) => one.areaId !== null && follows(choice, one.kind)).map((one) => [one.itemId, one]),
  );
  const asked = (unitId: string, kind: Owed['kind']) =>
    named.some((one) => one.unitId === unitId && one.kind === kind);
  const followed = [...dates.values()].flatMap((one) =>
    unitsWithDuties(plan, day)
      .filter((unitId) => !asked(unitId, one.kind))
      .map((unitId): Owed => ({ ...one, areaId: null, unitId })),
  );
  return [...named, ...followed];
}

/** A unit's report at a date of the groups: the item is theirs, so it is no act of the calendar. */
export const followsGroups = ({ unitId, item }: Owed): boolean =>
  unitId !== null && item.accountable === GROUPS;

const REACH = 31;

/** The next day on which a unit owes something, today first; where nothing is to come, the last before. */
export function unitDayNear(
  plan: PlanOfReports,
  choice: Choice,
  today: DateOn,
  unitId: string | null,
): DateOn | null {
  const steps = Array.from({ length: REACH + 1 }, (_, n) => n);
  for (const step of [...steps, ...steps.slice(1).map((n) => -n)]) {
    const day = addDays(today, step);
    if (unitsOwed(plan, choice, day).some((one) => unitId === null || one.unitId === unitId)) return day;
  }
  return null;
}

export interface CountedWork {
  readonly itemId: string;
  readonly title: string;
  /** Done in the window, as recorded. */
  readonly counted: number;
  /** Done since the campaign began. */
  readonly total: number;
  /** Asked for in the window up to now; null: without a number. */
  readonly owed: number | null;
}

/** What the head states beside what is recorded, to be kept with the report. Less than recorded says why. */
export function workTold(
  counted: readonly CountedWork[],
  told: readonly WorkLine[],
): readonly WorkLine[] | Problem {
  const unknown = told.findIndex(({ itemId }) => !counted.some((one) => one.itemId === itemId));
  if (unknown >= 0) return problem('reports.not-owed', { status: 422, pointer: `/body/work/${unknown}` });
  const lines = counted.map(({ itemId, title, counted: recorded, owed }): WorkLine => {
    const said = told.find((one) => one.itemId === itemId);
    return {
      itemId,
      title,
      counted: recorded,
      owed,
      stated: said?.stated ?? recorded,
      reason: said?.reason ?? null,
    };
  });
  const below = lines.find(({ stated, counted: recorded, reason }) => stated < (recorded ?? 0) && !reason);
  return below ? problem('reports.below-itemised', { pointer: `/body/work/${below.itemId}` }) : lines;
}
