/** What the reader of pasted messages answers. Offsets are UTF-16 units of `text`, the message in NFC. */
import type { DateOn } from '#core/calendar.ts';
import type { Measure } from '#features/reports/figures.ts';

export interface Words {
  readonly start: number;
  readonly end: number;
}

export interface Found<T> extends Words {
  readonly value: T;
}

export interface FoundFigure extends Found<number> {
  readonly measure: Measure | 'households';
  /** `day`: of the window; `total`: running, or how things stand. */
  readonly span: 'day' | 'total';
}

export const QUESTIONS = [
  'which-group',
  'group-unknown',
  'said-twice',
  'above-households',
  'households-differ',
  'pledged-above-reached',
  'total-below-day',
  'total-below-earlier',
  'share-differs',
  'pair-meaning',
  'check-meaning',
  'about',
  'unread-number',
  'other-day',
  'late-by-own-words',
  'window-differs',
  'no-work-yet-figures',
  'no-reason',
  'tip-story',
  'corrects-earlier',
  'nothing-read',
] as const;
export type QuestionCode = (typeof QUESTIONS)[number];

/** Something a person must look at, with the words it is about. */
export interface Question {
  readonly code: QuestionCode;
  readonly words: readonly Words[];
  readonly params: Readonly<Record<string, string | number>>;
}

export interface MessageReport {
  /** The part of the message about this group. */
  readonly part: Words;
  readonly group: Found<string> | null;
  /** The id of the ward's group those words name, where exactly one is so named. */
  readonly groupId: string | null;
  readonly on: Found<DateOn> | null;
  /** What the message itself says of its window. */
  readonly window: Found<{ readonly from: string; readonly to: string }> | null;
  /** `HH:MM` at which the writer says it was sent. */
  readonly sentAt: Found<string> | null;
  readonly figures: readonly FoundFigure[];
  /** A day without work: its reason in the writer's words, empty where none is given. */
  readonly noWork: Found<string> | null;
  readonly remarks: readonly Found<string>[];
  readonly questions: readonly Question[];
}

export interface MessageReading {
  readonly text: string;
  readonly reports: readonly MessageReport[];
}

/** What the reader may know beforehand; without it, it asks more. */
export interface Known {
  readonly today: DateOn;
  readonly groups: readonly {
    readonly id: string;
    readonly name: string;
    readonly households: number | null;
    /** The last running totals the ward holds. */
    readonly earlier: Readonly<Partial<Record<Measure, number>>>;
  }[];
  /** Of the ward's own counting window, for comparison with the message's. */
  readonly dayStartsAt: string;
  /** `HH:MM` before which reports are owed. */
  readonly dueTime: string;
}
