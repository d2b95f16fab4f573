// A push service on this machine, as the standards describe one: RFC 8030 (TTL required, 201 with Location, Topic
// replaces what is not yet delivered), RFC 8291 (decrypted here with a browser's keys made here), RFC 8292 (the sender's
// token checked by hand). Written against the texts, not against the library that sends.
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  randomBytes,
  verify,
  type ECDH,
} from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export interface Browser {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface Delivered {
  readonly endpoint: string;
  readonly topic: string | null;
  readonly ttl: number;
  readonly urgency: string | null;
  readonly text: string;
  /** Claims of the sender's token. */
  readonly claims: { readonly aud: string; readonly exp: number; readonly sub: string };
  readonly publicKey: string;
}

/** What the service does instead of answering 201, and how often; `accept-silently` takes the message and never answers. */
export interface Trouble {
  readonly status: number | 'accept-silently';
  readonly retryAfter?: string;
  readonly times?: number;
}

export interface PushService {
  readonly origin: string;
  /** A browser that subscribed; undelivered messages wait for it until it looks. */
  subscribe(applicationServerKey: string): Browser;
  /** What waits, oldest first: of one topic only the last stands. */
  waiting(browser: Browser): readonly Delivered[];
  /** Every request that was accepted, replaced ones too. */
  readonly accepted: readonly Delivered[];
  /** Requests that came, whatever was answered. */
  readonly requests: number;
  /** Why requests were refused by the standard. */
  readonly faults: readonly string[];
  trouble(browser: Browser, what: Trouble | null): void;
  /** Resolves when the next message was taken silently. */
  takenSilently(): Promise<void>;
  stop(): Promise<void>;
}

interface Kept {
  readonly ecdh: ECDH;
  readonly auth: Buffer;
  readonly applicationServerKey: string;
  trouble: { readonly what: Trouble; left: number } | null;
  messages: Delivered[];
}

class Fault extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const body = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** RFC 8188 §2.1 header, then RFC 8291 §3.4 keys; one record, as §4 asks. */
export function decrypt(message: Buffer, ecdh: ECDH, auth: Buffer): string {
  if (message.length > 4096) throw new Fault(413, 'longer than 4096 bytes');
  const salt = message.subarray(0, 16);
  const recordSize = message.readUInt32BE(16);
  const keyLength = message.readUInt8(20);
  const senderKey = message.subarray(21, 21 + keyLength);
  const sealed = message.subarray(21 + keyLength);
  if (keyLength !== 65 || senderKey[0] !== 4) throw new Fault(400, 'keyid is no uncompressed P-256 point');
  if (sealed.length > recordSize) throw new Fault(400, 'more than one record');
  const shared = ecdh.computeSecret(senderKey);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), senderKey]);
  const ikm = Buffer.from(hkdfSync('sha256', shared, auth, info, 32));
  const key = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', ikm, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  // The last record ends with the delimiter 2 and any number of zeros.
  const end = padded.findLastIndex((byte) => byte !== 0);
  if (padded[end] !== 2) throw new Fault(400, 'no delimiter of a last record');
  return padded.subarray(0, end).toString('utf8');
}

const part = (text: string | undefined): unknown =>
  JSON.parse(Buffer.from(text ?? '', 'base64url').toString('utf8'));

/** RFC 8292 §2 and §3: a JWT signed with the key the subscription was made for, for this origin, for at most a day. */
export function checkIdentity(
  header: string | undefined,
  origin: string,
  subscribedKey: string,
): Delivered['claims'] {
  const found = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(header ?? '');
  if (!found) throw new Fault(401, 'no vapid authorization');
  const [, head, claimText, signature, key] = found;
  if (key !== subscribedKey) throw new Fault(403, 'another key than the subscription’s');
  if ((part(head) as { alg?: string }).alg !== 'ES256') throw new Fault(401, 'not ES256');
  const point = Buffer.from(key, 'base64url');
  const publicKey = createPublicKey({
    format: 'jwk',
    key: {
      kty: 'EC',
      crv: 'P-256',
      x: point.subarray(1, 33).toString('base64url'),
      y: point.subarray(33).toString('base64url'),
    },
  });
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claimText}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature ?? '', 'base64url'),
  );
  if (!signed) throw new Fault(401, 'signature does not hold');
  const claims = part(claimText) as Delivered['claims'];
  const now = Date.now() / 1000;
  if (claims.aud !== origin) throw new Fault(401, `aud is ${claims.aud}`);
  if (!(claims.exp > now && claims.exp <= now + 86_400)) throw new Fault(401, 'exp is past or too far');
  if (!/^(?:mailto:|https:)/.test(claims.sub)) throw new Fault(401, 'sub is no contact');
  return claims;
}

