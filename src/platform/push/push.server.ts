// Web push as the sender: RFC 8291 encryption and RFC 8292 identification by the web-push library, RFC 8030 delivery by
// our own request, since the library's own sends over its fixed HTTPS module and tells nothing of Retry-After.
// Machine time only: push services check the token against the real clock.
import { createECDH } from 'node:crypto';
import webPush from 'web-push';
import { isPushService } from '#platform/push/services.ts';

export interface PushKeys {
  /** 65 bytes, base64url: what a browser is given when it subscribes. */
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface Subscription {
  readonly endpoint: string;
  /** The browser's public key and shared secret, base64url (Push API). */
  readonly p256dh: string;
  readonly auth: string;
}

export interface PushMessage {
  readonly subscription: Subscription;
  /** UTF-8; what is longer than a push service must accept is refused before sending. */
  readonly text: string;
  /** How long the service keeps it for a phone that is off, in seconds. */
  readonly ttl: number;
  readonly urgency: 'low' | 'normal' | 'high';
  /** At most 32 letters of base64url: a later message of the same topic takes the place of one not yet delivered. */
  readonly topic: string;
}

/** `gone`: the browser has ended the subscription. `later`: try again, not before `afterMs`. `refused`: never will. */
export type PushAnswer =
  | { readonly is: 'accepted' }
  | { readonly is: 'gone'; readonly status: number }
  | { readonly is: 'later'; readonly status: number | null; readonly afterMs: number | null }
  | { readonly is: 'refused'; readonly status: number | null };

export interface PushSender {
  readonly publicKey: string;
  /** Origins trusted beyond the browsers' own push services. */
  readonly allowed: readonly string[];
  send(message: PushMessage): Promise<PushAnswer>;
}

/** RFC 8030 §7.2: a service need not accept more than 4,096 bytes; 103 of them are the header, tag and padding byte. */
export const MOST_BYTES = 3_993;
const WAIT_MS = 10_000;
/** A service that asks for more than a day asks for ever; the reminder will have expired long before. */
const LONGEST_RETRY_MS = 86_400_000;

/** Any 32 random bytes are a private key of P-256 but for one in 2^32, which is refused here at the first start. */
export function pushKeysOf(secret: string): PushKeys {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(Buffer.from(secret, 'base64url'));
  return { privateKey: secret, publicKey: curve.getPublicKey().toString('base64url') };
}

/** Seconds or a date (RFC 9110 §10.2.3), as milliseconds from now; null where it says nothing usable. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  const at = /^\d+$/.test(header.trim()) ? now + Number(header) * 1000 : Date.parse(header);
  return Number.isFinite(at) ? Math.min(Math.max(0, at - now), LONGEST_RETRY_MS) : null;
}

export function answerOf(status: number, retryAfter: string | null, now: number): PushAnswer {
  if (status >= 200 && status < 300) return { is: 'accepted' };
  if (status === 404 || status === 410) return { is: 'gone', status };
  if (status === 429 || status >= 500) return { is: 'later', status, afterMs: retryAfterMs(retryAfter, now) };
  return { is: 'refused', status };
}

/** @param contact `mailto:` or `https:` address by which a push service can complain (RFC 8292 §2.1) */
export function pushSender(keys: PushKeys, contact: string, allowed: readonly string[]): PushSender {
  return {
    publicKey: keys.publicKey,
    allowed,
    async send({ subscription, text, ttl, urgency, topic }) {
      // Somebody else's address in a subscription would make this server knock at any door of its own network.
      if (!isPushService(subscription.endpoint, allowed)) return { is: 'refused', status: null };
      if (Buffer.byteLength(text) > MOST_BYTES) return { is: 'refused', status: 413 };
      const request = webPush.generateRequestDetails(
        {
          endpoint: subscription.endpoint,
          keys: { p256dh: subscription.p256dh, auth: subscription.auth },
        },
        text,
        {
          TTL: Math.max(0, Math.floor(ttl)),
          urgency,
          topic,
          contentEncoding: 'aes128gcm',
          vapidDetails: { subject: contact, publicKey: keys.publicKey, privateKey: keys.privateKey },
        },
      );
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) {
        // fetch counts the bytes itself and refuses to be told.
        if (name.toLowerCase() !== 'content-length') headers.set(name, String(value));
      }
      try {
        const response = await fetch(subscription.endpoint, {
          method: 'POST',
          headers,
          body: new Uint8Array(request.body),
          redirect: 'manual',
          signal: AbortSignal.timeout(WAIT_MS),
        });
        await response.body?.cancel();
        return answerOf(response.status, response.headers.get('retry-after'), Date.now());
      } catch {
        return { is: 'later', status: null, afterMs: null };
      }
    },
  };
}
