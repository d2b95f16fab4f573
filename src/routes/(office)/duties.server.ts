// What a person or a unit owes today and in the next seven days, and whom to call about it.
import type { RequestEvent } from '@sveltejs/kit';
import { addDays } from '#core/calendar.ts';
import { UnitDutiesReply } from '#features/assignment/hands-schema.ts';
import { sectionsOf, WEEK_DAYS } from '#features/dashboards/duty-sections.ts';
import type { Callees } from '#features/dashboards/ui/duty-names.ts';
import { CalendarReply } from '#features/evidence/calendar-schema.ts';
import { BoardReply } from '#features/reminders/schema.ts';
import { ask } from '../ask.server.ts';

/** @param whose a filter of the calendar: `person=…`, `unit=…` */
export async function loadDuties(event: RequestEvent, campaign: string, whose: string) {
  const base = `/wards/${event.locals.actor?.wardId ?? 0}/campaigns/${campaign}/calendar`;
  const now = await ask(event, `${base}/today?${whose}`, CalendarReply);
  const days = `from=${addDays(now.today, 1)}&to=${addDays(now.today, WEEK_DAYS)}`;
  const week = await ask(event, `${base}?${whose}&${days}`, CalendarReply);
  return {
    names: { today: now.today, now: now.now, campaign: now.campaign, items: now.items, groups: now.groups },
    units: now.units,
    sections: sectionsOf([...now.occurrences, ...week.occurrences], now.today),
  };
}

/** By group and unit, from the call board; who may not read the board calls nobody from here. */
export async function loadCallees(event: RequestEvent): Promise<Callees> {
  const response = await event.fetch(
    `/api/wards/${event.locals.actor?.wardId ?? 0}/reminders/board?ahead=1440`,
  );
  if (!response.ok) return {};
  const { rows } = BoardReply.parse(await response.json());
  return Object.fromEntries(
    rows.flatMap(({ id, people, next }) => {
      const person = people.find(({ personId }) => personId === next);
      return person?.phone ? [[id, { name: person.name, phone: person.phone }]] : [];
    }),
  );
}

/** In whose hands each duty of a unit is today, by the duty's id. */
export async function loadHands(event: RequestEvent, path: string): Promise<Record<string, string>> {
  const { duties } = await ask(event, path, UnitDutiesReply);
  return Object.fromEntries(duties.flatMap(({ itemId, now }) => (now?.holds ? [[itemId, now.name]] : [])));
}
