/**
 * Who is reminded of what, and when: a pure rule over the campaign's occurrences, each person's choices and what was
 * already said. One line is one (person, kind, occurrence) and is said at most once, ever; a notice gathers a person's
 * lines, so that many duties due together are one message. The rule is asked again each minute and remembers nothing,
 * therefore a stop of the server leaves no gap and repeats nothing: what is still of use is in the next notice.
 */
import type { DateOn } from '#core/calendar.ts';
import { DAY, dayOf, HOUR, instantOf, MINUTE, type Instant } from '#core/clock.ts';
import { derivedId } from '#core/ids.ts';

/** `before`: falls due soon. `late`: to those who owe it. `head`: after that, to who answers for them. */
export const KINDS = ['before', 'late', 'head'] as const;
export type Kind = (typeof KINDS)[number];

export type PersonId = string;

/** How an occurrence stands, in the plan engine's words. */
export type OccurrenceState =
  'upcoming' | 'due' | 'met' | 'late' | 'missed' | 'excused' | 'no-information' | 'ongoing';

/** An occurrence as reminding sees it. */
export interface Owed {
  readonly key: string;
  /** Introduced by "Đề nghị": asked for, not ordered, and never reminded. */
  readonly proposal: boolean;
  readonly state: OccurrenceState;
  readonly opensAt: Instant;
  /** Due before this; null: no end known, so nothing to remind of. */
  readonly dueAt: Instant | null;
  /** Those who do it, nearest first: leader, deputy; or the people of a unit. */
  readonly owers: readonly PersonId[];
  /** Those who answer for it after that: area officer; head of the unit. */
  readonly heads: readonly PersonId[];
}

/** A span of every day, `HH:MM`; it may pass midnight. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
}

export interface Choices {
  readonly kinds: Readonly<Record<Kind, boolean>>;
  /** How long before a due time within the day. */
  readonly leadMinutes: number;
  readonly quiet: QuietHours | null;
  readonly push: boolean;
  readonly mail: boolean;
}

export const LEADS = [15, 30, 60, 120] as const;

/** An hour is what a group's report takes with one door still to visit; evenings and nights are left alone. */
export const DEFAULT_CHOICES: Choices = {
  kinds: { before: true, late: true, head: true },
  leadMinutes: 60,
  quiet: { from: '21:00', to: '06:00' },
  push: true,
  mail: true,
};

/** A report sent a few minutes late needs no reminder: it is on its way. */
export const LATE_AFTER = 10 * MINUTE;
/** Time for those who owe it to answer the reminder before their head hears of it. */
export const HEAD_AFTER = 30 * MINUTE;
/** What fell due longer ago is for the board, not for a phone. */
export const FORGET_AFTER = 2 * DAY;
/** At most one notice in this time, and what would be said within it is said at once. */
export const GAP = 30 * MINUTE;
/** What falls due in the night is said this long before the quiet begins. */
const BEFORE_QUIET = 30 * MINUTE;
/** Longer periods than this are reminded a day ahead: an hour before Sunday's midnight helps nobody with a week's work. */
const SHORT_PERIOD = 36 * HOUR;

export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** The quiet stretch that holds an instant; undefined outside. */
export function quietAround(quiet: QuietHours | null, at: Instant): Span | undefined {
  if (!quiet || quiet.from === quiet.to) return undefined;
  const today = dayOf(at);
  return [dayOf(at - DAY), today]
    .map((day) => quietFrom(quiet, day))
    .find(({ from, to }) => from <= at && at < to);
}

function quietFrom(quiet: QuietHours, day: DateOn): Span {
  const from = instantOf(day, quiet.from);
  const to = instantOf(day, quiet.to);
  return { from, to: to > from ? to : to + DAY };
}

/** When a line should be said, if nothing hinders; undefined: never. */
export function momentOf(kind: Kind, owed: Owed, choices: Choices): Instant | undefined {
  const { dueAt, opensAt } = owed;
  if (dueAt === null) return undefined;
  if (kind === 'before') {
    const long = dueAt - opensAt > SHORT_PERIOD;
    const wished = dueAt - (long ? DAY : choices.leadMinutes * MINUTE);
    const quiet = quietAround(choices.quiet, wished);
    if (!quiet) return wished;
    return holdsNight(quiet, dueAt) ? quiet.from - BEFORE_QUIET : quiet.to;
  }
  const wished = dueAt + (kind === 'late' ? LATE_AFTER : HEAD_AFTER);
  return quietAround(choices.quiet, wished)?.to ?? wished;
}

/** Due before the quiet ends, or so soon after that the morning is too late to say it. */
const holdsNight = (quiet: Span, dueAt: Instant): boolean => dueAt <= quiet.to + BEFORE_QUIET;

/** Whether a line is still of use. */
export function isOpen(kind: Kind, { state, dueAt, proposal }: Owed, now: Instant): boolean {
  if (proposal || dueAt === null) return false;
  if (kind === 'before') return now < dueAt && (state === 'due' || state === 'upcoming');
  if (now < dueAt || dueAt < now - FORGET_AFTER) return false;
  return state === 'late' || (kind === 'head' && state === 'missed');
}

export interface Line {
  readonly kind: Kind;
  readonly occurrence: string;
  readonly dueAt: Instant;
}

