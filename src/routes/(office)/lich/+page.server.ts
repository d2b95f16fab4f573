import { BoardReply, SummaryReply } from '#features/evidence/calendar-schema.ts';
import { dayOf } from '#core/clock.ts';
import { runtime } from '#platform/runtime.server.ts';
import { ask } from '../../ask.server.ts';
import { chooseCampaign, filtersOf, loadPeople } from '../../calendar.server.ts';
import { excuseOccurrence, loadSheet, recordOccurrence, undoRecord } from '../../occurrence.server.ts';
import type { Actions, PageServerLoad } from './$types';
import { askedIn, rangeOf } from './view.ts';

const NOTHING = { shown: null, campaigns: [], people: null, sheet: null };

export const load: PageServerLoad = async (event) => {
  const campaign = await chooseCampaign(event);
  if (!campaign || campaign.chosen.state === 'draft') return NOTHING;
  const asked = askedIn(event.url.searchParams, dayOf(runtime().campaignClock.now()));
  const range = rangeOf(asked, { from: campaign.chosen.fromOn, to: campaign.chosen.toOn });
  // Of the whole campaign only counts are drawn; one day is asked for the names beside them.
  const board = filtersOf(event);
  board.set('by', asked.by);
  board.set('from', asked.view === 'dot' ? asked.day : range.from);
  board.set('to', asked.view === 'dot' ? asked.day : range.to);
  const counts = filtersOf(event);
  counts.delete('person');
  counts.set('from', range.from);
  counts.set('to', range.to);
  const [shown, summary, people, sheet] = await Promise.all([
    ask(event, `${campaign.base}/calendar/board?${board.toString()}`, BoardReply),
    asked.view === 'dot'
      ? ask(event, `${campaign.base}/calendar/summary?${counts.toString()}`, SummaryReply)
      : null,
    loadPeople(event),
    loadSheet(event, campaign.chosen.id),
  ]);
  return { shown: { asked, range, board: shown, summary }, campaigns: campaign.choices, people, sheet };
};

export const actions: Actions = { record: recordOccurrence, undo: undoRecord, excuse: excuseOccurrence };
