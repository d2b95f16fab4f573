/**
 * What an amendment changes, item by item. Where a phrase stands in the paper is not part of what it says: a
 * sentence that only moved is the same.
 */
import type { ItemId, PlanItem } from '#features/plan/model.ts';

export interface ItemChange {
  readonly id: ItemId;
  readonly state: 'same' | 'changed' | 'new' | 'dropped';
  readonly before: PlanItem | null;
  readonly after: PlanItem | null;
  /** Names of the fields that differ, sorted. */
  readonly fields: readonly string[];
}

/** In the order of the newer version, then what it dropped. */
export function diffPlans(before: readonly PlanItem[], after: readonly PlanItem[]): ItemChange[] {
  const olds = new Map(before.map((item) => [item.id, item]));
  const ids = new Set(after.map(({ id }) => id));
  return [
    ...after.map((item) => changeOf(olds.get(item.id) ?? null, item)),
    ...before
      .filter(({ id }) => !ids.has(id))
      .map((item): ItemChange => ({ id: item.id, state: 'dropped', before: item, after: null, fields: [] })),
  ];
}

function changeOf(before: PlanItem | null, after: PlanItem): ItemChange {
  const { id } = after;
  if (!before) return { id, state: 'new', before, after, fields: [] };
  const fields = differing(before, after);
  return { id, state: fields.length === 0 ? 'same' : 'changed', before, after, fields };
}

function differing(before: PlanItem, after: PlanItem): string[] {
  const old = new Map<string, unknown>(Object.entries(before));
  const now = new Map<string, unknown>(Object.entries(after));
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((field) => field !== 'quote' && !equal(old.get(field), now.get(field)))
    .sort();
}

/** Items are plain data; the order of keys says nothing, so a body that went through a database is still equal. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [x, y] = [new Map<string, unknown>(Object.entries(a)), new Map<string, unknown>(Object.entries(b))];
  return x.size === y.size && [...x].every(([key, value]) => y.has(key) && equal(value, y.get(key)));
}

const WEIGHTY = new Set([
  'kind',
  'value',
  'comparator',
  'unit',
  'per',
  'cadence',
  'scope',
  'accountable',
  'actor',
  'between',
  'by',
  'time',
  'weekdays',
  'dayOfMonth',
  'standing',
  'proposal',
]);

/** A changed target, unit or deadline, or a whole item, asks for the amending document's number and date. */
export function needsDocument(change: ItemChange): boolean {
  return (
    change.state === 'new' || change.state === 'dropped' || change.fields.some((field) => WEIGHTY.has(field))
  );
}
