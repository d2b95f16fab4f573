// Rows of visits as they are stored, in the types' own binary form, to be stored again by other ways.
import { randomFillSync } from 'node:crypto';
import type pg from 'pg';

export const TABLES = ['field_records', 'visits', 'pledges'] as const;
export type Row = (Buffer | null)[];

export async function readRows(
  client: pg.Client,
  table: string,
  limit: number,
): Promise<{ columns: string[]; rows: Row[] }> {
  const { rows: found } = await client.query<{ name: string; send: string }>(
    `select a.attname as name, t.typsend::text as send from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     order by a.attnum`,
    [table],
  );
  const columns = found.map(({ name }) => name);
  // The type's own binary form, by the function that COPY itself uses: the driver would decode it as text.
  const { rows } = await client.query<Row>({
    text: `select ${found.map(({ name, send }) => `${send}(${name})`).join(',')} from ${table} limit $1`,
    values: [limit],
    rowMode: 'array',
  });
  return { columns, rows };
}

/** Fresh keys for every use, or the unique indexes refuse. */
export function renewed(columns: readonly string[], row: Row): Row {
  return row.map((value, at) => {
    const column = columns[at];
    if (value === null || (column !== 'id' && column !== 'receipt_code')) return value;
    return randomFillSync(Buffer.alloc(value.length));
  });
}
