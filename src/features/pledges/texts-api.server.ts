// Doors of the texts that households sign.
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import * as shape from '#features/pledges/texts-schema.ts';
import * as texts from '#features/pledges/texts.server.ts';

const PATH = '/wards/:ward/campaigns/:campaign/pledge-texts';

export const textEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: PATH,
    summary: 'The texts of a campaign that households sign, newest first',
    action: 'campaign.read',
    params: shape.TextsPath,
    reply: shape.TextsReply,
    handle: (call, { params }) => texts.readTexts(call, params.campaign),
  }),
  guarded({
    method: 'post',
    path: PATH,
    summary: 'A further text with the day from which it is signed; one that was written is never changed',
    action: 'campaign.edit',
    params: shape.TextsPath,
    target: async (call: Call, { params }) => ({
      unitId: (await texts.leadOf(call, params.campaign)) ?? null,
    }),
    body: shape.TextWish,
    reply: shape.TextMade,
    status: 201,
    handle: (call, { params, body }) => texts.writeText(call, params.campaign, body),
  }),
];
