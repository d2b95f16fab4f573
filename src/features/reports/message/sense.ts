/** What the labels around an amount say it is; and what its counted thing says against them. */
import type { Measure } from '#features/reports/figures.ts';
import {
  isAmount,
  isLabel,
  type LabelAtom,
  type Seat,
  type Segment,
} from '#features/reports/message/segments.ts';
import type { Label, Unit } from '#features/reports/message/words.ts';

/** "Nhóm Zalo: 01 nhóm", "tuyên truyền 50 người": the counted thing says more than the label. */
export function refine(measure: Measure, unit: Unit | null): Measure {
  if (measure === 'zaloMembers') return unit === 'chat' ? 'zaloGroups' : unit === 'item' ? 'posts' : measure;
  if (measure !== 'reached') return measure;
  return unit === 'person' ? 'attendees' : unit === 'session' ? 'sessions' : measure;
}

export const kinds = (labels: readonly LabelAtom[], kind: Label['kind']) =>
  labels.some(({ label }) => label.kind === kind);

const measuresOf = (labels: readonly LabelAtom[]): Measure[] =>
  labels.flatMap(({ label }) => (label.kind === 'measure' ? [label.measure] : []));

const means = ({ label }: LabelAtom) => ['measure', 'running', 'households'].includes(label.kind);

/** Numbers stand before their labels ("42 hộ tuyên truyền") where the piece begins with one and ends with a label. */
export function numbersFirst({ atoms }: Segment): boolean {
  const telling = atoms.filter((atom) => isAmount(atom) || (isLabel(atom) && means(atom)));
  const [first, last] = [telling[0], telling.at(-1)];
  return first !== undefined && last !== undefined && isAmount(first) && !isAmount(last);
}

export interface Sense {
  readonly measure: Measure | null;
  readonly running: boolean;
  readonly households: boolean;
  readonly more: boolean;
  readonly unit: Unit | null;
}

export function senseOf(seat: Seat, suffix: boolean, isLast: boolean): Sense {
  const { before, after } = seat;
  const own = suffix ? after : before;
  const other = suffix ? before : after;
  const ownMeasures = measuresOf(own);
  const last = suffix ? ownMeasures[0] : ownMeasures.at(-1);
  // "họp dân có 46 người dự": people who came, not meetings.
  const came = after[0]?.label.kind === 'measure' && after[0].label.measure === 'attendees';
  const named = last === 'sessions' && came ? 'attendees' : last;
  const mayLook = suffix || isLast || measuresOf(after).length > 1;
  const far = !named && mayLook ? measuresOf(other)[0] : undefined;
  const next = after[0]?.label;
  return {
    measure: named ?? far ?? null,
    running: kinds(before, 'running') || (suffix && kinds(after, 'running')),
    households: kinds(own, 'households'),
    more: kinds(before, 'more') || kinds(after, 'more'),
    unit: next?.kind === 'unit' ? next.unit : null,
  };
}

/** Counts something that is no figure of the report ("05 nhà trọ"), or is a number of a name ("năm 2025"). */
export function asideOf({ touching, after }: Seat): 'name' | 'thing' | null {
  if (touching?.label.kind === 'aside') return 'name';
  const [first, second] = after;
  if (first?.label.kind === 'aside') return 'thing';
  return first?.label.kind === 'unit' && second?.label.kind === 'aside' ? 'thing' : null;
}
