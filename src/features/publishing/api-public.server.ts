// What anybody may read: approved texts of a ward within their days, and the feeds of them. Nothing else of the ward can
// be reached here: the ward comes from its public code, the texts from one condition (`publicVersion`).
import { problem, type Problem } from '#core/problem.ts';
import { atomFeed, jsonFeed, sitemap } from '#features/publishing/feeds.server.ts';
import { readPortal, readPublicItems, readPublicText } from '#features/publishing/reading.server.ts';
import * as shape from '#features/publishing/schema.ts';
import type { Portal, PortalItem } from '#features/publishing/schema.ts';
import { open, RawReply } from '#platform/api/endpoint.server.ts';
import type { Endpoint, OpenCall } from '#platform/api/endpoint.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import { wardOfAddress } from '#platform/wards.server.ts';

const OPEN = 'the ward tells its people; only approved texts';

const noWard = () => problem('publishing.no-such-ward', { status: 404 });

async function inWard<T>(
  { runtime }: OpenCall,
  code: string,
  work: (trx: WardTransaction, portal: Portal) => Promise<T>,
): Promise<T | Problem> {
  const ward = await wardOfAddress(runtime.database, code);
  if (ward === null) return noWard();
  return runtime.database.inWard(ward, async (trx) => work(trx, await readPortal(trx, code, runtime.origin)));
}

/** A minute old at most: a withdrawn alert must not live on in caches. */
const file = (body: string, type: string): RawReply =>
  new RawReply(
    new Response(body, { headers: { 'content-type': type, 'cache-control': 'public, max-age=60' } }),
  );

const feed = (
  path: string,
  summary: string,
  media: string,
  write: (portal: Portal, items: readonly PortalItem[]) => string,
): Endpoint =>
  open({
    method: 'get',
    path,
    summary,
    open: OPEN,
    params: shape.PortalPath,
    media,
    handle: (call, { params }) =>
      inWard(call, params.code, async (trx, portal) =>
        file(write(portal, await readPublicItems(trx, call.now, {})), `${media}; charset=utf-8`),
      ),
  });

export const publicEndpoints: readonly Endpoint[] = [
  open({
    method: 'get',
    path: '/portals/:code',
    summary: "The ward's public texts, newest first, by words or by pillar",
    open: OPEN,
    params: shape.PortalPath,
    query: shape.PortalQuery,
    reply: shape.PortalReply,
    handle: (call, { params, query }) =>
      inWard(call, params.code, async (trx, portal) => ({
        portal,
        items: await readPublicItems(trx, call.now, query),
      })),
  }),
  open({
    method: 'get',
    path: '/portals/:code/texts/:slug',
    summary: 'One public text; a withdrawn one says so',
    open: OPEN,
    params: shape.PortalTextPath,
    reply: shape.PortalTextReply,
    handle: (call, { params }) =>
      inWard(call, params.code, async (trx, portal) => {
        const found = await readPublicText(trx, call.now, params.slug);
        return found ? { portal, ...found } : problem('publishing.no-such-text', { status: 404 });
      }),
  }),
  feed('/portals/:code/feed.atom', 'The same as an Atom feed', 'application/atom+xml', atomFeed),
  feed('/portals/:code/feed.json', 'The same as a JSON Feed', 'application/feed+json', (portal, items) =>
    JSON.stringify(jsonFeed(portal, items)),
  ),
  feed('/portals/:code/sitemap.xml', 'Public addresses for search engines', 'application/xml', sitemap),
];
