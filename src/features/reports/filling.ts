/** How a report fills itself before anybody touches it, and how one edit carries to the next figure. Pure; on the phone. */
import {
  MEASURE_LIST,
  MEASURES,
  type Figure,
  type Figures,
  type Measure,
} from '#features/reports/figures.ts';
import type { FoundFigure } from '#features/reports/message/message.ts';
import type { ReportBody } from '#features/reports/model.ts';

export interface Filling {
  readonly itemised: Figures;
  readonly earlier: Figures;
  readonly draft: ReportBody | null;
  readonly latest: ReportBody | null;
  readonly households: number | null;
}

const plus = (a: number | null | undefined, b: number | null): number | null =>
  b === null ? (a ?? null) : (a ?? 0) + b;

/** Work and events: the records' day; the total said before plus the day, or the records' where they show more. */
function workOf(itemised: Figure | undefined, earlier: Figure | undefined): Figure {
  const day = itemised?.day ?? null;
  const total = plus(earlier?.total, day);
  const counted = itemised?.total ?? null;
  return { day, total: total !== null && counted !== null ? Math.max(total, counted) : (total ?? counted) };
}

export function filledBody({ itemised, earlier, draft, latest, households }: Filling): ReportBody {
  if (latest) return latest;
  if (draft) return draft;
  const figures: Partial<Record<Measure, Figure>> = {};
  for (const measure of MEASURE_LIST) {
    const kind = MEASURES[measure];
    if (kind === 'work') {
      const figure = workOf(itemised[measure], earlier[measure]);
      if (figure.day !== null || figure.total !== null) figures[measure] = figure;
    } else if (kind === 'event' && itemised[measure])
      figures[measure] = { day: itemised[measure].day, total: null };
  }
  return { figures, households, reasons: {}, nothingReason: null, remarks: null };
}

/** A day's figure was written: where the total was only "before plus day", it follows. */
export function withDay(figure: Figure, earlier: Figure | undefined, day: number | null): Figure {
  const before = earlier?.total ?? null;
  const followed =
    figure.total === null || figure.total === plus(before, figure.day) || figure.total === before;
  return { day, total: followed && before !== null ? plus(before, day) : figure.total };
}

/** A read message as a report's body: how things stand is a total, whatever the writer's tense. */
export function bodyOfMessage(read: {
  readonly figures: readonly Pick<FoundFigure, 'measure' | 'span' | 'value'>[];
  readonly noWork: { readonly value: string } | null;
  readonly remarks: readonly { readonly value: string }[];
}): ReportBody {
  const figures: Partial<Record<Measure, Figure>> = {};
  let households: number | null = null;
  for (const { measure, span, value } of read.figures) {
    if (measure === 'households') {
      households = value;
      continue;
    }
    const to = MEASURES[measure] === 'state' && measure !== 'zaloMembers' ? 'total' : span;
    figures[measure] = { ...(figures[measure] ?? { day: null, total: null }), [to]: value };
  }
  const remarks = read.remarks.map(({ value }) => value).join('\n');
  return {
    figures,
    households,
    reasons: {},
    nothingReason: read.noWork ? read.noWork.value.slice(0, 500) || null : null,
    remarks: remarks === '' ? null : remarks.slice(0, 2_000),
  };
}
