/** Cells of a heat map. */
import type { IconName } from './icons.ts';
import { STATES, type StateName } from './states.ts';

export interface HeatCell {
  /** A named state … */
  state?: StateName | undefined;
  /** … or a share (0…1), shown as a tint with its number. */
  share?: number | undefined;
  /** After the state's word, "11 phút". */
  detail?: string | undefined;
  /** Where the figure opens. */
  href?: string | undefined;
}

export interface HeatColumn {
  key: string;
  label: string;
  /** The column people look for first: today. */
  current?: boolean | undefined;
}

export interface HeatRow {
  key: string;
  label: string;
  href?: string | undefined;
  /** By column key; a column left out is a day on which nothing was asked. */
  cells: Readonly<Record<string, HeatCell>>;
}

/** In a grid of hundreds what went well and what lies ahead must recede: a bare tick, a dot. */
export function heatIcon(state: StateName): IconName {
  if (state === 'met' || state === 'report-on-time') return 'check';
  return state === 'upcoming' ? 'dot' : STATES[state].icon;
}

/** Five steps of tint; the last only for all of it. */
export function heatLevel(share: number): 0 | 1 | 2 | 3 | 4 {
  if (share >= 1) return 4;
  if (share >= 0.75) return 3;
  if (share >= 0.4) return 2;
  if (share > 0) return 1;
  return 0;
}
