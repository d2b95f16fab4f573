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
