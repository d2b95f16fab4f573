// A notice in the words of a phone's screen: short, in its reader's language, the plan's own titles.
import { dayOf } from '#core/clock.ts';
import { m } from '#messages/messages.js';
import { formatDate, formatTime, type Language } from '#ui/format.ts';
import { KINDS, type Kind } from '#features/reminders/model.ts';
import type { NoticeLine } from '#features/reminders/schema.ts';

/** More lines than this are counted, not listed: a lock screen shows three or four. */
const MOST_LINES = 4;

export interface NoticeWords {
  readonly title: string;
  readonly body: string;
}

const one: Record<Kind, (params: { title: string }, options: { locale: Language }) => string> = {
  before: m.reminders_one_before,
  late: m.reminders_one_late,
  head: m.reminders_one_head,
};
const many: Record<Kind, (params: { count: number }, options: { locale: Language }) => string> = {
  before: m.reminders_many_before,
  late: m.reminders_many_late,
  head: m.reminders_many_head,
};

/** @param now campaign time, which says whether a deadline is today's */
export function noticeWords(
  lines: readonly NoticeLine[],
  origin: 'rule' | 'person' | 'test',
  now: number,
  language: Language,
): NoticeWords {
  const locale = { locale: language };
  if (origin === 'test')
    return { title: m.reminders_test_title({}, locale), body: m.reminders_test_body({}, locale) };
  const [first] = lines;
  if (!first) return { title: m.reminders_name({}, locale), body: '' };
  const body = lines.slice(0, MOST_LINES).map((line) => lineWords(line, now, language));
  if (lines.length > MOST_LINES)
    body.push(m.reminders_and_more({ count: lines.length - MOST_LINES }, locale));
  return { title: titleOf(lines, first, language), body: body.join('\n') };
}

function titleOf(lines: readonly NoticeLine[], first: NoticeLine, language: Language): string {
  const locale = { locale: language };
  if (lines.length === 1) return one[first.kind]({ title: first.title }, locale);
  const counts = KINDS.map((kind) => ({
    kind,
    count: lines.filter((line) => line.kind === kind).length,
  })).filter(({ count }) => count > 0);
  const parts = counts.map(({ kind, count }) => many[kind]({ count }, locale));
  const text = parts.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "08:30" today, "08:30 06/8" on another day; a midnight is the 24:00 of the day that ends. */
export function dueWords(dueAt: number, now: number, language: Language): string {
  const isMidnight = formatTime(dueAt) === '00:00';
  const time = isMidnight ? '24:00' : formatTime(dueAt);
  const within = isMidnight ? dueAt - 1 : dueAt;
  return dayOf(within) === dayOf(now) ? time : `${time} ${formatDate(within, language)}`;
}

/** "08:30 · Báo cáo nhanh (TDP 7)" */
export function lineWords({ dueAt, title, place }: NoticeLine, now: number, language: Language): string {
  const words = `${dueWords(dueAt, now, language)} · ${title}`;
  return place === null ? words : `${words} (${place})`;
}
