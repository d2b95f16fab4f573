import { createECDH, randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { answerOf, MOST_BYTES, pushKeysOf, pushSender, retryAfterMs } from '#platform/push/push.server.ts';
import type { PushMessage, Subscription } from '#platform/push/push.server.ts';
import { isPushService } from '#platform/push/services.ts';
import { decrypt, startPushService } from '../../../tests/support/push-service.ts';

const service = await startPushService();
afterAll(() => service.stop());

const keys = pushKeysOf(randomBytes(32).toString('base64url'));
const sender = pushSender(keys, 'mailto:quan-tri@phuong.example', [service.origin]);

const message = (subscription: Subscription, wish: Partial<PushMessage> = {}): PushMessage => ({
  subscription,
  text: 'Kính gửi ông/bà Tổ trưởng TDP 7',
  ttl: 3600,
  urgency: 'high',
  topic: 'b6f3a1de2a514c0e9b7f5f0c1d9c7a10',
  ...wish,
});

describe('the service of these tests', () => {
  it('decrypts the worked example of RFC 8291 (section 5, appendix A)', () => {
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(Buffer.from('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url'));
    const auth = Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url');
    const sealed = Buffer.from(
      'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
      'base64url',
    );
    expect(decrypt(sealed, ecdh, auth)).toBe('When I grow up, I want to be a watermelon');
  });
});

describe('sending', () => {
  it('delivers the text, with TTL, Urgency, Topic and a token the service accepts', async () => {
    const browser = service.subscribe(keys.publicKey);
    expect(await sender.send(message(browser))).toEqual({ is: 'accepted' });
    const [delivered] = service.waiting(browser);
    expect(delivered?.text).toBe('Kính gửi ông/bà Tổ trưởng TDP 7');
    expect(delivered).toMatchObject({
      ttl: 3600,
      urgency: 'high',
      topic: 'b6f3a1de2a514c0e9b7f5f0c1d9c7a10',
      claims: { aud: service.origin, sub: 'mailto:quan-tri@phuong.example' },
    });
    expect(service.faults).toEqual([]);
  });

  it('leaves one message standing where the same topic is sent twice', async () => {
    const browser = service.subscribe(keys.publicKey);
    await sender.send(message(browser, { text: 'một' }));
    await sender.send(message(browser, { text: 'hai' }));
    await sender.send(message(browser, { text: 'ba', topic: 'khac' }));
    expect(service.waiting(browser).map(({ text }) => text)).toEqual(['hai', 'ba']);
  });

  it('carries any length a push service must take, and refuses a longer one itself', async () => {
    const browser = service.subscribe(keys.publicKey);
    const ends: string[] = [];
    for (const text of ['x', 'y'.repeat(MOST_BYTES)]) {
      expect(await sender.send(message(browser, { text, topic: 't' }))).toEqual({ is: 'accepted' });
      ends.push(service.waiting(browser).at(-1)?.text ?? '');
    }
    expect(ends.map((text) => text.length)).toEqual([1, MOST_BYTES]);
    expect(await sender.send(message(browser, { text: 'y'.repeat(MOST_BYTES + 1) }))).toEqual({
      is: 'refused',
      status: 413,
    });
  });

  it('is refused by a service whose subscription was made for another key', async () => {
    const browser = service.subscribe(pushKeysOf(randomBytes(32).toString('base64url')).publicKey);
    expect(await sender.send(message(browser))).toEqual({ is: 'refused', status: 403 });
  });

  it('tells gone, later and refused apart', async () => {
    const browser = service.subscribe(keys.publicKey);
    const answers = [];
    for (const [status, retryAfter] of [
      [404, undefined],
      [410, undefined],
      [429, '120'],
      [500, undefined],
      [503, '7'],
      [400, undefined],
      [302, undefined],
    ] as const) {
      service.trouble(browser, { status, times: 1, ...(retryAfter ? { retryAfter } : {}) });
      answers.push(await sender.send(message(browser)));
    }
    expect(answers).toEqual([
      { is: 'gone', status: 404 },
      { is: 'gone', status: 410 },
      { is: 'later', status: 429, afterMs: 120_000 },
      { is: 'later', status: 500, afterMs: null },
      { is: 'later', status: 503, afterMs: 7_000 },
      { is: 'refused', status: 400 },
      { is: 'refused', status: 302 },
    ]);
    expect(service.waiting(browser)).toEqual([]);
  });

  it('tries a service that cannot be reached again later', async () => {
    const gone = pushSender(keys, 'mailto:a@b.example', ['http://127.0.0.1:1']);
    const answer = await gone.send(
      message({ ...service.subscribe(keys.publicKey), endpoint: 'http://127.0.0.1:1/x' }),
    );
    expect(answer).toEqual({ is: 'later', status: null, afterMs: null });
  });

  it('knocks at no other door than a push service’s', async () => {
    const before = service.requests;
    const careful = pushSender(keys, 'mailto:a@b.example', []);
    expect(await careful.send(message(service.subscribe(keys.publicKey)))).toEqual({
      is: 'refused',
      status: null,
    });
    expect(service.requests).toBe(before);
    for (const endpoint of [
      'https://fcm.googleapis.com/fcm/send/abc',
      'https://updates.push.services.mozilla.com/wpush/v2/abc',
      'https://sg2p.notify.windows.com/w/?token=abc',
      'https://web.push.apple.com/abc',
    ])
      expect(isPushService(endpoint, [])).toBe(true);
    for (const endpoint of [
      'http://fcm.googleapis.com/fcm/send/abc',
      'https://fcm.googleapis.com:8443/x',
      'https://fcm.googleapis.com.evil.example/x',
      'https://user@fcm.googleapis.com/x',
      'https://evilpush.apple.com/x',
      'https://127.0.0.1/x',
      'https://localhost/x',
      'file:///etc/passwd',
      'x',
    ])
      expect(isPushService(endpoint, []), endpoint).toBe(false);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it('may be seconds or a date, and is bounded', () => {
    expect(retryAfterMs('30', now)).toBe(30_000);
    expect(retryAfterMs('Thu, 01 Jan 2026 00:01:00 GMT', now)).toBe(60_000);
    expect(retryAfterMs('Wed, 31 Dec 2025 00:01:00 GMT', now)).toBe(0);
    expect(retryAfterMs('99999999', now)).toBe(86_400_000);
    expect(retryAfterMs('soon', now)).toBeNull();
    expect(retryAfterMs(null, now)).toBeNull();
    expect(answerOf(429, '30', now)).toEqual({ is: 'later', status: 429, afterMs: 30_000 });
  });
});

describe('keys made from a secret', () => {
  it('are the same at every start', () => {
    const secret = randomBytes(32).toString('base64url');
    expect(pushKeysOf(secret)).toEqual(pushKeysOf(secret));
    expect(Buffer.from(pushKeysOf(secret).publicKey, 'base64url')).toHaveLength(65);
  });
});
