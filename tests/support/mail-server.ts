// A mail server on this machine that speaks as much of RFC 5321 as one sender needs: EHLO, AUTH PLAIN, MAIL, RCPT, DATA
// with dots unstuffed, RSET, NOOP, QUIT; commands in the wrong order are refused.
import { createServer, type Socket } from 'node:net';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly user: string | null;
  readonly raw: string;
  header(name: string): string | undefined;
  /** Quoted-printable or base64 undone. */
  readonly text: string;
}

export interface MailServer {
  readonly url: string;
  readonly mails: readonly Mail[];
  /** Answers RCPT with this code for the given number of times. */
  refuse(code: number, times?: number): void;
  stop(): Promise<void>;
}

/** RFC 2047 encoded words. */
const decodeWords = (text: string): string =>
  text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([qb])\?([^?]*)\?=/gi, (_, how: string, coded: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(coded, 'base64').toString('utf8')
        : quoted(coded.replaceAll('_', ' ')),
    );

const quoted = (text: string): string =>
  Buffer.from(
    text
      .replace(/=\r?\n/g, '')
      .replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');

function mailOf(from: string, to: readonly string[], user: string | null, raw: string): Mail {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const header = (name: string) => {
    const line = lines.find((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`));
    return line && decodeWords(line.slice(name.length + 1).trim());
  };
  const body = rest.join('\r\n\r\n');
  const encoding = header('content-transfer-encoding')?.toLowerCase();
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? quoted(body)
        : body;
  return { from, to, user, raw, header, text: text.trimEnd() };
}

interface Talk {
  greeted: boolean;
  user: string | null;
  from: string | null;
  to: string[];
  data: string[] | null;
}

export async function startMailServer(): Promise<MailServer> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  let refusal: { readonly code: number; left: number } | null = null;

  function command(talk: Talk, line: string): string {
    const [verb = '', argument = ''] = /^(\S+)\s*(.*)$/.exec(line)?.slice(1) ?? [];
    switch (verb.toUpperCase()) {
      case 'EHLO':
        talk.greeted = true;
        return '250-mail.test\r\n250-8BITMIME\r\n250-AUTH PLAIN\r\n250 SIZE 1000000';
      case 'AUTH': {
        const [, user = '', password = ''] = Buffer.from(argument.split(' ')[1] ?? '', 'base64')
          .toString()
          .split('\0');
        if (password !== 'mat-khau') return '535 5.7.8 credentials invalid';
        talk.user = user;
        return '235 2.7.0 ok';
      }
      case 'MAIL': {
        const from = /^FROM:<([^>]*)>/i.exec(argument)?.[1];
        if (!talk.greeted || talk.from !== null) return '503 bad sequence';
        if (from === undefined) return '501 syntax';
        talk.from = from;
        return '250 ok';
      }
      case 'RCPT': {
        const to = /^TO:<([^>]+)>/i.exec(argument)?.[1];
        if (talk.from === null) return '503 bad sequence';
        if (to === undefined) return '501 syntax';
        if (refusal && refusal.left > 0) {
          refusal.left -= 1;
          return `${refusal.code} not now`;
        }
        talk.to.push(to);
        return '250 ok';
      }
      case 'DATA':
        if (talk.to.length === 0) return '503 bad sequence';
        talk.data = [];
        return '354 go on';
      case 'RSET':
        Object.assign(talk, { from: null, to: [], data: null });
        return '250 ok';
      case 'NOOP':
        return '250 ok';
      case 'QUIT':
        return '221 bye';
      default:
        return '502 not known';
    }
  }

  function lineOfData(talk: Talk, line: string): string | null {
    if (line !== '.') {
      talk.data?.push(line.startsWith('.') ? line.slice(1) : line);
      return null;
    }
    mails.push(mailOf(talk.from ?? '', talk.to, talk.user, (talk.data ?? []).join('\r\n')));
    Object.assign(talk, { from: null, to: [], data: null });
    return '250 2.0.0 queued';
  }

  const server = createServer((socket) => {
    const talk: Talk = { greeted: false, user: null, from: null, to: [], data: null };
    let rest = '';
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.setEncoding('utf8');
    socket.write('220 mail.test ESMTP\r\n');
    socket.on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const reply = talk.data ? lineOfData(talk, line) : command(talk, line);
        if (reply !== null) socket.write(`${reply}\r\n`);
        if (reply?.startsWith('221')) socket.end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    refuse(code, times = Infinity) {
      refusal = { code, left: times };
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
