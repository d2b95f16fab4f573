// Many rows in one statement. Multi-row VALUES and not jsonb_to_recordset or unnest: a distributed PostgreSQL refuses
// insert … select under row-level security. A handful of sizes, so that few prepared statements serve every batch and
// a batch is few statements: each costs a fifth of a millisecond, more than the row in it.
import type { Query } from '#platform/sync/flight.server.ts';

export interface RowTarget {
  readonly table: string;
  readonly columns: readonly string[];
  /** Behind the values, such as `on conflict … do nothing`. */
  readonly tail?: string;
}

const SIZES = [64, 48, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1] as const;
const statements = new Map<string, string>();

function statement(target: RowTarget, size: number): { name: string; text: string } {
  const name = `${target.table}_${target.columns.length}_${target.tail?.length ?? 0}_${size}`;
  let text = statements.get(name);
  if (text === undefined) {
    const width = target.columns.length;
    const row = (at: number) =>
      `(${target.columns.map((_, column) => `$${at * width + column + 1}`).join(',')})`;
    const values = Array.from({ length: size }, (_, at) => row(at)).join(',');
    text = `insert into ${target.table} (${target.columns.join(',')}) values ${values} ${target.tail ?? ''}`;
    statements.set(name, text);
  }
  return { name, text };
}

/** The statements that write these rows, in order; each row has a value for each column. */
export function insertions(target: RowTarget, rows: readonly (readonly unknown[])[]): Query[] {
  const made: Query[] = [];
  let at = 0;
  while (at < rows.length) {
    const size = SIZES.find((one) => one <= rows.length - at) ?? 1;
    made.push({ ...statement(target, size), values: rows.slice(at, at + size).flat() });
    at += size;
  }
  return made;
}
