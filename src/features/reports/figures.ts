/**
 * The figures of a quick report: what they are called in code, and how they behave in time. Words for them stand in
 * the messages and in the document templates, never here.
 */

/**
 * `work`: done in a window, adds up over days (households reached). `state`: how things stand at the end of the
 * window (members of the Zalo group); adding two days of it would be nonsense. `event`: like work, without a share.
 */
export type FigureKind = 'work' | 'state' | 'event';

export const MEASURES = {
  reached: 'work',
  pledged: 'work',
  absent: 'state',
  away: 'state',
  refused: 'state',
  unsigned: 'state',
  zaloGroups: 'state',
  zaloMembers: 'state',
  posts: 'event',
  broadcasts: 'event',
  leaflets: 'event',
  notices: 'event',
  sessions: 'event',
  attendees: 'event',
  tips: 'event',
} as const satisfies Readonly<Record<string, FigureKind>>;

export type Measure = keyof typeof MEASURES;

export const MEASURE_LIST: readonly Measure[] = Object.keys(MEASURES).filter(isMeasure);

export function isMeasure(text: string): text is Measure {
  return Object.hasOwn(MEASURES, text);
}

/** Households in the group's denominator: these have a share. */
export const SHARED: readonly Measure[] = ['reached', 'pledged'];

/** What one window held, and what all windows up to its end hold together. Null: not said. */
export interface Figure {
  readonly day: number | null;
  readonly total: number | null;
}

export type Figures = Readonly<Partial<Record<Measure, Figure>>>;
