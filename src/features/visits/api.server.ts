// The office's doors of visits. What phones send comes in through sync.
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import * as shape from '#features/visits/office-schema.ts';
import * as rounds from '#features/visits/rounds-schema.ts';
import { addRounds, cancelRound, readRounds } from '#features/visits/rounds.server.ts';
import { listFlags, review, takeBackDay, takeBackVisit } from '#features/visits/office.server.ts';

const AREA = '/wards/:ward/campaigns/:campaign/areas/:area/rounds';
const onArea = (_: Call, { params }: { params: { area: string } }) => ({ areaPath: [params.area] });
const BASE = '/wards/:ward/campaigns/:campaign/visits';

export const visitEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: `${BASE}/flags`,
    summary: 'Visits somebody should look at twice, by person and day',
    action: 'households.read',
    scoped: true,
    params: shape.CampaignPath,
    reply: shape.FlagsReply,
    handle: (call, { params }) => listFlags(call, params.campaign),
  }),
  guarded({
    method: 'post',
    path: `${BASE}/review`,
    summary: 'Looked at, and well',
    action: 'visits.take-back',
    scoped: true,
    params: shape.CampaignPath,
    body: shape.ReviewWish,
    reply: shape.ReviewedReply,
    handle: (call, { params, body }) => review(call, params.campaign, body.visits),
  }),
  guarded({
    method: 'post',
    path: `${BASE}/take-back`,
    summary: 'Takes one visit out of the figures, with a reason',
    action: 'visits.take-back',
    scoped: true,
    params: shape.CampaignPath,
    body: shape.TakeBackWish,
    reply: shape.TakenReply,
    handle: (call, { params, body }) => takeBackVisit(call, params.campaign, body),
  }),
  guarded({
    method: 'post',
    path: `${BASE}/take-back-day`,
    summary: 'Takes a person’s whole day in a group out of the figures, with a reason',
    action: 'visits.take-back',
    scoped: true,
    params: shape.CampaignPath,
    body: shape.TakeBackDayWish,
    reply: shape.TakenReply,
    handle: (call, { params, body }) => takeBackDay(call, params.campaign, body),
  }),
  guarded({
    method: 'get',
    path: AREA,
    summary: 'Which lane on which evening, by whom; names and no telephones',
    action: 'households.read',
    params: rounds.RoundsPath,
    target: onArea,
    reply: rounds.RoundsReply,
    handle: (call, { params }) => readRounds(call, params.campaign, params.area),
  }),
  guarded({
    method: 'post',
    path: AREA,
    summary: 'Lanes for an evening; the same id again is the same plan',
    action: 'visits.schedule',
    params: rounds.RoundsPath,
    target: onArea,
    body: rounds.RoundWish,
    reply: rounds.RoundsDone,
    status: 201,
    handle: (call, { params, body }) => addRounds(call, params.campaign, params.area, body),
  }),
  guarded({
    method: 'post',
    path: `${AREA}/:round/cancel`,
    summary: 'A lane is not walked that evening after all',
    action: 'visits.schedule',
    params: rounds.RoundPath,
    target: onArea,
    reply: rounds.RoundsDone,
    handle: (call, { params }) => cancelRound(call, params.area, params.round),
  }),
];
