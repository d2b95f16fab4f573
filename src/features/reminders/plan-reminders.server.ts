// From the plan's calendar to notices in the database, in one transaction: what is owed now by the rule, each with its
// lines and its outbox rows. Asked every minute; asked twice, it makes nothing new.
import { addDays } from '#core/calendar.ts';
import { dayOf, machineClock } from '#core/clock.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { noticesOwed, type Choices, type Line, type Owed } from '#features/reminders/model.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';
import type { CampaignOccurrence, ResponsibilityBook } from '#features/reminders/responsible.ts';
import type { NoticeLine } from '#features/reminders/schema.ts';
import * as store from '#features/reminders/store.server.ts';

/** Days around today whose occurrences can have something to say: two of lateness, a day ahead and its night. */
const DAYS_BACK = 3;
const DAYS_AHEAD = 2;

export const daysAround = (now: number) => ({
  from: addDays(dayOf(now), -DAYS_BACK),
  to: addDays(dayOf(now), DAYS_AHEAD),
});

export function owedOf(occurrence: CampaignOccurrence, book: ResponsibilityBook): Owed {
  const { owers, heads } = book.of(occurrence);
  const { key, proposal, state, opensAt, dueAt } = occurrence;
  return { key, proposal, state, opensAt, dueAt, owers, heads };
}

export function noticeLine(
  { kind, dueAt }: Pick<Line, 'kind' | 'dueAt'>,
  occurrence: CampaignOccurrence,
  places: ReadonlyMap<string, string>,
): NoticeLine {
  const { key, campaignId, itemId, areaId, title } = occurrence;
  const place = areaId === null ? null : (places.get(areaId) ?? null);
  return { kind, occurrence: key, campaignId, itemId, areaId, title, place, dueAt };
}

/** Channels a person wishes and has. */
export const wishedReach = (reach: store.Reach | undefined, choices: Choices, mailWorks: boolean) => ({
  subscriptions: choices.push ? (reach?.subscriptions ?? []) : [],
  mail: choices.mail && mailWorks && reach?.hasEmail === true,
});

/** @returns how many notices were made */
export async function planReminders(
  trx: WardTransaction,
  ports: ReminderPorts,
  now: number,
  mailWorks: boolean,
): Promise<number> {
  await store.takePlanning(trx);
  const occurrences = await ports.occurrences(trx, now, daysAround(now));
  const live = occurrences.filter(({ proposal, dueAt }) => !proposal && dueAt !== null);
  if (live.length === 0) return 0;
  const book = await store.responsibilityBook(trx, now);
  const choicesOf = await store.allChoices(trx);
  const said = await store.whatWasSaid(trx, now);
  const notices = noticesOwed(
    live.map((one) => owedOf(one, book)),
    choicesOf,
    said,
    now,
  );
  if (notices.length === 0) return 0;
  const byKey = new Map(live.map((one) => [one.key, one]));
  const places = await store.placeNames(trx);
  const reach = await store.reachOf(
    trx,
    notices.map(({ personId }) => personId),
  );
  const machineNow = machineClock.now();
  const reminders = notices.map(({ id, personId, lines, expiresAt }) => ({
    id,
    personId,
    origin: 'rule' as const,
    lines: lines.flatMap((line) => {
      const occurrence = byKey.get(line.occurrence);
      return occurrence ? [noticeLine(line, occurrence, places)] : [];
    }),
    expiresAt,
    campaignAt: now,
    askedBy: null,
  }));
  const made = await store.insertReminders(trx, reminders, machineNow);
  await store.planDeliveries(
    trx,
    reminders
      .filter(({ id }) => made.has(id))
      .map(({ id, personId }) => ({
        reminderId: id,
        ...wishedReach(reach.get(personId), choicesOf(personId), mailWorks),
      })),
    machineNow,
  );
  return made.size;
}
