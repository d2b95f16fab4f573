// Doors of channels and posts.
import * as commands from '#features/publishing/channels.server.ts';
import * as shape from '#features/publishing/channels-schema.ts';
import { askLinks } from '#features/publishing/links/jobs.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { groupsWithoutChat } from '#features/publishing/store-channels.server.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

const reading = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/channels',
    summary: 'Every channel: last post, what the plan asks of it in this period, the shortfall foreseen',
    action: 'publishing.read-channels',
    scoped: true,
    params: shape.WardPath,
    reply: shape.ChannelsReply,
    handle: async (call) => ({
      channels: await commands.readChannels(call, ports),
      groupsWithoutChat: call.may('publishing.change-channels') ? await groupsWithoutChat(call.trx) : [],
      may: { change: call.may('publishing.change-channels') },
    }),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/channels/:channel',
    summary: 'One channel with its posts and what should be looked at',
    action: 'publishing.read',
    params: shape.ChannelPath,
    reply: shape.ChannelReply,
    handle: (call, { params }) => commands.readChannel(call, ports, params.channel),
  }),
];

const changing: Endpoint[] = [
  guarded({
    method: 'post',
    path: '/wards/:ward/channels',
    summary: 'Open a channel of a unit or a group',
    action: 'publishing.change-channels',
    params: shape.WardPath,
    body: shape.NewChannel,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { body }) => commands.openChannel(call, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/group-chats',
    summary: 'Open a Zalo group for every residential group that has none',
    action: 'publishing.change-channels',
    params: shape.WardPath,
    reply: shape.Opened,
    handle: (call) => commands.openGroupChats(call),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/close',
    summary: 'Close a channel; its posts stay',
    action: 'publishing.change-channels',
    params: shape.ChannelPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.closeChannel(call, params.channel),
  }),
];

const posting = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/posts',
    summary:
      'Say that something was posted there, with a link, a picture or only the time; counts for every duty that asks',
    action: 'publishing.post',
    scoped: true,
    params: shape.ChannelPath,
    body: shape.NewPost,
    reply: shape.Posted,
    status: 201,
    handle: (call, { params, body }) => commands.postIn(call, ports, params.channel, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/links/look',
    summary:
      'Open the links of the newest posts in the background; a dead one is marked for a person to look at',
    action: 'publishing.post',
    scoped: true,
    params: shape.ChannelPath,
    reply: shape.LinksAsked,
    handle: (call, { params }) => askLinks(call, params.channel),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/posts/:post/confirm',
    summary: 'Another keeper of the channel saw the post',
    action: 'publishing.post',
    scoped: true,
    params: shape.PostPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.confirmPost(call, params.post),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/posts/:post/undo',
    summary: 'Take a post back, and its evidence with it',
    action: 'publishing.post',
    scoped: true,
    params: shape.PostPath,
    body: shape.UndoBody,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.undoPost(call, ports, params.post, body.reason),
  }),
];

export const channelEndpoints = (ports: PublishingPorts): readonly Endpoint[] => [
  ...reading(ports),
  ...changing,
  ...posting(ports),
];
