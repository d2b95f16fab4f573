// A webhook of another system, and e-mail: both know a repeat by its id, so whatever is not known is simply said again.
import { createHmac } from 'node:crypto';
import { machineClock } from '#core/clock.ts';
import { markerLine } from '#features/publishing/outlets/model.ts';
import type { Outcome } from '#features/publishing/outlets/model.ts';
import type { Account, Checked, Outgoing, ProviderClient } from '#features/publishing/outlets/provider.ts';
import { ask, retryAfterMs } from '#features/publishing/outlets/wire.server.ts';
import type { MailSender } from '#platform/mail/mail.server.ts';

/** Neither gives a receipt or a list; neither needs one: what may have gone is sent again under the same id. */
const noList = {
  ask: (_account: Account, post: Outgoing): Promise<Outcome> =>
    Promise.resolve({ is: 'later', code: `repeat-${post.way}`, afterMs: 0 }),
  look: () => Promise.resolve({ is: 'absent' } as const),
};

/** `t=seconds,v1=hex`: HMAC-SHA256 of `seconds.body`, so that an old call cannot be played again. */
export function signatureOf(secret: string, body: string, seconds: number): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}

export const webhookClient: ProviderClient = {
  ...noList,
  async send(account, post) {
    const json = {
      ...{ id: post.id, title: post.title, summary: post.summary, body: post.body, link: post.link },
      marker: post.marker,
    };
    const now = machineClock.now();
    const secret = account.keys.appSecret;
    const answer = await ask({
      method: 'POST',
      url: account.ref,
      headers: {
        'idempotency-key': post.id,
        ...(secret === null
          ? {}
          : { 'x-signature': signatureOf(secret, JSON.stringify(json), Math.floor(now / 1000)) }),
      },
      json,
    });
    if (answer.is !== 'answered') return { is: 'later', code: answer.code, afterMs: null };
    const code = `http-${answer.status}`;
    if (answer.status >= 200 && answer.status < 300) return { is: 'sent', externalId: post.id, url: null };
    if (answer.status === 429 || answer.status >= 500)
      return { is: 'later', code, afterMs: retryAfterMs(answer.headers, now) };
    return answer.status === 401 || answer.status === 403
      ? { is: 'key-ended', code }
      : { is: 'refused', code };
  },
  // Nothing is called before there is something to say.
  check: (account): Promise<Checked> => Promise.resolve({ is: 'works', name: new URL(account.ref).host }),
};

export const mailboxesOf = (ref: string): string[] =>
  ref
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

export function mailClient(mail: MailSender | null, origin: string): ProviderClient {
  return {
    ...noList,
    async send(account, post): Promise<Outcome> {
      if (!mail) return { is: 'later', code: 'no-mail-server', afterMs: null };
      const text = [post.body, post.link ?? '', markerLine(post.marker)]
        .filter((part) => part !== '')
        .join('\n\n');
      let refused: string | null = null;
      for (const [n, to] of mailboxesOf(account.ref).entries()) {
        const answer = await mail.send({
          to,
          subject: post.title,
          text,
          // The same at every try: a mailbox that was already served shows one.
          id: `${post.id}.${n}`,
          choicesUrl: origin,
        });
        const code = `mail-${'status' in answer ? (answer.status ?? 0) : 0}`;
        if (answer.is === 'later') return { is: 'later', code, afterMs: null };
        // One mailbox that is gone must not keep the letter from the others; it is said when they have it.
        if (answer.is === 'refused') refused ??= code;
      }
      if (refused !== null) return { is: 'refused', code: refused };
      return { is: 'sent', externalId: post.id, url: null };
    },
    check: (): Promise<Checked> =>
      Promise.resolve(mail ? { is: 'works', name: 'E-mail' } : { is: 'later', code: 'no-mail-server' }),
  };
}
