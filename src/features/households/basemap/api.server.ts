// The ward's own map beneath its doors.
import { guarded } from '#platform/api/endpoint.server.ts';
import type { Endpoint } from '#platform/api/endpoint.server.ts';
import * as basemap from '#features/households/basemap/basemap.server.ts';
import { WardPath } from '#features/households/office-schema.ts';
import { BasemapReply, LARGEST_BASEMAP, TilePath } from '#features/households/basemap/schema.ts';

const PATH = '/wards/:ward/basemap';

export const basemapEndpoints: readonly Endpoint[] = [
  guarded({
    method: 'get',
    path: PATH,
    summary: "The ward's own file of map tiles, if it gave one",
    action: 'coverage.read',
    scoped: true,
    params: WardPath,
    reply: BasemapReply,
    handle: (call) => basemap.readBasemap(call),
  }),
  guarded({
    method: 'post',
    path: PATH,
    summary: 'Bring a file of map tiles (PMTiles, field `file` of a form), in place of an earlier one',
    action: 'basemap.change',
    params: WardPath,
    reply: BasemapReply,
    limit: LARGEST_BASEMAP + 4_096,
    handle: (call) => basemap.bringBasemap(call),
  }),
  guarded({
    method: 'delete',
    path: PATH,
    summary: 'Take the file of map tiles away',
    action: 'basemap.change',
    params: WardPath,
    reply: BasemapReply,
    handle: (call) => basemap.removeBasemap(call),
  }),
  guarded({
    method: 'get',
    path: `${PATH}/:tiles/:z/:x/:y`,
    summary: 'One tile of the map',
    action: 'coverage.read',
    scoped: true,
    params: TilePath,
    media: 'application/octet-stream',
    handle: (call, { params: at }) => basemap.sendTile(call, at),
  }),
];
