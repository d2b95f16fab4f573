// A calendar of deadlines as RFC 5545 text: the plan's words, the place and a page, and nothing about people or progress.
// Built of the same occurrences it is the same text to the byte, so that a reader's If-None-Match holds.
import ical, { ICalEventTransparency } from 'ical-generator';
import { addDays } from '#core/calendar.ts';
import { dayOf, MINUTE, timeOf } from '#core/clock.ts';
import type { CampaignOccurrence } from '#features/reminders/responsible.ts';

/** A deadline has no length; calendars show nothing of an entry without one. */
const SHOWN_MINUTES = 30;

export interface FeedWish {
  readonly name: string;
  readonly language: 'VI' | 'EN';
  readonly placeOf: (areaId: string) => string | undefined;
  /** Absolute address of the duty's page. */
  readonly pageOf: (occurrence: CampaignOccurrence) => string;
  /** The product's name under the ward's domain: makes UIDs unique in the world and the same for ever. */
  readonly domain: string;
}

/** UTC midnight of a day: what the generator writes as that day, whatever the machine's zone. */
const plainDay = (day: string): Date => new Date(`${day}T00:00:00Z`);

export function calendarText(occurrences: readonly CampaignOccurrence[], wish: FeedWish): string {
  const calendar = ical({
    name: wish.name,
    prodId: { company: 'Tung Nha', product: 'Lich nhiem vu', language: wish.language },
    ttl: 3600,
  });
  const sorted = [...occurrences].sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0) || (a.key < b.key ? -1 : 1));
  for (const one of sorted) {
    if (one.dueAt === null) continue;
    const place = one.areaId === null ? undefined : wish.placeOf(one.areaId);
    const isMidnight = timeOf(one.dueAt) === '00:00';
    const lastDay = addDays(dayOf(one.dueAt), -1);
    calendar.createEvent({
      id: `${one.key.replaceAll('/', '.')}@${wish.domain}`,
      sequence: one.version,
      stamp: new Date(one.revisedAt),
      summary: place === undefined ? one.title : `${one.title} (${place})`,
      ...(isMidnight
        ? { start: plainDay(lastDay), end: plainDay(addDays(lastDay, 1)), allDay: true }
        : { start: new Date(one.dueAt - SHOWN_MINUTES * MINUTE), end: new Date(one.dueAt) }),
      url: wish.pageOf(one),
      // A deadline does not make its owner busy.
      transparency: ICalEventTransparency.TRANSPARENT,
    });
  }
  return calendar.toString();
}
