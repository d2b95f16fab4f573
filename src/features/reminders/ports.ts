// What reminding asks of the rest of the house; the roof plugs it in, so that this feature knows no other.
import type { ClosedRange } from '#core/calendar.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { CampaignOccurrence } from '#features/reminders/responsible.ts';

export interface ReminderPorts {
  /** Of every running campaign: what falls due on these days, as it stands at `now`. */
  occurrences(trx: WardTransaction, now: number, days: ClosedRange): Promise<readonly CampaignOccurrence[]>;
  /** The page on which the duty is seen and done. */
  pageOf(occurrence: Pick<CampaignOccurrence, 'key' | 'campaignId' | 'itemId' | 'areaId'>): string;
}
