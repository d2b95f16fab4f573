// Doors of the texts that households sign.
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Call, Endpoint } from '#platform/api/endpoint.server.ts';
import * as recording from '#features/pledges/recording.server.ts';
import * as shape from '#features/pledges/texts-schema.ts';
import * as texts from '#features/pledges/texts.server.ts';

const PATH = '/wards/:ward/campaigns/:campaign/pledge-texts';

const ofLead = async (call: Call, { params }: { readonly params: { readonly campaign: string } }) => ({
  unitId: (await texts.leadOf(call, params.campaign)) ?? null,
});

const RECORDING = `${PATH}/:version/recording`;

const recordingEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: RECORDING,
    summary: 'A text as it is read aloud, for whoever cannot read it',
    action: 'campaign.read',
    params: shape.TextPath,
    media: 'audio/*',
    handle: (call, { params }) => recording.sendRecording(call, params.campaign, params.version),
  }),
  guarded({
    method: 'post',
    path: RECORDING,
    summary: 'Bring the recording (field `recording` of a form) of a text, in place of an earlier one',
    action: 'campaign.edit',
    params: shape.TextPath,
    target: ofLead,
    reply: shape.TextMade,
    status: 201,
    limit: recording.LARGEST_RECORDING + 4_096,
    handle: (call, { params }) => recording.bringRecording(call, params.campaign, params.version),
  }),
  guarded({
    method: 'post',
    path: `${RECORDING}/voice`,
    summary: 'Have this machine’s voice read a text, in the background',
    action: 'campaign.edit',
    params: shape.TextPath,
    target: ofLead,
    reply: shape.TextMade,
    status: 201,
    handle: (call, { params }) => recording.askVoice(call, params.campaign, params.version),
  }),
  guarded({
    method: 'post',
    path: `${RECORDING}/remove`,
    summary: 'Take a recording away; phones drop it at their next sending',
    action: 'campaign.edit',
    params: shape.TextPath,
    target: ofLead,
    reply: shape.TextMade,
    handle: (call, { params }) => recording.removeRecording(call, params.campaign, params.version),
  }),
];

export const textEndpoints: readonly Endpoint[] = [
  ...recordingEndpoints,
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
    target: ofLead,
    body: shape.TextWish,
    reply: shape.TextMade,
    status: 201,
    handle: (call, { params, body }) => texts.writeText(call, params.campaign, body),
  }),
];
