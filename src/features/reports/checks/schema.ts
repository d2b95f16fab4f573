// Shapes at the edge of check visits and of tasks with a day.
import { z } from 'zod';
import { DayOn } from '#features/reports/schema.ts';

const Words = (most: number) => z.string().trim().min(3).max(most);
/** A unit, or every residential group. */
const Accountable = z.union([z.uuid(), z.literal('groups')]);

export const TaskWish = z.strictObject({
  id: z.uuid(),
  title: Words(400),
  on: DayOn,
  accountable: Accountable,
});
export type TaskWish = z.infer<typeof TaskWish>;

export const CheckWish = z
  .strictObject({
    id: z.uuid(),
    areaId: z.uuid().nullable(),
    unitId: z.uuid().nullable(),
    checkedOn: DayOn,
    checkers: Words(400),
    findings: Words(4_000),
    followUp: z.strictObject({ title: Words(400), by: DayOn, accountable: Accountable }).nullable(),
  })
  .refine(({ areaId, unitId }) => (areaId === null) !== (unitId === null), 'a group or a unit');
export type CheckWish = z.infer<typeof CheckWish>;

export const DoneWish = z.strictObject({ note: Words(500) });

export const Check = z.object({
  id: z.string(),
  place: z.string(),
  checkedOn: z.string(),
  checkers: z.string(),
  findings: z.string(),
  followUp: z.string().nullable(),
  followUpBy: z.string().nullable(),
  accountable: z.string().nullable(),
  itemId: z.string().nullable(),
  doneAt: z.string().nullable(),
  doneNote: z.string().nullable(),
  recordedBy: z.string(),
});
export type Check = z.infer<typeof Check>;

/** What minutes are set from, frozen when they go into the chain. */
export const MinutesData = z.object({ kind: z.literal('minutes'), campaign: z.string(), check: Check });
export type MinutesData = z.infer<typeof MinutesData>;

const Named = z.object({ id: z.string(), name: z.string() });
export const CheckList = z.object({
  /** With the paper its minutes became, where they are in the chain of signing. */
  checks: z.array(Check.extend({ paper: z.object({ state: z.string() }).nullable() })),
  groups: z.array(Named),
  units: z.array(Named),
  today: z.string(),
  may: z.object({ record: z.boolean(), draft: z.boolean() }),
});
export type CheckList = z.infer<typeof CheckList>;

export const UnitList = z.object({ units: z.array(Named) });
