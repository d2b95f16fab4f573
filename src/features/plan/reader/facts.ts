/** A figure, day or hour found in a stretch of a paper. Offsets are of the stretch it was looked for in. */
import type { Comparator, DayWindow, Per, RelativeDeadline, Weekday } from './reading.ts';

interface Placed {
  start: number;
  end: number;
}
export type Fact = Placed &
  (
    | { kind: 'percent'; value: number; comparator: Comparator }
    | { kind: 'count'; count: number; comparator: Comparator; noun: string }
    | {
        kind: 'cadence';
        count: number;
        per: Per;
        noun: string;
        stated: boolean;
        weekdays: Weekday[];
        day: number | null;
      }
    | { kind: 'end'; date: string; time: string | null; before: boolean }
    | { kind: 'window'; from: string | null; to: string | null }
    | { kind: 'time'; time: string; before: boolean; weekdays: Weekday[] }
    | { kind: 'hours'; windows: DayWindow[] }
    | { kind: 'relative'; relative: RelativeDeadline }
    | { kind: 'odd'; what: 'cadence' | 'deadline' }
  );
export type FactOf<K extends Fact['kind']> = Extract<Fact, { kind: K }>;

/** A text from which what has been understood is taken away, so that no figure is read twice. */
export class Stretch {
  text: string;
  readonly facts: Fact[] = [];
  constructor(text: string) {
    this.text = text;
  }
  /** Offers every match; the taker returns a fact, or null to leave the words alone. */
  take(pattern: RegExp, taker: (match: RegExpExecArray) => Fact | Fact[] | null): void {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(this.text); match; match = pattern.exec(this.text)) {
      if (match[0] === '') {
        pattern.lastIndex++;
        continue;
      }
      const found = taker(match);
      if (found === null) {
        // What was refused here may begin right behind: "tuần tra mỗi ngày 03 ca".
        pattern.lastIndex = match.index + 1;
        continue;
      }
      const list = Array.isArray(found) ? found : [found];
      this.facts.push(...list);
      for (const fact of list) this.hide(fact.start, fact.end);
      // The text changed under the pattern: offsets stay, and the search goes on behind this match.
      pattern.lastIndex = Math.max(pattern.lastIndex, ...list.map((fact) => fact.end));
    }
  }
  hide(start: number, end: number): void {
    this.text = this.text.slice(0, start) + '\u0001'.repeat(end - start) + this.text.slice(end);
  }
}

const WORDS: Record<string, number> = {
  mot: 1,
  hai: 2,
  ba: 3,
  bon: 4,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
};
/** "05", "1.500", "4,2", "hai": as Vietnamese papers write numbers; NaN when it is none. */
export function numberOf(words: string): number {
  const plain = words.trim().toLowerCase();
  const word = WORDS[plain];
  if (word !== undefined) return word;
  if (/^\d{1,3}(?:\.\d{3})+$/.test(plain)) return Number(plain.replaceAll('.', ''));
  if (/^\d{1,3}(?: \d{3})+$/.test(plain)) return Number(plain.replaceAll(' ', ''));
  if (/^\d+(?:[.,]\d+)?$/.test(plain)) return Number(plain.replace(',', '.'));
  return Number.NaN;
}

const NUMBER_WORDS = /(?<!\p{L})(?<!thứ\s+)(?:một|mot|hai|ba|bốn|sáu|bảy|tám|chín|mười)(?!\p{L})/giu;
/** Number words in capitals, so that "sáu" and "sau", "tám" and "tâm" stay apart in a text without marks. */
export function raiseNumberWords(bare: string, flat: string): string {
  let text = bare;
  for (const match of flat.matchAll(NUMBER_WORDS)) {
    const end = match.index + match[0].length;
    text = text.slice(0, match.index) + text.slice(match.index, end).toUpperCase() + text.slice(end);
  }
  return text;
}