export interface Notice {
  /** Derived from the person and the lines: planned twice, it is the same notice. */
  readonly id: string;
  readonly personId: PersonId;
  /** Nearest due first. */
  readonly lines: readonly Line[];
  /** Of no use from here on: the last of its lines has fallen due, or a day has passed. */
  readonly expiresAt: Instant;
}

export const lineKey = (
  personId: PersonId,
  { kind, occurrence }: Pick<Line, 'kind' | 'occurrence'>,
): string => `${personId}/${kind}/${occurrence}`;

export interface Said {
  /** Keys of lines already in a notice. */
  readonly lines: ReadonlySet<string>;
  /** When each person's last notice was made. */
  readonly lastAt: ReadonlyMap<PersonId, Instant>;
}

/** The namespace of notices among derived ids. */
const NOTICES = 'b6f3a1de-2a51-4c0e-9b7f-5f0c1d9c7a10';

export function noticeOf(personId: PersonId, lines: readonly Line[]): Notice {
  const sorted = [...lines].sort(
    (a, b) => a.dueAt - b.dueAt || order(a.occurrence, b.occurrence) || order(a.kind, b.kind),
  );
  const keys = sorted.map((line) => lineKey(personId, line)).sort();
  const expiresAt = Math.max(...sorted.map(({ kind, dueAt }) => (kind === 'before' ? dueAt : dueAt + DAY)));
  return { id: derivedId(NOTICES, ...keys), personId, lines: sorted, expiresAt };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The notices to make now, at most one for each person. */
export function noticesOwed(
  occurrences: readonly Owed[],
  choicesOf: (personId: PersonId) => Choices,
  said: Said,
  now: Instant,
): Notice[] {
  const lines = new Map<PersonId, { readonly ready: Line[]; readonly soon: Line[] }>();
  for (const owed of occurrences) {
    for (const { kind, personId } of hearersOf(owed, now)) {
      const choices = choicesOf(personId);
      const moment = momentOf(kind, owed, choices);
      if (moment === undefined || owed.dueAt === null || !choices.kinds[kind]) continue;
      const line = { kind, occurrence: owed.key, dueAt: owed.dueAt };
      if (said.lines.has(lineKey(personId, line)) || isHeld(line, choices, now)) continue;
      const kept = lines.get(personId) ?? { ready: [], soon: [] };
      lines.set(personId, kept);
      if (moment <= now) kept.ready.push(line);
      else if (kind === 'before' && moment < now + GAP) kept.soon.push(line);
    }
  }
  const notices: Notice[] = [];
  for (const [personId, { ready, soon }] of lines) {
    if (ready.length === 0 || mustWait(ready, said.lastAt.get(personId), now)) continue;
    notices.push(noticeOf(personId, [...ready, ...soon]));
  }
  return notices;
}

/** Whoever owes it is not told a third time as its head. */
function hearersOf(owed: Owed, now: Instant): { readonly kind: Kind; readonly personId: PersonId }[] {
  const heads = owed.heads.filter((person) => !owed.owers.includes(person));
  return KINDS.filter((kind) => isOpen(kind, owed, now)).flatMap((kind) =>
    [...new Set(kind === 'head' ? heads : owed.owers)].map((personId) => ({ kind, personId })),
  );
}

/** In the quiet hours only what falls due before they are over is said. */
function isHeld({ kind, dueAt }: Line, choices: Choices, now: Instant): boolean {
  const quiet = quietAround(choices.quiet, now);
  return quiet !== undefined && !(kind === 'before' && holdsNight(quiet, dueAt));
}

/** One notice in each GAP, unless waiting would let something fall due unsaid. */
function mustWait(ready: readonly Line[], lastAt: Instant | undefined, now: Instant): boolean {
  if (lastAt === undefined || now >= lastAt + GAP) return false;
  return !ready.some(({ kind, dueAt }) => kind === 'before' && dueAt <= lastAt + GAP);
}

// ── Human contact ───────────────────────────────────────────────────────────────────────────────────────────────────

/** The ways in which somebody really reached somebody. Push and e-mail are not among them: nobody knows they were read. */
export const CONTACT_WAYS = ['called', 'no-answer', 'zalo', 'sms', 'met'] as const;
export type ContactWay = (typeof CONTACT_WAYS)[number];

export interface Contact {
  readonly personId: PersonId;
  readonly way: ContactWay;
  readonly at: Instant;
}

/** A call nobody took reminded nobody. */
export const countsAsReminded = ({ way }: Contact): boolean => way !== 'no-answer';

export const isReminded = (contacts: readonly Contact[]): boolean => contacts.some(countsAsReminded);

/**
 * Whom to call next: leader, then deputy, then the area's officer. Somebody who did not answer, or was asked and has
 * not acted within the gap, gives way to the next; after the last it begins again with the first.
 */
export function nextToCall(
  people: readonly PersonId[],
  contacts: readonly Contact[],
  now: Instant,
): PersonId | undefined {
  const tried = new Map<PersonId, Contact>();
  for (const contact of contacts) {
    const before = tried.get(contact.personId);
    if (!before || before.at <= contact.at) tried.set(contact.personId, contact);
  }
  const waiting = people.find((person) => {
    const last = tried.get(person);
    return last !== undefined && countsAsReminded(last) && now < last.at + GAP;
  });
  if (waiting !== undefined) return waiting;
  const untried = people.find((person) => !tried.has(person));
  if (untried !== undefined) return untried;
  return [...people].sort((a, b) => (tried.get(a)?.at ?? 0) - (tried.get(b)?.at ?? 0))[0];
}
