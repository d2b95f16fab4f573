/**
 * How two people's changes of one household meet. Field by field: a change made from the value that stands is simply
 * taken. A change made from another value is parallel to somebody else's: the later one stands, whatever the order of
 * arrival, and both values are noted until somebody has looked. Pure: phone and server do the same.
 */
import type { HouseholdEditBody } from '#features/households/schema.ts';

export const EDITABLE = [
  'headName',
  'residence',
  'members',
  'phone',
  'addressWritten',
  'smartphone',
  'respected',
] as const;
export type Editable = (typeof EDITABLE)[number];

/** When a value was said and by which record: the later one wins, the id decides a tie. */
export type Mark = readonly [at: number, recordId: string];

export interface EditableHousehold {
  readonly headName: string;
  readonly residence: string;
  readonly members: unknown;
  readonly phone: string | null;
  readonly addressWritten: string | null;
  readonly smartphone: boolean | null;
  readonly respected: boolean;
  readonly marks: Readonly<Partial<Record<Editable, Mark>>>;
}

export interface Noted {
  readonly field: string;
  readonly kept: unknown;
  readonly other: unknown;
  readonly otherRecordId: string | null;
}

export interface Edited {
  readonly household: EditableHousehold;
  readonly conflicts: readonly Noted[];
}

type Changes = HouseholdEditBody['set'];

/** Members are an object; the order of its keys says nothing. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const text = (value: object) =>
      JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)));
    return text(a) === text(b);
  }
  return (a ?? null) === (b ?? null);
}

const isLater = (a: Mark, b: Mark | undefined): boolean =>
  b === undefined || a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]);

export function applyEdit(
  household: EditableHousehold,
  changes: Changes,
  said: { readonly at: number; readonly recordId: string },
): Edited {
  const to: Record<string, unknown> = { ...household };
  const marks: Partial<Record<Editable, Mark>> = { ...household.marks };
  const conflicts: Noted[] = [];
  const mark: Mark = [said.at, said.recordId];
  for (const field of EDITABLE) {
    const change = changes[field];
    if (!change || sameValue(household[field], change.to)) continue;
    const before = household.marks[field];
    const parallel = !sameValue(household[field], change.from);
    const wins = !parallel || isLater(mark, before);
    if (parallel)
      conflicts.push({
        field,
        kept: wins ? change.to : household[field],
        other: wins ? household[field] : change.to,
        otherRecordId: before?.[1] ?? null,
      });
    if (!wins) continue;
    to[field] = change.to;
    marks[field] = mark;
  }
  return { household: { ...(to as unknown as EditableHousehold), marks }, conflicts };
}

/** The same household made on two phones with different words: the first stands, the differences are noted. */
export function differences(
  there: EditableHousehold,
  said: Partial<Record<Editable, unknown>>,
): readonly Noted[] {
  return EDITABLE.filter((field) => said[field] !== undefined && !sameValue(there[field], said[field])).map(
    (field) => ({
      field,
      kept: there[field],
      other: said[field],
      otherRecordId: there.marks[field]?.[1] ?? null,
    }),
  );
}
