// Whether a post's link still opens. Only public addresses are asked, on the web's own ports, and the address that was
// judged is the one connected to, so that a link cannot make this machine ask its own network. What is not clear (asks for
// a sign-in, does not answer, too many requests) is "unknown": a page that hides from machines may stand all the same.
import { lookup } from 'node:dns';
import { request as plainRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { LookupFunction } from 'node:net';

export const LINK_STATES = ['stands', 'gone', 'unknown'] as const;
export type LinkState = (typeof LINK_STATES)[number];

/** Where a link may lead. */
export interface Reach {
  address(ip: string): boolean;
  port(port: number): boolean;
}

// A list each: in one, the block of mapped addresses would hold every address of the old kind.
const [NOT_PUBLIC_4, NOT_PUBLIC_6] = [new BlockList(), new BlockList()];
// RFC 6890 and those added since.
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  NOT_PUBLIC_4.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  NOT_PUBLIC_6.addSubnet(net, prefix, 'ipv6');

export const THE_WEB: Reach = {
  address(ip) {
    const kind = isIP(ip);
    if (kind === 4) return !NOT_PUBLIC_4.check(ip, 'ipv4');
    return kind === 6 && !NOT_PUBLIC_6.check(ip, 'ipv6');
  },
  port: (port) => port === 80 || port === 443,
};

const TIMEOUT_MS = 8_000;
const MOST_TURNS = 5;

/** The resolver of the connection itself: an address outside the reach is as good as none. */
const guardedLookup =
  (reach: Reach): LookupFunction =>
  (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      const within = error ? [] : found.filter(({ address }) => reach.address(address));
      const [first] = within;
      if (error) done(error, '', 0);
      else if (!first) done(new Error('not a public address'), '', 0);
      else if (options.all === true) done(null, within);
      else done(null, first.address, first.family);
    });
  };

function head(url: URL, reach: Reach, timeoutMs: number): Promise<IncomingMessage | null> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
  // A literal address is never looked up, so it is judged here.
  if (!reach.port(port) || (isIP(host) !== 0 && !reach.address(host))) return Promise.resolve(null);
  const ask = url.protocol === 'https:' ? tlsRequest : plainRequest;
  return new Promise((resolve) => {
    const asked = ask(
      url,
      {
        lookup: guardedLookup(reach),
        signal: AbortSignal.timeout(timeoutMs),
        headers: { accept: 'text/html,*/*', 'user-agent': 'TungNha link check' },
      },
      (response) => {
        // Only whether it opens: nothing of the page is read.
        response.destroy();
        resolve(response);
      },
    );
    asked.on('error', () => resolve(null));
    asked.end();
  });
}

/** @param link an address of the web; anything else is unknown */
export async function lookAt(
  link: string,
  reach: Reach = THE_WEB,
  timeoutMs = TIMEOUT_MS,
): Promise<LinkState> {
  let url = URL.canParse(link) ? new URL(link) : null;
  for (let turn = 0; turn <= MOST_TURNS; turn++) {
    if (!url || !/^https?:$/.test(url.protocol)) return 'unknown';
    const response = await head(url, reach, timeoutMs);
    const status = response?.statusCode ?? 0;
    const { location } = response?.headers ?? {};
    if (status >= 300 && status < 400 && location !== undefined && URL.canParse(location, url)) {
      url = new URL(location, url);
      continue;
    }
    if (status === 404 || status === 410) return 'gone';
    return status >= 200 && status < 300 ? 'stands' : 'unknown';
  }
  return 'unknown';
}
