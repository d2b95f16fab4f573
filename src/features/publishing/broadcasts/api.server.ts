// Doors of the loudspeakers' schedule and of recordings.
import * as commands from '#features/publishing/broadcasts/commands.server.ts';
import * as exports from '#features/publishing/broadcasts/exports.server.ts';
import * as recordings from '#features/publishing/broadcasts/recordings.server.ts';
import * as shape from '#features/publishing/broadcasts/schema.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

const READ = { action: 'publishing.read-channels', scoped: true } as const;
const PLAY = { action: 'publishing.post', scoped: true } as const;

const schedule = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/broadcasts',
    summary: 'What is played where and when, with its script, and the hours the plan asks for',
    ...READ,
    params: shape.WardPath,
    query: shape.ListQuery,
    reply: shape.ListReply,
    handle: (call, { query }) => commands.readBroadcasts(call, ports, query),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/broadcasts',
    summary: 'Plan a text for every day of a stretch at the given hours; an hour that is taken stays',
    ...PLAY,
    params: shape.ChannelPath,
    body: shape.PlanBody,
    reply: shape.PlannedReply,
    status: 201,
    handle: (call, { params, body }) => commands.planBroadcasts(call, params.channel, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/broadcasts/:broadcast/cancel',
    summary: 'Call one broadcast off',
    ...PLAY,
    params: shape.BroadcastPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.cancelBroadcast(call, params.broadcast),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/broadcasts/:broadcast/played',
    summary: 'Say that it was played: one post, evidence of every duty that asks for it',
    ...PLAY,
    params: shape.BroadcastPath,
    body: shape.PlayedBody,
    reply: shape.Posted,
    status: 201,
    handle: (call, { params, body }) => commands.sayPlayed(call, ports, params.broadcast, body),
  }),
];

const files = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/channels/:channel/broadcasts.ics',
    summary: 'A cluster’s broadcasts as a calendar, the script in each entry',
    ...READ,
    params: shape.ChannelPath,
    query: shape.RangeQuery,
    media: 'text/calendar',
    handle: (call, { params, query }) => exports.calendarFile(call, ports, params.channel, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/channels/:channel/playlist.m3u8',
    summary: 'A cluster’s broadcasts that have a recording, as a playlist',
    ...READ,
    params: shape.ChannelPath,
    query: shape.RangeQuery,
    media: 'audio/x-mpegurl',
    handle: (call, { params, query }) => exports.playlistFile(call, ports, params.channel, query),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/channels/:channel/playlist.zip',
    summary: 'The playlist with its sound and the scripts, for an amplifier’s stick',
    ...READ,
    params: shape.ChannelPath,
    query: shape.RangeQuery,
    media: 'application/zip',
    handle: (call, { params, query }) => exports.stickFile(call, ports, params.channel, query),
  }),
];

const sound: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/texts/:text/recordings',
    summary: 'Recordings of a text, and whether this machine has a voice',
    action: 'publishing.read',
    params: shape.TextPath,
    reply: shape.RecordingsReply,
    handle: (call, { params }) => recordings.readRecordings(call, params.text),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/texts/:text/recordings',
    summary: 'Bring a recording (field `recording` of a form) of the text as it is public',
    action: 'publishing.write',
    params: shape.TextPath,
    reply: shape.IdReply,
    status: 201,
    limit: recordings.LARGEST_SOUND + 4_096,
    handle: (call, { params }) => recordings.bringRecording(call, params.text),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/texts/:text/recordings/voice',
    summary: 'Have this machine’s voice read the script, in the background',
    action: 'publishing.write',
    params: shape.TextPath,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params }) => recordings.askVoice(call, params.text),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/recordings/:recording/file',
    summary: 'The sound of a recording',
    action: 'publishing.read',
    params: shape.RecordingPath,
    media: 'audio/*',
    handle: (call, { params }) => recordings.sendRecording(call, params.recording),
  }),
];

export const broadcastEndpoints = (ports: PublishingPorts): readonly Endpoint[] => [
  ...schedule(ports),
  ...files(ports),
  ...sound,
];
