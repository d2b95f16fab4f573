/**
 * A text of the ward's library: what it says, who vouches for it, how long it holds. Pure: time and actor are arguments.
 * A text is structured and not free-form, so that a Zalo message, a loudspeaker script and a poster can be made of it
 * without anybody writing the same thing five times.
 */
import type { DateOn } from '#core/calendar.ts';
import { problem, type Problem } from '#core/problem.ts';
import { fold } from '#core/vietnamese.ts';

/** What the plan wants people to know (row U2), the first hour after a loss, and the campaign's slogan. */
export const PILLARS = ['law', 'tactics', 'personal-data', 'results', 'first-hour', 'slogan'] as const;
export type Pillar = (typeof PILLARS)[number];

/** Whom a text is for. */
export const AUDIENCES = [
  'residents',
  'elderly',
  'parents',
  'pupils',
  'students',
  'women',
  'workers',
  'traders',
  'landlords',
  'officials',
] as const;

/**
 * draft → checked → approved → withdrawn. Changing a checked or approved text makes the next version, a draft again;
 * what was approved stays public until the next version is approved or the text is withdrawn.
 */
export const TEXT_STATES = ['draft', 'checked', 'approved', 'withdrawn'] as const;
export type TextState = (typeof TEXT_STATES)[number];

/** Where a statement comes from. A figure or a fine without one cannot be checked. */
export interface Source {
  readonly name: string;
  /** Day of the source, where known. */
  readonly on: DateOn | null;
  readonly url: string | null;
}

/** A law article or a figure the text relies on, with the days for which it holds. */
export interface Citation {
  readonly what: string;
  readonly validFrom: DateOn | null;
  /** First day it no longer holds. */
  readonly validTo: DateOn | null;
}

export interface TextBody {
  readonly title: string;
  /** One sentence: lists, previews, the first line of a message. */
  readonly summary: string;
  readonly paragraphs: readonly string[];
  /** How to recognise it. */
  readonly signs: readonly string[];
  /** What to do. */
  readonly actions: readonly string[];
  readonly source: Source;
  readonly citations: readonly Citation[];
}

/** Titles longer than an Official Account's article takes (150) would be cut there. */
export const LONGEST = { title: 150, summary: 300, paragraph: 2_000, line: 300 } as const;

export interface Vouching {
  readonly state: TextState;
  readonly writtenBy: string;
  readonly checkedBy: string | null;
}

/** The second pair of eyes is never the writer's own; the third may be the second's, never the writer's. */
export function judgeStep(
  text: Vouching,
  step: 'check' | 'approve' | 'withdraw' | 'revise',
  actorId: string,
): Problem | null {
  const refused = (code: string) => problem(code, { status: 409 });
  if (step === 'check') {
    if (text.state !== 'draft') return refused('publishing.not-a-draft');
    return text.writtenBy === actorId ? refused('publishing.own-text') : null;
  }
  if (step === 'approve') {
    if (text.state !== 'checked') return refused('publishing.not-checked');
    return text.writtenBy === actorId ? refused('publishing.own-text') : null;
  }
  if (step === 'withdraw') return text.state === 'approved' ? null : refused('publishing.not-approved');
  return text.state === 'withdrawn' ? refused('publishing.withdrawn') : null;
}

/** Citations that no longer hold, or not yet, on a day: the text is flagged, a person decides. */
export function staleCitations(citations: readonly Citation[], on: DateOn): Citation[] {
  return citations.filter(
    ({ validFrom, validTo }) => (validFrom !== null && on < validFrom) || (validTo !== null && on >= validTo),
  );
}

/** Public on a day: approved, begun, and not run out. `validTo` is the first day that no longer counts. */
export function isPublic(
  text: { readonly state: TextState; readonly validFrom: DateOn | null; readonly validTo: DateOn | null },
  on: DateOn,
): boolean {
  const begun = text.validFrom === null || text.validFrom <= on;
  return text.state === 'approved' && begun && (text.validTo === null || on < text.validTo);
}

/** The text's place in an address: letters, digits and hyphens, without marks, cut at a word. */
export function slugOf(title: string): string {
  const words = fold(title).match(/[a-z0-9]+/g) ?? [];
  let slug = '';
  for (const word of words) {
    if (slug.length + word.length + 1 > 60) break;
    slug += slug === '' ? word : `-${word}`;
  }
  return slug === '' ? 'bai' : slug;
}
