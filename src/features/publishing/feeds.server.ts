// Feeds of the public pages: Atom (RFC 4287), JSON Feed 1.1 and a sitemap, from the same list the pages show.
import type { Portal, PortalItem } from '#features/publishing/schema.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const xml = (text: string): string =>
  // Characters XML 1.0 does not allow at all would make the whole feed unreadable.
  text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll(/[&<>"']/g, (one) => ESCAPES[one] ?? one);

const home = ({ origin, code }: Portal): string => `${origin}/${code}`;
const addressOf = (portal: Portal, { slug }: PortalItem): string => `${home(portal)}/bai/${slug}`;
/** Lasts when the host changes: the ward's code and the text's place, dated as RFC 4151 asks. */
const tag = (portal: Portal, rest: string): string =>
  `tag:${new URL(portal.origin).hostname},2025:${portal.code}${rest}`;

export function atomFeed(portal: Portal, items: readonly PortalItem[]): string {
  const updated = items[0]?.publishedAt ?? '2025-01-01T00:00:00.000Z';
  const entries = items.map(
    (item) => `  <entry>
    <id>${xml(tag(portal, `/bai/${item.slug}`))}</id>
    <title>${xml(item.title)}</title>
    <updated>${item.publishedAt}</updated>
    <link rel="alternate" type="text/html" href="${xml(addressOf(portal, item))}"/>
    <summary>${xml(item.summary)}</summary>
    <category term="${item.pillar}"/>
  </entry>`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi">
  <id>${xml(tag(portal, ''))}</id>
  <title>${xml(`${portal.ward}: phòng, chống lừa đảo`)}</title>
  <updated>${updated}</updated>
  <author><name>${xml(portal.speaker)}</name></author>
  <link rel="self" type="application/atom+xml" href="${xml(`${home(portal)}/tin.atom`)}"/>
  <link rel="alternate" type="text/html" href="${xml(home(portal))}"/>
${entries.join('\n')}
</feed>
`;
}

export const jsonFeed = (portal: Portal, items: readonly PortalItem[]) => ({
  version: 'https://jsonfeed.org/version/1.1',
  title: `${portal.ward}: phòng, chống lừa đảo`,
  home_page_url: home(portal),
  feed_url: `${home(portal)}/tin.json`,
  language: 'vi',
  authors: [{ name: portal.speaker }],
  items: items.map((item) => ({
    id: tag(portal, `/bai/${item.slug}`),
    url: addressOf(portal, item),
    title: item.title,
    summary: item.summary,
    content_text: item.summary,
    date_published: item.publishedAt,
    tags: [item.pillar],
  })),
});

/** Pages that stand whatever the library holds. */
const STANDING = ['', '/bi-lua', '/thu-doan', '/kiem-tra'] as const;

export function sitemap(portal: Portal, items: readonly PortalItem[]): string {
  const urls = [
    ...STANDING.map((path) => `  <url><loc>${xml(home(portal) + path)}</loc></url>`),
    ...items.map(
      (item) =>
        `  <url><loc>${xml(addressOf(portal, item))}</loc><lastmod>${item.publishedOn}</lastmod></url>`,
    ),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
}
