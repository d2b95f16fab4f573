import { CalendarReply } from '#features/evidence/calendar-schema.ts';
import { ask } from '../../ask.server.ts';
import { chooseCampaign, filtersOf, loadPeople } from '../../calendar.server.ts';
import { excuseOccurrence, loadSheet, recordOccurrence, undoRecord } from '../../occurrence.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
  const campaign = await chooseCampaign(event);
  // A campaign without a confirmed plan owes nothing yet, and its calendar would only be refused.
  if (!campaign || campaign.chosen.state === 'draft')
    return {
      campaign: campaign?.chosen ?? null,
      today: null,
      sheet: null,
      people: null,
      campaigns: [],
      ward: 0,
    };
  const [today, people, sheet] = await Promise.all([
    ask(event, `${campaign.base}/calendar/today?${filtersOf(event).toString()}`, CalendarReply),
    loadPeople(event),
    loadSheet(event, campaign.chosen.id),
  ]);
  return {
    campaign: campaign.chosen,
    today,
    sheet,
    people,
    campaigns: campaign.choices,
    ward: event.locals.actor?.wardId ?? 0,
  };
};

export const actions: Actions = { record: recordOccurrence, undo: undoRecord, excuse: excuseOccurrence };