function headersOf(request: IncomingMessage) {
  const { ttl, topic, urgency } = request.headers;
  if (typeof ttl !== 'string' || !/^\d+$/.test(ttl)) throw new Fault(400, 'TTL is required');
  if (request.headers['content-encoding'] !== 'aes128gcm') throw new Fault(415, 'content-encoding');
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) throw new Fault(400, 'Topic');
  if (urgency !== undefined && !/^(?:very-low|low|normal|high)$/.test(String(urgency)))
    throw new Fault(400, 'Urgency');
  return {
    ttl: Number(ttl),
    topic: topic === undefined ? null : String(topic),
    urgency: urgency === undefined ? null : String(urgency),
  };
}

export async function startPushService(): Promise<PushService> {
  const kept = new Map<string, Kept>();
  const accepted: Delivered[] = [];
  const faults: string[] = [];
  let requests = 0;
  let taken: (() => void)[] = [];
  let origin = '';

  function accept(one: Kept, endpoint: string, request: IncomingMessage, message: Buffer): Delivered {
    const headers = headersOf(request);
    const claims = checkIdentity(request.headers.authorization, origin, one.applicationServerKey);
    const text = decrypt(message, one.ecdh, one.auth);
    const delivered = { endpoint, ...headers, text, claims, publicKey: one.applicationServerKey };
    accepted.push(delivered);
    if (headers.topic !== null) one.messages = one.messages.filter(({ topic }) => topic !== headers.topic);
    // RFC 8030 §5.2: with TTL 0 it is delivered now or dropped.
    if (headers.ttl > 0) one.messages.push(delivered);
    return delivered;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1;
    const message = await body(request);
    const one = kept.get(request.url ?? '');
    if (!one || request.method !== 'POST') {
      response.writeHead(404).end();
      return;
    }
    if (one.trouble) {
      const { what } = one.trouble;
      one.trouble.left -= 1;
      if (one.trouble.left <= 0) one.trouble = null;
      if (what.status === 'accept-silently') {
        accept(one, `${origin}${request.url}`, request, message);
        for (const tell of taken) tell();
        taken = [];
        return;
      }
      response.writeHead(what.status, what.retryAfter ? { 'retry-after': what.retryAfter } : {}).end();
      return;
    }
    try {
      accept(one, `${origin}${request.url}`, request, message);
      response
        .writeHead(201, { location: `${origin}/message/${randomBytes(9).toString('base64url')}` })
        .end();
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault(400, String(error));
      faults.push(fault.message);
      response.writeHead(fault.status).end(fault.message);
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`;
  const keptOf = ({ endpoint }: Browser): Kept => {
    const found = kept.get(new URL(endpoint).pathname);
    if (!found) throw new Error('this browser did not subscribe here');
    return found;
  };
  return {
    origin,
    accepted,
    faults,
    get requests() {
      return requests;
    },
    subscribe(applicationServerKey) {
      const ecdh = createECDH('prime256v1');
      ecdh.generateKeys();
      const auth = randomBytes(16);
      const path = `/push/${randomBytes(16).toString('base64url')}`;
      kept.set(path, { ecdh, auth, applicationServerKey, trouble: null, messages: [] });
      return {
        endpoint: `${origin}${path}`,
        p256dh: ecdh.getPublicKey().toString('base64url'),
        auth: auth.toString('base64url'),
      };
    },
    waiting: (browser) => keptOf(browser).messages,
    trouble(browser, what) {
      keptOf(browser).trouble = what && { what, left: what.times ?? Infinity };
    },
    takenSilently: () => new Promise((resolve) => taken.push(resolve)),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
