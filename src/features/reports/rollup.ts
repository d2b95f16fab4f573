/**
 * Groups → ward. Nothing is filled in: a silent group keeps its last running total with its date and has no figure of
 * the day; the ward's total therefore never falls because somebody was silent. The sums carry their own proof.
 */
import type { DateOn } from '#core/calendar.ts';
import {
  MEASURE_LIST,
  MEASURES,
  type Figure,
  type Figures,
  type Measure,
} from '#features/reports/figures.ts';
import { figureOf, shareOf } from '#features/reports/model.ts';

/** A group's latest version of one morning. */
export interface GroupTold {
  readonly areaId: string;
  readonly reportOn: DateOn;
  readonly version: number;
  readonly figures: Figures;
  /** Frozen with the report: what the records showed at its change number. */
  readonly itemised: Figures;
  readonly reasons: Readonly<Partial<Record<Measure, string>>>;
  readonly nothingReason: string | null;
}

/** A group with its days of validity; `validTo` no longer counts. */
export interface GroupLife {
  readonly id: string;
  readonly validFrom: DateOn;
  readonly validTo: DateOn | null;
  readonly successors: readonly string[];
  readonly households: number | null;
}

export interface WardLine {
  readonly areaId: string;
  readonly households: number | null;
  /** The morning whose report these totals are of; null: none yet. */
  readonly carriedFrom: DateOn | null;
  readonly version: number | null;
  readonly told: boolean;
  readonly figures: Figures;
  readonly itemised: Figures;
  readonly reasons: Readonly<Partial<Record<Measure, string>>>;
  readonly nothingReason: string | null;
  /** Groups whose totals stand in this line because it succeeded them and has not reported yet. */
  readonly inherited: readonly string[];
  /** No group of today, but the total of one that was split and cannot be shared out yet. */
  readonly undivided: boolean;
}

const add = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : a + b);

export const sumFigures = (list: readonly Figures[]): Figures => {
  const sum: Partial<Record<Measure, Figure>> = {};
  for (const figures of list)
    for (const measure of MEASURE_LIST) {
      const one = figures[measure];
      if (!one) continue;
      const before = sum[measure] ?? { day: null, total: null };
      sum[measure] = { day: add(before.day, one.day), total: add(before.total, one.total) };
    }
  return sum;
};

/** A carried report has totals only: the day's figure of a silent group is not known. */
export const totalsOnly = (figures: Figures): Figures => {
  const kept: Partial<Record<Measure, Figure>> = {};
  for (const measure of MEASURE_LIST) {
    const one = figures[measure];
    if (one && one.total !== null) kept[measure] = { day: null, total: one.total };
  }
  return kept;
};

type Latest = ReadonlyMap<string, GroupTold>;

/** Of each group its last report up to the morning. */
function latestUpTo(reports: readonly GroupTold[], morning: DateOn): Latest {
  const latest = new Map<string, GroupTold>();
  for (const report of reports) {
    if (report.reportOn > morning) continue;
    const held = latest.get(report.areaId);
    const newer =
      !held ||
      report.reportOn > held.reportOn ||
      (report.reportOn === held.reportOn && report.version > held.version);
    if (newer) latest.set(report.areaId, report);
  }
  return latest;
}

type Life = Pick<GroupLife, 'id' | 'successors'>;

const handedOnTo = <T extends Life>(group: string, lives: readonly T[]): T[] =>
  lives.filter(({ successors }) => successors.length === 1 && successors[0] === group);

/** Closed groups that handed on to exactly this one, however many steps away. */
export function predecessorsOf<T extends Life>(group: string, lives: readonly T[]): T[] {
  const direct = handedOnTo(group, lives);
  if (direct.length === 0) return [];
  const others = lives.filter(({ id }) => id !== group);
  return direct.flatMap((one) => [one, ...predecessorsOf(one.id, others)]);
}

/** Groups it went on as, however many steps away. */
export function successorsOf(group: string, lives: readonly Life[]): string[] {
  const all = new Set<string>(lives.find(({ id }) => id === group)?.successors ?? []);
  // A set that grows while it is walked; it also ends where wrong data names two groups each other's successor.
  for (const id of all)
    for (const next of lives.find((one) => one.id === id)?.successors ?? []) all.add(next);
  return [...all];
}

/**
 * What stands for a group until it has reported: its own last report, else those of the groups merged into it. One that
 * has reported already holds what it took over, so nothing behind it is asked for again.
 */
export function carriedBy<T>(group: string, lives: readonly Life[], latest: ReadonlyMap<string, T>): T[] {
  const own = latest.get(group);
  if (own !== undefined) return [own];
  const others = lives.filter(({ id }) => id !== group);
  return handedOnTo(group, lives).flatMap(({ id }) => carriedBy(id, others, latest));
}

function lineOf(life: GroupLife, lives: readonly GroupLife[], latest: Latest, morning: DateOn): WardLine {
  const own = latest.get(life.id);
  const base = { areaId: life.id, households: life.households };
  if (own) {
    const told = own.reportOn === morning;
    return {
      ...base,
      carriedFrom: own.reportOn,
      version: own.version,
      told,
      figures: told ? own.figures : totalsOnly(own.figures),
      itemised: told ? own.itemised : totalsOnly(own.itemised),
      reasons: own.reasons,
      nothingReason: told ? own.nothingReason : null,
      inherited: [],
      undivided: false,
    };
  }
  const before = carriedBy(life.id, lives, latest);
  const oldest = before.map(({ reportOn }) => reportOn).sort()[0] ?? null;
  return {
    ...base,
    carriedFrom: oldest,
    version: null,
    told: false,
    figures: sumFigures(before.map(({ figures }) => totalsOnly(figures))),
    itemised: sumFigures(before.map(({ itemised }) => totalsOnly(itemised))),
    reasons: before.reduce<WardLine['reasons']>((all, { reasons }) => ({ ...all, ...reasons }), {}),
    nothingReason: null,
    inherited: before.map(({ areaId }) => areaId),
    undivided: false,
  };
}

