/** How a plan's items are shown in order: targets, then duties by who answers for them, then reports. Pure. */
import { GROUPS } from '#features/plan/model.ts';
import type { ItemReply, UnitReply } from '#features/plan/api-schema.ts';
import { OUTSIDE } from '#features/plan/unit-keys.ts';

export interface ItemGroup {
  /** `target`, `report`, `ignored`, or who answers: a unit's id, `groups`, `outside`, or `?` and the paper's name. */
  readonly key: string;
  readonly items: readonly ItemReply[];
}

export const byId = <T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((one) => [one.id, one]));

/** Numbers stand on both sides, so that an item is found without colour: "C1", "V12", "B2". */
export function numbered(items: readonly ItemReply[]): Map<string, string> {
  const letters = { target: 'C', duty: 'V', report: 'B' } as const;
  const counts = { target: 0, duty: 0, report: 0 };
  return new Map(
    items.map(({ id, kind }) => {
      counts[kind] += 1;
      return [id, `${letters[kind]}${counts[kind]}`];
    }),
  );
}

const whoOf = ({ body }: ItemReply): string =>
  body.accountable ?? (body.kind === 'target' ? '' : `?${body.actor}`);

/** Unknown names first: they wait for somebody. Then units in the ward's own order, the groups, outsiders. */
function rank(key: string, units: ReadonlyMap<string, number>): number {
  if (key.startsWith('?')) return -1;
  if (key === GROUPS) return units.size;
  if (key === OUTSIDE) return units.size + 1;
  return units.get(key) ?? units.size;
}

export function groupItems(items: readonly ItemReply[], units: readonly UnitReply[]): ItemGroup[] {
  const alive = items.filter(({ review }) => review !== 'ignored');
  const of = (kind: ItemReply['kind']) => alive.filter((item) => item.kind === kind);
  const order = new Map(units.map(({ id }, at) => [id, at]));
  const duties = [...Map.groupBy(of('duty'), whoOf)]
    .map(([key, list]) => ({ key, items: list }))
    .sort((a, b) => rank(a.key, order) - rank(b.key, order));
  const groups = [
    { key: 'target', items: of('target') },
    ...duties,
    { key: 'report', items: of('report') },
    { key: 'ignored', items: items.filter(({ review }) => review === 'ignored') },
  ];
  return groups.filter(({ items: list }) => list.length > 0);
}

/** The order in which arrow keys walk: that of the list on the screen. */
export const walkOrder = (groups: readonly ItemGroup[]): string[] =>
  groups.filter(({ key }) => key !== 'ignored').flatMap(({ items }) => items.map(({ id }) => id));
