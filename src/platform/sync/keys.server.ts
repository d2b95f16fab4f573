// Rows by their keys, whatever the planner believes. A statement prepared while a table was empty is planned for an empty
// table, where reading all of a ward costs nothing; an hour later the same plan would read ten thousand rows to find
// fifty. `offset 0` keeps each key's lookup a lookup: it cannot be flattened into a join over the whole ward.

/**
 * @param columns of the rows, each named by `alias`
 * @param key the column looked up, behind ward_id in an index
 * @param where what more must hold; `$3` and up are the caller's
 * @returns SQL with `$1` the ward and `$2` the keys, each once
 */
export const byKeys = (table: string, columns: string, alias: string, key = 'id', where?: string): string =>
  `select found.* from unnest($2::uuid[]) as wanted (key)
    cross join lateral (select ${columns} from ${table} ${alias}
      where ${alias}.ward_id = $1 and ${alias}.${key} = wanted.key${where === undefined ? '' : ` and ${where}`}
      offset 0) found`;

/**
 * The same with a span of time of each key's own: one phone that comes back after a week must not make the flight read
 * a week of everybody it shares the flight with. Where no index has the time behind the key, ask it outside the lookup
 * (`timed: false`): else another column's index with the time in it may look as good while a table is small.
 * @param at the first of three parameters: keys, from, to
 */
export function byKeysWithin(asked: {
  readonly table: string;
  readonly alias: string;
  readonly columns: string;
  readonly key: string;
  readonly instant: string;
  readonly timed: boolean;
  readonly at: number;
  readonly where: string;
}): string {
  const { table, alias, columns, key, instant, timed, at, where } = asked;
  const span = `${alias}.${instant} between wanted.first and wanted.last`;
  return `select ${columns} from unnest($${at}::uuid[], $${at + 1}::timestamptz[], $${at + 2}::timestamptz[])
      as wanted (key, first, last)
    cross join lateral (select ${alias}.* from ${table} ${alias}
      where ${alias}.ward_id = $1 and ${alias}.${key} = wanted.key${timed ? ` and ${span}` : ''}
      offset 0) ${alias} where ${where}${timed ? '' : ` and ${span}`}`;
}
