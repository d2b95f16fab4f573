// A receiver of webhooks on this machine, as its owner would write one from the description in the publishing README: it
// believes only what is signed with the secret, refuses an old call, and does a thing once for each idempotency key.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** What happens to the next calls. */
export type Mood = 'accept' | 'accept-and-cut' | 'busy' | 'key-ended' | 'refuse';

const Call = z.strictObject({
  id: z.uuid(),
  title: z.string().min(1),
  summary: z.string(),
  body: z.string().min(1),
  link: z.string().nullable(),
  marker: z.string().regex(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/),
});

export interface WebhookServer {
  readonly origin: string;
  readonly moods: Mood[];
  /** Keys of the calls, in the order in which they came. */
  readonly calls: readonly string[];
  /** What the receiver has taken up, by key. */
  readonly taken: ReadonlyMap<string, z.infer<typeof Call>>;
  /** Calls it did not believe. */
  readonly disbelieved: readonly string[];
  stop(): Promise<void>;
}

const FIVE_MINUTES = 300;

/** As the receiver reads it: the signature is over the raw bytes. */
export function believes(secret: string, signature: string | undefined, raw: string, now: number): boolean {
  const [, seconds = '', mac = ''] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(signature ?? '') ?? [];
  const expected = createHmac('sha256', secret).update(`${seconds}.${raw}`).digest();
  return (
    mac !== '' &&
    timingSafeEqual(expected, Buffer.from(mac, 'hex')) &&
    Math.abs(now / 1000 - Number(seconds)) < FIVE_MINUTES
  );
}

export async function webhookServer(secret: string): Promise<WebhookServer> {
  const moods: Mood[] = [];
  const calls: string[] = [];
  const disbelieved: string[] = [];
  const taken = new Map<string, z.infer<typeof Call>>();
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts).toString('utf8');
      const key = String(request.headers['idempotency-key']);
      const signature = request.headers['x-signature'];
      if (!believes(secret, String(signature), raw, Date.now())) {
        disbelieved.push(key);
        return response.writeHead(401).end();
      }
      calls.push(key);
      const mood = moods.shift() ?? 'accept';
      if (mood === 'busy') return response.writeHead(503, { 'retry-after': '600' }).end();
      if (mood === 'key-ended') return response.writeHead(401).end();
      if (mood === 'refuse') return response.writeHead(422).end();
      taken.set(key, Call.parse(JSON.parse(raw)));
      return mood === 'accept-and-cut' ? response.destroy() : response.writeHead(202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...{ origin: `http://127.0.0.1:${port}`, moods, calls, taken, disbelieved },
    stop: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
