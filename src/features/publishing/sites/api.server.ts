// Doors of sites, prints and leaflets.
import type { PublishingPorts } from '#features/publishing/ports.ts';
import * as commands from '#features/publishing/sites/commands.server.ts';
import * as shape from '#features/publishing/sites/schema.ts';
import * as stock from '#features/publishing/sites/stock.server.ts';
import { pathOfArea } from '#features/publishing/store-channels.server.ts';
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';

const READ = { action: 'publishing.read-channels', scoped: true } as const;
const KEEP = { action: 'publishing.post', scoped: true } as const;

const seen: Endpoint[] = [
  guarded({
    method: 'get',
    path: '/wards/:ward/sites',
    summary: 'Places where something hangs: what, since when, its condition, when to look again',
    ...READ,
    params: shape.WardPath,
    reply: shape.SitesReply,
    handle: (call) => commands.readSites(call),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/sites/:site',
    summary: 'One place with what hung there before and every look at it',
    ...READ,
    params: shape.SitePath,
    reply: shape.SiteReply,
    handle: (call, { params }) => commands.readSite(call, params.site),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/site-checks/:check/picture',
    summary: 'The picture of a look, through the look that names it',
    ...READ,
    params: shape.CheckPath,
    media: 'image/*',
    handle: (call, { params }) => commands.sendCheckPicture(call, params.check),
  }),
];

const kept = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'post',
    path: '/wards/:ward/channels/:channel/sites',
    summary: 'Open a place under a channel of posters, banners or panels',
    ...KEEP,
    params: shape.ChannelPath,
    body: shape.NewSite,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.openSite(call, params.channel, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/sites/:site/close',
    summary: 'Nothing is hung there any more; its history stays',
    ...KEEP,
    params: shape.SitePath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.closeSite(call, params.site),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/sites/:site/hangings',
    summary: 'Say that something was hung: one post, evidence of every duty that asks for it',
    ...KEEP,
    params: shape.SitePath,
    body: shape.HangBody,
    reply: shape.Posted,
    status: 201,
    handle: (call, { params, body }) => commands.hang(call, ports, params.site, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/hangings/:hanging/take-down',
    summary: 'It was taken down',
    ...KEEP,
    params: shape.HangingPath,
    reply: shape.IdReply,
    handle: (call, { params }) => commands.takeDown(call, params.hanging),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/sites/:site/checks',
    summary: 'Somebody looked: condition, picture, remark',
    ...KEEP,
    params: shape.SitePath,
    body: shape.CheckBody,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => commands.check(call, params.site, body),
  }),
];

const prints = (ports: PublishingPorts): Endpoint[] => [
  guarded({
    method: 'get',
    path: '/wards/:ward/print-runs',
    summary: 'What was printed, given out and is left; leaflets to bring, by group',
    action: 'publishing.read',
    params: shape.WardPath,
    reply: shape.StockReply,
    handle: (call) => stock.readStock(call, ports),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/print-runs',
    summary: 'Note a print',
    action: 'publishing.write',
    params: shape.WardPath,
    body: shape.NewRun,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { body }) => stock.noteRun(call, body),
  }),
  guarded({
    method: 'post',
    path: '/wards/:ward/print-runs/:run/handouts',
    summary: 'Give out of a print, never more than is left',
    action: 'publishing.write',
    params: shape.RunPath,
    body: shape.NewHandout,
    reply: shape.IdReply,
    status: 201,
    handle: (call, { params, body }) => stock.giveOut(call, params.run, body),
  }),
  guarded({
    method: 'get',
    path: '/wards/:ward/areas/:area/leaflets',
    summary: 'Doors of a group without a smartphone, in the order of a walk',
    action: 'households.read',
    target: async (call, { params }) => ({ areaPath: await pathOfArea(call.trx, params.area) }),
    params: shape.AreaPath,
    reply: shape.LeafletReply,
    handle: (call, { params }) => stock.readLeafletDoors(call, ports, params.area),
  }),
];

export const siteEndpoints = (ports: PublishingPorts): readonly Endpoint[] => [
  ...seen,
  ...kept(ports),
  ...prints(ports),
];
