import { askPortal } from '../portal.server.ts';
import { PortalReply } from '#features/publishing/schema.ts';
import type { RequestHandler } from './$types';

/** Makes the ward's page a place on the home screen of a phone. */
export const GET: RequestHandler = async (event) => {
  const { portal } = await askPortal(event, '', PortalReply);
  const manifest = {
    name: portal.ward,
    short_name: portal.ward.slice(0, 24),
    lang: 'vi',
    start_url: `/${portal.code}`,
    scope: `/${portal.code}`,
    // The address stays in sight: it is how a citizen checks that the page is the ward's.
    display: 'minimal-ui',
    background_color: '#fffdf8',
    theme_color: '#0b5a5e',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/favicon.svg', sizes: 'any', type: 'image/svg+xml' },
    ],
  };
  return new Response(JSON.stringify(manifest), { headers: { 'content-type': 'application/manifest+json' } });
};
