// What carries a message out of the product: web push, always, and e-mail where the ward has a server for it.
import type { Environment } from '#platform/environment.ts';
import { mailSender } from '#platform/mail/mail.server.ts';
import type { MailSender } from '#platform/mail/mail.server.ts';
import { pushKeysOf, pushSender } from '#platform/push/push.server.ts';
import type { PushSender } from '#platform/push/push.server.ts';

export interface Senders {
  readonly push: PushSender;
  readonly mail: MailSender | null;
}

/** @param pushSecret kept with the other keys: a new one would end every subscription of every phone */
export function openSenders(
  pushSecret: string,
  { mail, pushServices }: Pick<Environment, 'mail' | 'pushServices'>,
  origin: string,
): Senders {
  const address = mail && (/<([^>]+)>$/.exec(mail.from)?.[1] ?? mail.from);
  // RFC 8292 §2.1 wants an address to complain to; a rehearsal on a laptop has none and says so.
  const contact = address
    ? `mailto:${address}`
    : origin.startsWith('https:')
      ? origin
      : 'mailto:nobody@tungnha.invalid';
  return {
    push: pushSender(pushKeysOf(pushSecret), contact, pushServices),
    mail: mail && mailSender(mail),
  };
}
