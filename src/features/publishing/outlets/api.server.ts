// Doors of connected accounts and of posts the product carries itself.
import * as commands from '#features/publishing/outlets/commands.server.ts';
import * as shape from '#features/publishing/outlets/schema.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

const connecting: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/outlets',
    summary: 'Accounts at providers that are connected, and whether they work; never their keys',
    action: 'publishing.settings',
    params: shape.WardPath,
    reply: shape.AccountsReply,
    handle: (call) => commands.readAccounts(call),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/outlets',
    summary: 'Connect an account: its keys are sealed at once and tried within a minute',
    action: 'publishing.settings',
    params: shape.WardPath,
    body: shape.NewAccount,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { body }) => commands.connectAccount(call, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/outlets/:account/end',
    summary: 'Forget an account and its keys; posts that wait stay and say so',
    action: 'publishing.settings',
    params: shape.AccountPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.endAccount(call, params.account),
  }),
  guarded({
    method: 'put',
    path: '/wards/:ward/channels/:channel/link',
    summary: 'Say through which account and in which way a channel is posted in',
    action: 'publishing.settings',
    params: shape.ChannelPath,
    body: shape.LinkBody,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.linkChannel(call, params.channel, body),
  }),
  guarded({
    method: 'delete',
    path: '/wards/:ward/channels/:channel/link',
    summary: 'From now on a person posts in this channel',
    action: 'publishing.settings',
    params: shape.ChannelPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.unlinkChannel(call, params.channel),
  }),
];

const sending = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/channels/:channel/sends',
    summary: 'How this channel is connected, and its posts on their way',
    action: 'publishing.read',
    params: shape.ChannelPath,
    reply: shape.SendsReply,
    handle: (call, { params }) => commands.readSends(call, params.channel),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/sends',
    summary: 'Post an approved text through the connected account; counts once it stands there',
    action: 'publishing.post',
    scoped: true,
    params: shape.ChannelPath,
    body: shape.NewSend,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.askSend(call, ports, params.channel, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/sends/:send/settle',
    summary: 'Say whether a post whose fate is not known stands there',
    action: 'publishing.post',
    scoped: true,
    params: shape.SendPath,
    body: shape.SettleBody,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.settleSend(call, ports, params.send, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/sends/:send/again',
    summary: 'Try again a post that surely was not posted',
    action: 'publishing.post',
    scoped: true,
    params: shape.SendPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.sendAgain(call, params.send),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/sends/:send/cancel',
    summary: 'Give up a post that has not begun',
    action: 'publishing.post',
    scoped: true,
    params: shape.SendPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.cancelSend(call, params.send),
  }),
];

export const outletEndpoints = (ports: PublishingPorts): readonly Endpoint[] => [
  ...connecting,
  ...sending(ports),
];
