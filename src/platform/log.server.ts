// One JSON line per event on standard error. Callers pass ids and counts, never names, phones, texts or addresses:
// a log is copied around more freely than a database.
import type { LogLevel } from '#platform/environment.ts';
import { LOG_LEVELS } from '#platform/environment.ts';
import { count } from '#platform/meters.server.ts';

type Detail = Readonly<Record<string, string | number | boolean | null | undefined>>;

export interface Log {
  debug(event: string, detail?: Detail): void;
  info(event: string, detail?: Detail): void;
  warn(event: string, detail?: Detail): void;
  error(event: string, detail?: Detail): void;
}

export function createLog(
  level: LogLevel,
  write: (line: string) => void = (line) => process.stderr.write(line),
): Log {
  const least = LOG_LEVELS.indexOf(level);
  const at =
    (name: LogLevel) =>
    (event: string, detail: Detail = {}) => {
      if (name === 'warn' || name === 'error') count('tungnha_events_total', { level: name, event });
      if (LOG_LEVELS.indexOf(name) < least) return;
      write(`${JSON.stringify({ at: new Date().toISOString(), level: name, event, ...detail })}\n`);
    };
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** What may be told of an unknown failure: its kind and place, not its text, which can hold a row's values. */
export function failureDetail(error: unknown): Detail {
  if (!(error instanceof Error)) return { kind: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const where = error.stack
    ?.split('\n')
    .find((line) => /\s+at /.test(line))
    ?.trim();
  return { kind: error.name, code, where };
}
