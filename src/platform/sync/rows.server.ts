// Many rows in one statement. Multi-row VALUES and not jsonb_to_recordset or unnest: a distributed PostgreSQL refuses
// insert … select under row-level security. Sizes are powers of two, so that a
// handful of prepared statements serves every batch.
import type { Query } from '#platform/sync/flight.server.ts';

export interface RowTarget {
  readonly table: string;
  readonly columns: readonly string[];
  /** Behind the values, such as `on conflict … do nothing`. */
  readonly tail?: string;
}

const SIZES = [64, 32, 16, 8, 4, 2, 1] as const;
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
