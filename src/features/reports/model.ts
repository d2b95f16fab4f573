/**
 * The quick report of one group or unit for one morning: its window, when it counts as in time, what state it is in,
 * and what of stated and recorded figures must be explained. Pure; time and ids are arguments.
 */
import { addDays, daysBetween, type DateOn } from '#core/calendar.ts';
import { instantOf, isOnTime, minutesLate, type Instant } from '#core/clock.ts';
import { problem, type Problem } from '#core/problem.ts';
import {
  MEASURE_LIST,
  MEASURES,
  SHARED,
  type Figure,
  type Figures,
  type Measure,
} from '#features/reports/figures.ts';

/** The plan does not say which hours a morning's report counts: the ward chooses once, every report prints it. */
export const WINDOWS = ['day-before', 'hour-to-hour'] as const;
export type WindowKind = (typeof WINDOWS)[number];

export interface Window {
  readonly from: Instant;
  /** No longer belongs to it. */
  readonly to: Instant;
}

/** What a report due on a morning counts: the whole day before, or from the hour owed to the hour owed. */
export function windowOf(kind: WindowKind, reportOn: DateOn, dueTime: string): Window {
  const before = addDays(reportOn, -1);
  return kind === 'day-before'
    ? { from: instantOf(before), to: instantOf(reportOn) }
    : { from: instantOf(before, dueTime), to: instantOf(reportOn, dueTime) };
}

// ── Arrival ─────────────────────────────────────────────────────────────────────────────────────────────────────────

export const PROOFS = ['zalo-picture', 'call'] as const;
export type Proof = (typeof PROOFS)[number];

/** When a report came to the ward police, and how. */
export interface Arrival {
  /** On the phone or desk where it was written; null where nobody said. */
  readonly composedAt: Instant | null;
  /** Stamped by the server at the request's last byte. */
  readonly receivedAt: Instant;
  /** Typed in for somebody: when it reached the ward police, by which way, and what shows it. */
  readonly forAnother: { readonly reachedAt: Instant; readonly proof: Proof | null } | null;
}

/** The instant that decides. What was entered for another is taken at its word only where something shows it. */
export function decidingInstant({ receivedAt, forAnother }: Arrival): Instant {
  return forAnother && forAnother.proof !== null ? Math.min(forAnother.reachedAt, receivedAt) : receivedAt;
}

