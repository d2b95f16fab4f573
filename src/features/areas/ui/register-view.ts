// How the register is searched and sorted on the page; the address holds the view.
import { byName, byPosition } from '#features/areas/model.ts';
import type { GroupLine } from '#features/areas/schema.ts';
import { matches, searchText } from '#core/vietnamese.ts';
import type { Sort } from '#ui/tables.ts';

const ORDERS: Readonly<Record<string, (a: GroupLine, b: GroupLine) => number>> = {
  position: byPosition,
  name: byName,
  households: (a, b) => (a.households ?? -1) - (b.households ?? -1),
  lanes: (a, b) => a.lanes - b.lanes,
};

/** "name", "-households"; anything else is the ward's own order. */
export function readSort(text: string | null): Sort {
  const key = text?.replace(/^-/, '') ?? '';
  return key in ORDERS
    ? { key, direction: text?.startsWith('-') ? 'descending' : 'ascending' }
    : { key: 'position', direction: 'ascending' };
}

/** The same view sorted otherwise: search and day stay. */
export function sortAddress(url: Pick<URL, 'pathname' | 'search'>, { key, direction }: Sort): string {
  const view = new URLSearchParams(url.search);
  view.set('xep', `${direction === 'descending' ? '-' : ''}${key}`);
  return `${url.pathname}?${view.toString()}`;
}

export function viewOf(groups: readonly GroupLine[], search: string, sort: Sort): GroupLine[] {
  const query = searchText(search);
  const order = ORDERS[sort.key] ?? byPosition;
  const found = groups.filter(
    ({ name, shortName }) => matches(searchText(name), query) || matches(searchText(shortName), query),
  );
  const sorted = found.toSorted((a, b) => order(a, b) || byPosition(a, b));
  return sort.direction === 'descending' ? sorted.reverse() : sorted;
}

export function totals(groups: readonly GroupLine[]) {
  const sum = (of: (group: GroupLine) => number) => groups.reduce((all, group) => all + of(group), 0);
  return {
    groups: groups.length,
    households: sum(({ households }) => households ?? 0),
    temporary: sum(({ temporaryHouseholds }) => temporaryHouseholds ?? 0),
    lanes: sum(({ lanes }) => lanes),
    waiting: groups.filter(({ waiting }) => waiting !== null).length,
    undeclared: groups.filter(({ households, waiting }) => households === null && waiting === null).length,
  };
}