/** A group that was split: until all its successors have reported its total stands by itself and is named. */
function undivided(lives: readonly GroupLife[], latest: Latest, morning: DateOn): GroupLife[] {
  return lives.filter(
    ({ id, validTo, successors }) =>
      validTo !== null &&
      validTo <= morning &&
      successors.length > 1 &&
      latest.has(id) &&
      successors.some((successor) => !latest.has(successor)),
  );
}

/**
 * One line for each group that owes this morning's report, which are those standing on it: on the day of a merger the new
 * group answers for the evening before, and the old ones are asked for nothing.
 */
export function wardLines(
  lives: readonly GroupLife[],
  reports: readonly GroupTold[],
  morning: DateOn,
): WardLine[] {
  const latest = latestUpTo(reports, morning);
  const standing = lives.filter(
    ({ validFrom, validTo }) => validFrom <= morning && (validTo === null || validTo > morning),
  );
  const left = undivided(lives, latest, morning).map((life) => ({
    ...lineOf(life, [], latest, morning),
    households: null,
    told: false,
    undivided: true,
  }));
  return [...standing.map((life) => lineOf(life, lives, latest, morning)), ...left];
}

export interface Difference {
  readonly reason: string;
  readonly count: number;
  /** Recorded in groups that stated no figure: not a figure of nought. */
  readonly unstated?: boolean | undefined;
}

export interface WardFigure extends Figure {
  readonly measure: Measure;
  readonly itemisedTotal: number | null;
  /** Rows that stand in the records of two groups. */
  readonly twice: number;
  /** Σ of the groups' differences, by the reason given; '' where none was needed. */
  readonly differences: readonly Difference[];
  readonly share: number | null;
  readonly exceeds: boolean;
}

export interface WardSum {
  readonly households: number | null;
  readonly groups: number;
  readonly told: number;
  readonly silent: readonly { readonly areaId: string; readonly carriedFrom: DateOn | null }[];
  readonly figures: readonly WardFigure[];
}

export interface Recount {
  /** Distinct rows over the whole ward. */
  readonly distinct: number;
}

export type Recounts = Readonly<Partial<Record<Measure, Recount>>>;

function differencesOf(lines: readonly WardLine[], measure: Measure): WardFigure['differences'] {
  const byReason = new Map<string, number>();
  let unstated = 0;
  for (const { figures, itemised, reasons } of lines) {
    const stated = figureOf(figures, measure).total;
    const counted = itemised[measure]?.total;
    if (stated === null && (counted === null || counted === undefined)) continue;
    if (stated === null) {
      unstated -= counted ?? 0;
      continue;
    }
    const count = stated - (counted ?? 0);
    if (count === 0) continue;
    const reason = reasons[measure] ?? '';
    byReason.set(reason, (byReason.get(reason) ?? 0) + count);
  }
  const said = [...byReason].map(([reason, count]) => ({ reason, count })).filter(({ count }) => count !== 0);
  return unstated === 0 ? said : [...said, { reason: '', count: unstated, unstated: true }];
}

export function wardSum(lines: readonly WardLine[], recounts: Recounts): WardSum {
  const households = lines.reduce<number | null>((sum, line) => add(sum, line.households), null);
  const figures = MEASURE_LIST.flatMap((measure): WardFigure[] => {
    const { day, total } = figureOf(sumFigures(lines.map((line) => line.figures)), measure);
    const itemised = sumFigures(lines.map((line) => line.itemised))[measure]?.total ?? null;
    if (day === null && total === null && itemised === null) return [];
    const distinct = recounts[measure]?.distinct ?? itemised;
    const shared = MEASURES[measure] === 'work';
    return [
      {
        measure,
        day,
        total,
        itemisedTotal: distinct,
        twice: itemised !== null && distinct !== null ? itemised - distinct : 0,
        differences: differencesOf(lines, measure),
        ...(shared ? shareOf(total, households) : { share: null, exceeds: false }),
      },
    ];
  });
  return {
    households,
    groups: lines.filter(({ undivided: left }) => !left).length,
    told: lines.filter(({ told }) => told).length,
    silent: lines
      .filter((line) => !line.told && !line.undivided)
      .map(({ areaId, carriedFrom }) => ({ areaId, carriedFrom })),
    figures,
  };
}

/** The four equalities a ward report must satisfy; the names of those that do not hold. */
export function brokenEqualities(
  lines: readonly WardLine[],
  sum: WardSum,
  recount: (measure: Measure) => number | null,
): string[] {
  const broken: string[] = [];
  for (const figure of sum.figures) {
    const { measure } = figure;
    const stated = lines.reduce<number | null>(
      (all, { figures }) => add(all, figureOf(figures, measure).total),
      null,
    );
    if (stated !== figure.total) broken.push(`${measure}: stated is the sum of the groups' last stated`);
    const counted = recount(measure);
    if (counted !== null && counted !== figure.itemisedTotal)
      broken.push(`${measure}: itemised is a distinct recount of rows`);
    const groups = lines.reduce((all, { itemised }) => all + (itemised[measure]?.total ?? 0), 0);
    if (figure.itemisedTotal !== null && groups - figure.twice !== figure.itemisedTotal)
      broken.push(`${measure}: groups' itemised less those counted twice is the ward's`);
    const rest = (figure.total ?? 0) - groups;
    if (figure.differences.reduce((all, { count }) => all + count, 0) !== rest)
      broken.push(`${measure}: differences by reason make up the rest`);
  }
  return broken;
}
