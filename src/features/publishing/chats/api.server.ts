// Doors of the groups' Zalo groups.
import * as commands from '#features/publishing/chats/commands.server.ts';
import * as lists from '#features/publishing/chats/member-list.server.ts';
import * as shape from '#features/publishing/chats/schema.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

const reading = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/chats',
    summary: 'Every group’s Zalo group: what it lacks, which households it reaches; the ward’s sum',
    action: 'publishing.read-channels',
    scoped: true,
    params: shape.WardPath,
    reply: shape.ChatsReply,
    handle: (call) => commands.readChats(call, ports),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/channels/:channel/chat',
    summary: 'One group’s Zalo group: keepers, settings, invitation, moderation, households',
    action: 'publishing.read-channels',
    scoped: true,
    params: shape.ChannelPath,
    reply: shape.ChatReply,
    handle: (call, { params }) => commands.readChat(call, ports, params.channel),
  }),
];

const keeping: Endpoint[] = [
  guarded({
    method: 'put',
    path: '/wards/:ward/channels/:channel/chat',
    summary: 'Say how the Zalo group is set up',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.ChannelPath,
    body: shape.SettingsBody,
    reply: shape.IdReply,
    handle: (call, { params, body }) => commands.changeSettings(call, params.channel, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/chat/keepers',
    summary: 'Add a head or deputy of the Zalo group',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.ChannelPath,
    body: shape.NewKeeper,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.addKeeper(call, params.channel, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/chat/keepers/:keeper/end',
    summary: 'Somebody no longer keeps the Zalo group',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.KeeperPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.endKeeper(call, params.channel, params.keeper),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/chat/moderations',
    summary: 'Write down what was done to keep the Zalo group clean',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.ChannelPath,
    body: shape.NewModeration,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.addModeration(call, params.channel, body),
  }),
];

const memberLists = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/channels/:channel/chat/member-lists',
    summary: 'Member lists that were confirmed: when, by whom, how many households',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.ChannelPath,
    reply: shape.ListsReply,
    handle: (call, { params }) => lists.readMemberLists(call, params.channel),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/chat/member-lists/read',
    summary: 'Hold a pasted member list against the group’s households; writes nothing and keeps nothing',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.ChannelPath,
    body: shape.MemberListBody,
    reply: shape.MemberListReply,
    handle: (call, { params, body }) => lists.readMemberList(call, ports, params.channel, body.text),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/chat/member-lists',
    summary: 'Say which households are in the Zalo group, as found in a member list',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.ChannelPath,
    body: shape.ConfirmBody,
    reply: shape.Confirmed,
    status: 201,
    handle: (call, { params, body }) => lists.confirmMemberList(call, ports, params.channel, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/chat/member-lists/:list/undo',
    summary: 'Take back what was confirmed from one member list',
    action: 'publishing.keep-chats',
    scoped: true,
    params: shape.ListPath,
    reply: shape.Undone,
    handle: (call, { params }) => lists.undoMemberList(call, params.channel, params.list),
  }),
];

export const chatEndpoints = (ports: PublishingPorts): readonly Endpoint[] => [
  ...reading(ports),
  ...keeping,
  ...memberLists(ports),
];
