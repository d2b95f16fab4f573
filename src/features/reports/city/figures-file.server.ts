// A ward's frozen report as an open file for whoever sums up several wards: counts of the ward and of its groups, no
// household and no person. It carries the hash of itself, so that a figure changed on the way is seen. A hash shows
// damage and carelessness; who sent the file is known by the way it came.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '#platform/audit/canonical.ts';
import { MEASURES } from '#features/reports/figures.ts';
import type { ReportData } from '#features/reports/papers/report-data.ts';
import { DayOn, MeasureName } from '#features/reports/schema.ts';

export const FORMAT = 'tung-nha/ward-figures/1';

const Count = z.int().min(0).max(100_000_000);
const Name = z.string().trim().min(1).max(200);

export const WardFigures = z.object({
  format: z.literal(FORMAT),
  ward: z.object({ code: z.string().max(20).nullable(), name: Name }),
  campaign: z.object({ name: Name, from: DayOn, to: DayOn }),
  report: z.object({
    kind: z.string().max(40),
    from: DayOn,
    to: DayOn,
    /** When the figures were frozen. */
    cutAt: z.string().max(40),
    /** Of the frozen data in the ward, as its own papers print it. */
    frozen: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  households: Count.nullable(),
  /** Groups that owed a report, and that had sent one. */
  groups: Count,
  told: Count,
  figures: z
    .array(
      z.object({
        measure: MeasureName,
        /** Of the day or, for what only happens, of the period. */
        day: Count.nullable(),
        total: Count.nullable(),
        /** With a list of households. */
        itemised: Count.nullable(),
      }),
    )
    .max(40),
  byGroup: z
    .array(
      z.object({
        name: Name,
        households: Count.nullable(),
        told: z.boolean(),
        reached: Count.nullable(),
        pledged: Count.nullable(),
      }),
    )
    .max(500),
});
export type WardFigures = z.infer<typeof WardFigures>;

export const hashOfFigures = (figures: unknown): string =>
  createHash('sha256').update(canonicalJson(figures)).digest('hex');

export function figuresOf(
  data: ReportData,
  ward: WardFigures['ward'],
  frozen: string,
): WardFigures & { readonly sha256: string } {
  const figures: WardFigures = {
    format: FORMAT,
    ward,
    campaign: { name: data.campaign.name, from: data.campaign.fromOn, to: data.campaign.toOn },
    report: { kind: data.kind, from: data.fromOn, to: data.toOn, cutAt: data.cutAt, frozen },
    households: data.households,
    groups: data.groups,
    told: data.told,
    figures: data.figures.flatMap(({ measure, day, total, itemisedTotal }) => {
      const known = MeasureName.safeParse(measure);
      if (!known.success) return [];
      const event = MEASURES[known.data] === 'event';
      return [
        {
          measure: known.data,
          day: event ? (data.events[measure] ?? day) : day,
          total: event ? null : total,
          itemised: itemisedTotal,
        },
      ];
    }),
    byGroup: data.lines
      .filter(({ undivided }) => !undivided)
      .map(({ name, households, told, figures: of }) => ({
        name,
        households,
        told,
        reached: of.reached?.total ?? null,
        pledged: of.pledged?.total ?? null,
      })),
  };
  return { ...figures, sha256: hashOfFigures(figures) };
}

export type Opened =
  | { readonly ok: true; readonly figures: WardFigures }
  | { readonly ok: false; readonly why: 'not-a-figures-file' | 'changed' };

/** What is in a file somebody brought. Its hash is judged over what was read, whatever order or spacing it has. */
export function openFigures(text: string): Opened {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    return { ok: false, why: 'not-a-figures-file' };
  }
  const carried = z.looseObject({ format: z.literal(FORMAT), sha256: z.string() }).safeParse(told);
  if (!carried.success) return { ok: false, why: 'not-a-figures-file' };
  const { sha256, ...rest } = carried.data;
  const parsed = WardFigures.safeParse(rest);
  if (!parsed.success) return { ok: false, why: 'not-a-figures-file' };
  return hashOfFigures(rest) === sha256 ? { ok: true, figures: parsed.data } : { ok: false, why: 'changed' };
}
