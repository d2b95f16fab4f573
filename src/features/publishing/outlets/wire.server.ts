// One request to a provider. What matters is which of two silences it was: a request that never left may be made again,
// one that left may have been carried out whatever came back.
import { z } from 'zod';

export type Answer =
  | { readonly is: 'answered'; readonly status: number; readonly body: unknown; readonly headers: Headers }
  | { readonly is: 'never-left'; readonly code: string }
  | { readonly is: 'silent'; readonly code: string };

/** Longer than a provider takes on a bad day, shorter than the lease of a send. */
const WAIT_MS = 20_000;
/** Errors that happen before the first byte of a request is written. */
const BEFORE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const MOST_BYTES = 1_000_000;

const Cause = z.looseObject({ code: z.string().optional(), name: z.string().optional() });
const codeOf = (error: unknown): string => {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const parsed = Cause.safeParse(cause);
  return (parsed.success ? (parsed.data.code ?? parsed.data.name) : undefined) ?? 'failed';
};

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
  readonly waitMs?: number;
}

/** Never throws. Redirects are refused: a key must not follow one to somebody else. */
export async function ask({
  method,
  url,
  headers = {},
  json,
  form,
  waitMs = WAIT_MS,
}: Request): Promise<Answer> {
  const body = json === undefined ? form && new URLSearchParams(form).toString() : JSON.stringify(json);
  const type = json === undefined ? 'application/x-www-form-urlencoded' : 'application/json';
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body }),
      redirect: 'error',
      signal: AbortSignal.timeout(waitMs),
    });
    const text = (await response.text()).slice(0, MOST_BYTES);
    return { is: 'answered', status: response.status, body: parsed(text), headers: response.headers };
  } catch (error) {
    const code = codeOf(error);
    return BEFORE.has(code) ? { is: 'never-left', code } : { is: 'silent', code };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** Seconds or a date (RFC 9110 §10.2.3). */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const value = headers.get('retry-after');
  if (value === null) return null;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const at = Date.parse(value);
  return Number.isFinite(at) ? Math.max(0, at - now) : null;
}
