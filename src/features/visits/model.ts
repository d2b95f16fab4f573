/**
 * What makes the area officer look twice at a visit. Advice only: no flag ever changes a figure. Speed, hour and
 * distance are asked only of visits recorded on the spot at the home. Pure.
 */
import { dayOf, MINUTE, timeOf } from '#core/clock.ts';

export type Flag = 'possible-duplicate' | 'too-fast' | 'outside-hours' | 'far-from-door' | 'clock';

export interface FlagRules {
  readonly from: string;
  readonly to: string;
  /** Two homes by one person in less time than this. */
  readonly fastestMs: number;
  readonly farthestMetres: number;
}

/** The ward sets its own; these hold until it does. */
export const FLAG_RULES: FlagRules = { from: '05:00', to: '22:00', fastestMs: MINUTE, farthestMetres: 150 };

export interface FlagCase {
  readonly householdId: string;
  readonly authorId: string;
  readonly channel: string;
  readonly place: string;
  readonly how: string;
  readonly outcome: string;
  readonly doneAt: number;
  readonly position: {
    readonly lat: number;
    readonly lon: number;
    readonly accuracy?: number | undefined;
  } | null;
  readonly door: { readonly lat: number; readonly lon: number } | null;
}

export interface OtherVisit {
  readonly householdId: string;
  readonly authorId: string;
  readonly outcome: string;
  readonly doneAt: number;
  readonly onTheSpot: boolean;
}

/** Metres between two places; the earth is a ball here. */
export function metresBetween(
  a: { readonly lat: number; readonly lon: number },
  b: { readonly lat: number; readonly lon: number },
): number {
  const rad = Math.PI / 180;
  const x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad);
  const y = (b.lat - a.lat) * rad;
  return Math.hypot(x, y) * 6_371_000;
}

export function flagsOf(visit: FlagCase, others: readonly OtherVisit[], rules = FLAG_RULES): Flag[] {
  const flags: Flag[] = [];
  const day = dayOf(visit.doneAt);
  const again = others.some(
    ({ householdId, outcome, doneAt }) =>
      householdId === visit.householdId &&
      outcome === 'met' &&
      visit.outcome === 'met' &&
      dayOf(doneAt) === day,
  );
  if (again) flags.push('possible-duplicate');
  if (visit.how !== 'on-the-spot' || visit.place !== 'home' || visit.channel !== 'direct') return flags;
  const fast = others.some(
    ({ householdId, authorId, doneAt, onTheSpot }) =>
      onTheSpot &&
      authorId === visit.authorId &&
      householdId !== visit.householdId &&
      Math.abs(doneAt - visit.doneAt) < rules.fastestMs,
  );
  if (fast) flags.push('too-fast');
  const time = timeOf(visit.doneAt);
  if (time < rules.from || time >= rules.to) flags.push('outside-hours');
  if (visit.position && visit.door) {
    const off = metresBetween(visit.position, visit.door) - (visit.position.accuracy ?? 0);
    if (off > rules.farthestMetres) flags.push('far-from-door');
  }
  return flags;
}
