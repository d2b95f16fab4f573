// Every setting the product takes from outside, parsed once. A wrong value is one line naming it, never a guess.
import { isAbsolute, resolve } from 'node:path';

export interface Environment {
  /** null: not set, so a taken default port may fall back to a free one. */
  readonly port: number | null;
  readonly host: string;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** Epoch milliseconds the campaign clock jumps forward to, rehearsal only. */
  readonly clock: number | null;
  readonly origin: string | null;
  readonly logLevel: LogLevel;
  /** The ward's own mail server; null: no e-mail is sent. */
  readonly mail: { readonly url: string; readonly from: string } | null;
  /** Origins of push services beyond those of the browsers, such as a UnifiedPush server. */
  readonly pushServices: readonly string[];
  /** Folder of a Piper or sherpa-onnx model that reads scripts aloud. */
  readonly voiceModel: string | null;
}

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting that cannot be used; `message` is the one line shown. */
export class WrongSetting extends Error {}

const wrong = (name: string, value: string, wanted: string): never => {
  throw new WrongSetting(`${name}=${value}: ${wanted}`);
};

function portOf(value: string | undefined): number | null {
  if (value === undefined || value === '') return null;
  const port = Number(value);
  return Number.isInteger(port) && port >= 0 && port <= 65_535
    ? port
    : wrong('PORT', value, 'a port from 0 to 65535');
}

function clockOf(value: string | undefined): number | null {
  if (!value) return null;
  const zoned = /(?:Z|[+-]\d{2}:\d{2})$/.test(value);
  const at = Date.parse(value);
  return zoned && Number.isFinite(at)
    ? at
    : wrong('CLOCK', value, 'an instant with its zone, such as 2025-08-05T08:25:00+07:00');
}

function originOf(value: string | undefined): string | null {
  if (!value) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  return url && /^https?:$/.test(url.protocol) && url.pathname === '/'
    ? url.origin
    : wrong('ORIGIN', value, 'a public address such as https://tungnha.example.gov.vn');
}

function databaseOf(value: string | undefined): string | null {
  if (!value) return null;
  return /^postgres(?:ql)?:\/\//.test(value)
    ? value
    : wrong('DATABASE_URL', '…', 'an address beginning with postgres://');
}

function levelOf(value: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((one) => one === (value || 'info'));
  return level ?? wrong('LOG_LEVEL', value ?? '', `one of ${LOG_LEVELS.join(', ')}`);
}

/** The value is never repeated: it may hold a password. */
function mailOf(url: string | undefined, from: string | undefined): Environment['mail'] {
  if (!url && !from) return null;
  if (!url) return wrong('SMTP_URL', '', 'needed where MAIL_FROM is set');
  if (!/^smtps?:\/\/[^/]/.test(url) || !URL.canParse(url))
    return wrong('SMTP_URL', '…', 'an address such as smtps://user:password@mail.example.gov.vn');
  if (!from) return wrong('MAIL_FROM', '', 'the sender of e-mails, needed where SMTP_URL is set');
  return /^(?:[^<>@\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u.test(from)
    ? { url, from }
    : wrong('MAIL_FROM', from, 'an address such as nhac-viec@example.gov.vn or Name <address>');
}

function pushServicesOf(value: string | undefined): readonly string[] {
  return (value ?? '')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => {
      const url = URL.canParse(text) ? new URL(text) : null;
      return url && /^https?:$/.test(url.protocol) && url.pathname === '/'
        ? url.origin
        : wrong('PUSH_SERVICES', text, 'origins parted by commas, such as https://push.example.gov.vn');
    });
}

/** @throws WrongSetting */
export function readEnvironment(env: NodeJS.ProcessEnv, cwd: string): Environment {
  const folder = env['DATA_DIR'] || 'data';
  return {
    port: portOf(env['PORT']),
    host: env['HOST'] || '127.0.0.1',
    dataDir: isAbsolute(folder) ? folder : resolve(cwd, folder),
    databaseUrl: databaseOf(env['DATABASE_URL']),
    clock: clockOf(env['CLOCK']),
    origin: originOf(env['ORIGIN']),
    logLevel: levelOf(env['LOG_LEVEL']),
    mail: mailOf(env['SMTP_URL'], env['MAIL_FROM']),
    pushServices: pushServicesOf(env['PUSH_SERVICES']),
    voiceModel: env['VOICE_MODEL'] ? resolve(cwd, env['VOICE_MODEL']) : null,
  };
}
