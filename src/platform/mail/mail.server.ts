// E-mail as the sender: one plain text to one person over the ward's own SMTP server. A message keeps its Message-ID when
// it is sent again, so that mailboxes which look at it show one.
import { createTransport } from 'nodemailer';

export interface MailSettings {
  /** smtp: or smtps: address with user and password where the server asks for them. */
  readonly url: string;
  /** `Name <address>` or an address. */
  readonly from: string;
}

export interface MailMessage {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Unique and the same at every try. */
  readonly id: string;
  /** Page on which the reader can end these messages. */
  readonly choicesUrl: string;
}

export type MailAnswer =
  | { readonly is: 'accepted' }
  | { readonly is: 'later'; readonly status: number | null }
  /** The server will never take it: no such mailbox, or we are not let in. */
  | { readonly is: 'refused'; readonly status: number | null };

export interface MailSender {
  send(message: MailMessage): Promise<MailAnswer>;
  close(): void;
}

const WAIT_MS = 15_000;

/** The domain of the From address: a Message-ID must be made under a name the sender owns (RFC 5322 §3.6.4). */
export const domainOf = (from: string): string => /@([^\s>]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';

const isLocal = (host: string): boolean => /^(?:localhost|127\.|\[?::1\]?$)/.test(host);

export function mailSender({ url, from }: MailSettings): MailSender {
  const { hostname, username } = new URL(url);
  const transport = createTransport({
    url,
    // A password goes over a wire only under TLS; a server on this machine has no wire.
    requireTLS: username !== '' && !isLocal(hostname),
    connectionTimeout: WAIT_MS,
    greetingTimeout: WAIT_MS,
    socketTimeout: WAIT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, subject, text, id, choicesUrl }) {
      try {
        await transport.sendMail({
          from,
          to: { name: '', address: to },
          subject,
          text,
          messageId: `<${id}@${domainOf(from)}>`,
          headers: {
            // RFC 3834: no holiday replies to a machine.
            'Auto-Submitted': 'auto-generated',
            'List-Unsubscribe': `<${choicesUrl}>`,
          },
        });
        return { is: 'accepted' };
      } catch (error) {
        return answerOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** 4yz may come right, 5yz will not (RFC 5321 §4.2.1); without a reply the server was not reached. */
function answerOf(error: unknown): MailAnswer {
  const status =
    error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number'
      ? error.responseCode
      : null;
  return status !== null && status >= 500 ? { is: 'refused', status } : { is: 'later', status };
}
