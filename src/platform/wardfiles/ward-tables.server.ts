// Which tables a ward's files are made of, from the catalog itself: a table added tomorrow is carried tomorrow. In an
// order in which each stands after what it refers to.
import type pg from 'pg';

/**
 * Rows that are keys or lead to somebody's device: they stay with the machine. After an import cards are printed anew and
 * phones sign in again.
 */
export const LEFT_BEHIND: Readonly<Record<string, string>> = {
  account_wards: 'accounts belong to the machine, not to a ward; administrators get a new way in',
  calendar_addresses: 'addresses that open a calendar without signing in',
  devices: 'credentials of phones',
  device_syncs: 'of phones that are left behind',
  outlet_accounts: 'keys of providers, sealed under a key of the machine',
  outlet_links: 'of accounts that are left behind',
  push_subscriptions: 'addresses of browsers',
  sign_in_cards: 'keyed hashes of cards',
  ward_addresses: 'stands outside the walls; written again from the official code',
};

export interface WardTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** In which order rows are written: the primary key. */
  readonly key: readonly string[];
}

interface ColumnRow {
  table: string;
  name: string;
  type: string;
}

const COLUMNS = `
  select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type
  from pg_class c
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
  join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  where c.relkind in ('r', 'p') and exists (
    select 1 from pg_attribute w where w.attrelid = c.oid and w.attname = 'ward_id' and not w.attisdropped)
  order by c.relname, a.attnum`;

const KEYS = `
  select c.relname as "table", array_agg(a.attname order by k.place)::text[] as key
  from pg_index i
  join pg_class c on c.oid = i.indrelid
  cross join lateral unnest(i.indkey) with ordinality k (attnum, place)
  join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum
  where i.indisprimary group by c.relname`;

const REFERENCES = `
  select distinct f.relname as "table", t.relname as target
  from pg_constraint k
  join pg_class f on f.oid = k.conrelid
  join pg_class t on t.oid = k.confrelid
  where k.contype = 'f' and f.oid <> t.oid`;

/** @throws where tables refer to one another in a circle, which no order satisfies */
function inOrder(tables: readonly WardTable[], needs: ReadonlyMap<string, ReadonlySet<string>>): WardTable[] {
  const left = new Map(tables.map((table) => [table.name, table]));
  const ordered: WardTable[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ name }) =>
      [...(needs.get(name) ?? [])].every((target) => !left.has(target)),
    );
    if (ready.length === 0) throw new Error(`Tables refer in a circle: ${[...left.keys()].join(', ')}`);
    for (const table of ready) {
      ordered.push(table);
      left.delete(table.name);
    }
  }
  return ordered;
}

export async function wardTables(client: Pick<pg.ClientBase, 'query'>): Promise<WardTable[]> {
  const { rows: columns } = await client.query<ColumnRow>(COLUMNS);
  const { rows: keys } = await client.query<{ table: string; key: string[] }>(KEYS);
  const { rows: references } = await client.query<{ table: string; target: string }>(REFERENCES);
  const keyOf = new Map(keys.map(({ table, key }) => [table, key]));
  const needs = new Map(
    [...Map.groupBy(references, ({ table }) => table)].map(([table, rows]) => [
      table,
      new Set(rows.map(({ target }) => target)),
    ]),
  );
  const tables = [...Map.groupBy(columns, ({ table }) => table)]
    .filter(([table]) => !(table in LEFT_BEHIND))
    .map(([name, rows]) => ({
      name,
      columns: rows.map((row) => ({ name: row.name, type: row.type })),
      key: keyOf.get(name) ?? [],
    }));
  return inOrder(tables, needs);
}
