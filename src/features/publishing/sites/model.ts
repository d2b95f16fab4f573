// How a place where something hangs stands today, and what is left of a print. Pure.
import { addDays } from '#core/calendar.ts';
import type { DateOn } from '#core/calendar.ts';

export const SITE_KINDS = [
  'cultural-house',
  'school',
  'market',
  'office',
  'board',
  'banner',
  'pano',
  'other',
] as const;
export type SiteKind = (typeof SITE_KINDS)[number];

export const CONDITIONS = ['good', 'worn', 'damaged', 'gone'] as const;
export type Condition = (typeof CONDITIONS)[number];
export const PRINT_KINDS = ['poster', 'leaflet', 'banner'] as const;

/** Sun and rain take a paper poster in about two weeks; a ward may say otherwise for each place. */
export const USUAL_CHECK_DAYS = 14;

/** Channels a site may stand under: what hangs and does not speak. */
export const SITE_CHANNELS: readonly string[] = ['poster', 'banner', 'panel'];

export const SITE_STATES = ['empty', 'fine', 'check-due', 'to-mend'] as const;
export type SiteState = (typeof SITE_STATES)[number];

export interface Seen {
  /** First day of what hangs there now; null: nothing hangs. */
  readonly hangsSince: DateOn | null;
  readonly checkDays: number;
  /** The last look at it since then. */
  readonly lastCheck: { readonly on: DateOn; readonly condition: Condition } | null;
}

/** Hanging something up is a look at it too. */
export function nextCheckOn({ hangsSince, checkDays, lastCheck }: Seen): DateOn | null {
  if (hangsSince === null) return null;
  const seen = lastCheck && lastCheck.on > hangsSince ? lastCheck.on : hangsSince;
  return addDays(seen, checkDays);
}

/** Damaged or gone is to be mended before anybody asks when it was last looked at. */
export function siteState(seen: Seen, today: DateOn): SiteState {
  if (seen.hangsSince === null) return 'empty';
  const { lastCheck } = seen;
  const told = lastCheck && lastCheck.on >= seen.hangsSince ? lastCheck.condition : 'good';
  if (told === 'damaged' || told === 'gone') return 'to-mend';
  const due = nextCheckOn(seen);
  return due !== null && due <= today ? 'check-due' : 'fine';
}

export const leftOf = (printed: number, given: readonly number[]): number =>
  printed - given.reduce((sum, copies) => sum + copies, 0);
