/** What clauses yield before ids, offsets of the source and questions are put to it. Offsets are of `flat`. */
import type { FactOf } from './facts.ts';
import type { Fact } from './facts.ts';
import type {
  ActorFrom,
  Cadence,
  Comparator,
  DayRange,
  DayWindow,
  Mark,
  MarkKind,
  Per,
  RelativeDeadline,
  ReportKind,
  Weekday,
} from './reading.ts';

export interface Actor {
  name: string;
  from: ActorFrom;
  proposal: boolean;
}
interface Placed {
  start: number;
  end: number;
  marks: Mark[];
}
export interface TargetDraft extends Placed {
  words: string;
  subject: string;
  measure: string;
  comparator: Comparator;
  value: number;
  unit: string;
  per: Per | null;
  by: string | null;
}
interface Timed extends Placed {
  actor: Actor;
  cadence: Cadence | null;
  between: DayRange | null;
  by: string | null;
  time: string | null;
  weekdays: Weekday[];
  dayOfMonth: number | null;
  relative: RelativeDeadline | null;
  beforeDay: boolean;
}
export interface DutyDraft extends Timed {
  partners: string[];
  words: string;
  /** The whole block: the means are often named a sentence before the figure. */
  context: string;
  windows: DayWindow[];
  phase: boolean;
}
export interface ReportDraft extends Timed {
  to: string | null;
  kind: ReportKind;
}
export interface UnreadDraft {
  start: number;
  end: number;
  kind: 'cadence' | 'deadline' | 'figure' | 'actor';
  why: string;
}
export interface Drafts {
  targets: TargetDraft[];
  duties: DutyDraft[];
  reports: ReportDraft[];
  unread: UnreadDraft[];
}

/** Facts that one duty can carry together: at most one rhythm, one end, one stretch of days. */
export interface Slot {
  rhythm: FactOf<'cadence'> | FactOf<'count'> | null;
  end: FactOf<'end'> | null;
  window: FactOf<'window'> | null;
  time: FactOf<'time'> | null;
  relative: FactOf<'relative'> | null;
  hours: DayWindow[];
  facts: Fact[];
}

const emptySlot = (): Slot => ({
  rhythm: null,
  end: null,
  window: null,
  time: null,
  relative: null,
  hours: [],
  facts: [],
});

/** `breaks`: places where the words turn to something else ("riêng …", "và báo cáo kết thúc đợt"). */
export function slotsOf(facts: Fact[], breaks: number[] = []): Slot[] {
  const slots: Slot[] = [];
  let slot = emptySlot();
  const next = (): void => {
    if (slot.facts.length > 0) slots.push(slot);
    slot = emptySlot();
  };
  for (const fact of [...facts].sort((a, b) => a.start - b.start)) {
    if (fact.kind === 'percent' || fact.kind === 'odd') continue;
    if (fact.kind === 'hours') {
      slot.hours.push(...fact.windows);
      slot.facts.push(fact);
      continue;
    }
    const last = slot.facts.at(-1)?.end;
    if (last !== undefined && breaks.some((place) => place >= last && place < fact.start)) next();
    const full =
      fact.kind === 'cadence' || fact.kind === 'count'
        ? slot.rhythm
        : fact.kind === 'end'
          ? slot.end
          : fact.kind === 'window'
            ? slot.window
            : fact.kind === 'time'
              ? slot.time
              : slot.relative;
    if (full) next();
    if (fact.kind === 'cadence' || fact.kind === 'count') slot.rhythm = fact;
    else if (fact.kind === 'end') slot.end = fact;
    else if (fact.kind === 'window') slot.window = fact;
    else if (fact.kind === 'time') slot.time = fact;
    else slot.relative = fact;
    slot.facts.push(fact);
  }
  next();
  return slots;
}

const MARK_KINDS: Record<Fact['kind'], MarkKind | null> = {
  percent: 'figure',
  count: 'figure',
  cadence: 'cadence',
  end: 'deadline',
  relative: 'deadline',
  window: 'window',
  time: 'time',
  hours: 'time',
  odd: null,
};
export function marksOf(facts: Fact[], base: number): Mark[] {
  return facts.flatMap((fact) => {
    const kind = MARK_KINDS[fact.kind];
    return kind ? [{ start: base + fact.start, end: base + fact.end, kind }] : [];
  });
}
