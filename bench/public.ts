// The ward's public pages, side by side with a static file of the same size on the same server: pages a second and the
// time of an answer, 32 connections kept open, the client on the same machine. Each is asked for in turns, so that what
// else the machine does falls on all alike. PUBLIC_SECONDS shortens a turn (default 5, three turns each).
import { Agent, get } from 'node:http';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { newDataDir, removeDataDir, startProduct } from '../tests/support/product.ts';
import { tell } from './figures.support.ts';

const SECONDS = Number(process.env['PUBLIC_SECONDS'] ?? 5);
const TURNS = 3;
const CONNECTIONS = 32;
const WARD = '11602';

interface Asked {
  readonly times: number[];
  bytes: number;
}
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });

const once = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(bytes)
          : reject(new Error(`${url} answered ${response.statusCode ?? 0}`)),
      );
    }).on('error', reject);
  });

async function turn(url: string, into: Asked): Promise<void> {
  const end = performance.now() + SECONDS * 1000;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() < end) {
        const begun = performance.now();
        into.bytes = await once(url);
        into.times.push(performance.now() - begun);
      }
    }),
  );
}

const dataDir = newDataDir();
const product = await startProduct({ dataDir });
const portal = await (await fetch(`${product.url}/${WARD}/thu-doan`)).text();
const slug = /\/bai\/([a-z0-9-]+)"/.exec(portal)?.[1] ?? '';
const paths = [`/${WARD}`, `/${WARD}/bi-lua`, `/${WARD}/bai/${slug}`, `/${WARD}/tin.atom`];
const size = await once(`${product.url}/${WARD}`);
// The built file nearest in size, as the server gives it: unpacked, like the pages to a client that takes no packing.
const client = join(import.meta.dirname, '../build/client');
const near = (path: string) => Math.abs(statSync(join(client, path)).size - size);
const [file = ''] = readdirSync(client, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.startsWith('_app/') && /\.(?:js|css|woff2?)$/.test(path))
  .sort((a, b) => near(a) - near(b));
try {
  const asked = new Map<string, Asked>([...paths, `/${file}`].map((path) => [path, { times: [], bytes: 0 }]));
  for (const [path] of asked) await once(product.url + path);
  for (let n = 0; n < TURNS; n++) for (const [path, into] of asked) await turn(product.url + path, into);
  const ofFile = asked.get(`/${file}`)?.times.length ?? 1;
  for (const [path, { times, bytes }] of asked) {
    const rate = Math.round(times.length / (SECONDS * TURNS));
    tell(
      `${path}: ${rate} pages/s, ${bytes} bytes, ${(times.length / ofFile).toFixed(1)} × the file`,
      times.toSorted((a, b) => a - b),
    );
  }
} finally {
  await product.stop();
  removeDataDir(dataDir);
  agent.destroy();
}
