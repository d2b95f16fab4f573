// Doors of the calendar: lists for a day or weeks, boards of chips, counts for a year, one occurrence, the campaign.
import { z } from 'zod';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import { readBoard, readCalendar, readToday } from '#features/evidence/calendar.server.ts';
import * as shape from '#features/evidence/calendar-schema.ts';
import { readOccurrence, readOverview, readSummary } from '#features/evidence/overview.server.ts';

const CampaignPath = z.object({ ward: z.coerce.number().int(), campaign: z.uuid() });

export const calendarEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/calendar',
    summary: 'Duties × groups × days with due times, states and evidence; the week of today unless told',
    action: 'evidence.read',
    scoped: true,
    params: CampaignPath,
    query: shape.CalendarQuery,
    reply: shape.CalendarReply,
    handle: (call, { params, query }) => readCalendar(call, params.campaign, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/calendar/today',
    summary: 'What is owed today, late first, with what fell due before and can still be made good',
    action: 'evidence.read',
    scoped: true,
    params: CampaignPath,
    query: shape.TodayQuery,
    reply: shape.CalendarReply,
    handle: (call, { params, query }) => readToday(call, params.campaign, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/calendar/board',
    summary: 'The same put together as chips: rows are units or groups',
    action: 'evidence.read',
    scoped: true,
    params: CampaignPath,
    query: shape.BoardQuery,
    reply: shape.BoardReply,
    handle: (call, { params, query }) => readBoard(call, params.campaign, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/calendar/summary',
    summary: 'Counts by state: units × days and groups × days, up to two years',
    action: 'campaign.read-summaries',
    scoped: true,
    params: CampaignPath,
    query: shape.SummaryQuery,
    reply: shape.SummaryReply,
    handle: (call, { params, query }) => readSummary(call, params.campaign, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/calendar/occurrence',
    summary: 'One occurrence: the words of the plan, evidence, what was taken back, excuses',
    action: 'evidence.read',
    scoped: true,
    params: CampaignPath,
    query: shape.OccurrenceQuery,
    reply: shape.OccurrenceReply,
    handle: (call, { params, query }) => readOccurrence(call, params.campaign, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/campaigns/:campaign/overview',
    summary:
      'The campaign on one page: targets with what is known, duties, reports, what is late, dated acts',
    action: 'evidence.read',
    params: CampaignPath,
    reply: shape.OverviewReply,
    handle: (call, { params }) => readOverview(call, params.campaign),
  }),
];
