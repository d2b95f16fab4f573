// What the product counts about itself, in the text form Prometheus reads (exposition format 0.0.4). Names of paths and
// states only: no ward, no person. Hangs on the global object because the entry and the pages are two copies of us.
const KEY = Symbol.for('tungnha.meters');

interface Meters {
  /** `name{labels}` → value. */
  readonly counts: Map<string, number>;
  readonly startedAt: number;
}

const holder = globalThis as { [KEY]?: Meters };
const meters = (): Meters => (holder[KEY] ??= { counts: new Map(), startedAt: Date.now() });

const label = (labels: Readonly<Record<string, string | number>>): string => {
  const inner = Object.entries(labels).map(
    ([key, value]) => `${key}="${String(value).replaceAll(/["\\\n]/g, '_')}"`,
  );
  return inner.length > 0 ? `{${inner.join(',')}}` : '';
};

export function count(name: string, labels: Readonly<Record<string, string | number>> = {}, by = 1): void {
  const { counts } = meters();
  const key = `${name}${label(labels)}`;
  counts.set(key, (counts.get(key) ?? 0) + by);
}

/** Upper edges in seconds; the speed a person feels lies between 10 ms and some seconds. */
const EDGES = [0.01, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export function observeRequest(method: string, path: string, status: number, seconds: number): void {
  count('tungnha_requests_total', { method, path, status });
  for (const edge of EDGES) if (seconds <= edge) count('tungnha_request_seconds_bucket', { le: edge });
  count('tungnha_request_seconds_bucket', { le: '+Inf' });
  count('tungnha_request_seconds_sum', {}, seconds);
  count('tungnha_request_seconds_count');
}

/** Sum of every counter whose `name{labels}` begins so. */
export function total(beginning: string): number {
  let sum = 0;
  for (const [key, value] of meters().counts) if (key.startsWith(beginning)) sum += value;
  return sum;
}

export const startedAt = (): number => meters().startedAt;

export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: number | null;
}

const TYPES: Readonly<Record<string, string>> = {
  tungnha_requests_total: 'counter',
  tungnha_request_seconds: 'histogram',
  tungnha_events_total: 'counter',
};

export function exposition(gauges: readonly Gauge[]): string {
  const lines: string[] = [];
  for (const [name, type] of Object.entries(TYPES)) {
    const rows = [...meters().counts].filter(([key]) => key.startsWith(name));
    if (rows.length > 0)
      lines.push(`# TYPE ${name} ${type}`, ...rows.map(([key, value]) => `${key} ${value}`));
  }
  for (const { name, help, value } of gauges) {
    if (value !== null) lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, `${name} ${value}`);
  }
  return `${lines.join('\n')}\n`;
}
