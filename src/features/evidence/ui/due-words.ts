// A due time is exclusive: midnight is the end of the day before, and a person is told that day.
import { m } from '#messages/messages.js';
import { formatDate, formatDateTime } from '#ui/format.ts';
import type { Language } from '#ui/format.ts';

export function dueText(dueAt: string, language: Language): string {
  const at = Date.parse(dueAt);
  const text = formatDateTime(at, language);
  return text.startsWith('00:00')
    ? m.campaign_due_day({ day: formatDate(at - 1, language) })
    : m.campaign_due_at({ at: text });
}
