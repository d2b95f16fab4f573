// How a state of the engine is shown; `ongoing` is work without a figure, which is neither owed nor met.
import { m } from '#messages/messages.js';
import { STATES } from '#ui/states.ts';
import type { StateName } from '#ui/states.ts';

const isShown = (state: string): state is StateName => state in STATES;

export const shownState = (state: string): { state?: StateName; word?: string } =>
  isShown(state) ? { state } : { word: m.campaign_state_ongoing() };

/** Worst first: what needs somebody stands before what is well. */
export const STATE_ORDER = [
  'missed',
  'late',
  'due',
  'no-information',
  'upcoming',
  'ongoing',
  'excused',
  'met',
] as const;

export const occurrenceHref = (
  base: string,
  campaign: string,
  one: { itemId: string; areaId: string | null; periodStart: string },
): string =>
  `${base}?chien-dich=${campaign}&muc=${one.itemId}&ky=${one.periodStart}${one.areaId ? `&to=${one.areaId}` : ''}`;

export const wordsHref = (campaign: string, item: string): string => `/ke-hoach/${campaign}/muc/${item}`;