export const REPORT_STATES = [
  'not-sent',
  'drafted',
  'on-time',
  'on-time-for-another',
  'late',
  'no-figures',
  'missing',
  'excused',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

export interface Standing {
  readonly state: ReportState;
  /** Whole minutes, at least 1; 0 where it was in time or has not come. */
  readonly minutesLate: number;
}

export interface Sent {
  readonly arrival: Arrival;
  readonly complete: boolean;
}

/**
 * Where one owed report stands at an instant. The first version decides whether it was in time: a correction mends
 * figures, not history.
 */
export function standingOf(
  dueAt: Instant,
  now: Instant,
  told: { readonly first: Sent | null; readonly drafted: boolean; readonly excused: boolean },
): Standing {
  const { first } = told;
  if (first && decidingInstant(first.arrival) <= now) {
    const at = decidingInstant(first.arrival);
    const late = minutesLate(at, dueAt);
    if (!first.complete) return { state: 'no-figures', minutesLate: late };
    if (!isOnTime(at, dueAt)) return { state: 'late', minutesLate: late };
    return { state: first.arrival.forAnother ? 'on-time-for-another' : 'on-time', minutesLate: 0 };
  }
  if (told.excused) return { state: 'excused', minutesLate: 0 };
  if (!isOnTime(now, dueAt)) return { state: 'missing', minutesLate: 0 };
  return { state: told.drafted ? 'drafted' : 'not-sent', minutesLate: 0 };
}

/** Trouble first: what somebody must still do something about stands at the top. */
export const TROUBLE: readonly ReportState[] = [
  'missing',
  'not-sent',
  'drafted',
  'no-figures',
  'late',
  'on-time-for-another',
  'on-time',
  'excused',
];

export const hasCome = (state: ReportState): boolean =>
  state === 'on-time' || state === 'on-time-for-another' || state === 'late';

// ── Figures ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A figure as the leader answers for it, beside what the records show. */
export interface Line {
  readonly measure: Measure;
  readonly stated: Figure;
  /** Null: the system does not hold rows of this. */
  readonly itemised: Figure | null;
  readonly reason: string | null;
}

/** A unit's duty in its report: what its head states beside what was recorded when it was sent. */
export interface WorkLine {
  readonly itemId: string;
  readonly stated: number;
  readonly reason: string | null;
  readonly title?: string;
  readonly counted?: number;
  readonly owed?: number | null;
}

export interface ReportBody {
  readonly figures: Figures;
  readonly households: number | null;
  readonly reasons: Readonly<Partial<Record<Measure, string>>>;
  /** "Không phát sinh", with why. */
  readonly nothingReason: string | null;
  readonly remarks: string | null;
  /** Of a unit only: its duties. */
  readonly work?: readonly WorkLine[] | undefined;
}

const EMPTY: Figure = { day: null, total: null };

export const figureOf = (figures: Figures, measure: Measure): Figure => figures[measure] ?? EMPTY;

const said = ({ day, total }: Figure): boolean => day !== null || total !== null;

/** With figures, or with the statement that there was nothing and why. */
export const isComplete = (body: Pick<ReportBody, 'figures' | 'nothingReason' | 'work'>): boolean =>
  body.nothingReason !== null ||
  Object.values(body.figures).some(said) ||
  body.work?.some(({ stated }) => stated > 0) === true;

export function linesOf(body: Pick<ReportBody, 'figures' | 'reasons'>, itemised: Figures): Line[] {
  return MEASURE_LIST.flatMap((measure) => {
    const stated = figureOf(body.figures, measure);
    const counted = itemised[measure] ?? null;
    if (!said(stated) && counted === null) return [];
    return [{ measure, stated, itemised: counted, reason: body.reasons[measure] ?? null }];
  });
}

const below = (stated: number | null, itemised: number | null | undefined): boolean =>
  stated !== null && itemised !== null && itemised !== undefined && stated < itemised;

/** Measures of which the leader states less than the records show: mended, or explained. */
export function unexplained(lines: readonly Line[]): Measure[] {
  return lines
    .filter(
      ({ stated, itemised, reason }) =>
        reason === null && (below(stated.day, itemised?.day) || below(stated.total, itemised?.total)),
    )
    .map(({ measure }) => measure);
}

/** What a report may not be sent with. A figure above the households is allowed: it is printed as a count. */
export function refuseReport(body: ReportBody, itemised: Figures): Problem | null {
  for (const measure of MEASURE_LIST) {
    const { day, total } = figureOf(body.figures, measure);
    if (MEASURES[measure] !== 'state' && day !== null && total !== null && total < day)
      return problem('reports.total-below-day', { pointer: `/figures/${measure}`, params: { measure } });
  }
  const [open] = unexplained(linesOf(body, itemised));
  if (open !== undefined)
    return problem('reports.below-itemised', { pointer: `/reasons/${open}`, params: { measure: open } });
  return null;
}

/** A share of the households, or null with the mark that the count exceeds them. Never above one hundred. */
export function shareOf(
  count: number | null,
  households: number | null,
): { readonly share: number | null; readonly exceeds: boolean } {
  if (count === null || households === null || households <= 0) return { share: null, exceeds: false };
  if (count > households) return { share: null, exceeds: true };
  return { share: Math.round((count / households) * 1000) / 10, exceeds: false };
}

/** Of the measures with a share. */
export const isShared = (measure: Measure): boolean => SHARED.includes(measure);

/** A report of this morning may still be sent or corrected until the campaign's last report is frozen. */
export const isMorningOf = (reportOn: DateOn, today: DateOn): boolean => daysBetween(reportOn, today) >= 0;

// ── Versions ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The second and later versions say why; the first has nothing to correct. */
export function refuseVersion(version: number, correction: string | null): Problem | null {
  if (version > 1 && (correction === null || correction.trim() === ''))
    return problem('reports.correction-needs-reason', { pointer: '/correction' });
  return null;
}
