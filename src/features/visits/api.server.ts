// The office's doors of visits. What phones send comes in through sync.
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import * as shape from '#features/visits/office-schema.ts';
import { listFlags, review, takeBackDay, takeBackVisit } from '#features/visits/office.server.ts';

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
];
