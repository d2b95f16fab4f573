/** What may be tied to a place of a superior's form, in words. */
import { m } from '#messages/messages.js';
import { MEASURE_LIST, MEASURES, SHARED, isMeasure } from '#features/reports/figures.ts';
import type { FormCell } from '#features/reports/papers/form-schema.ts';
import type { Choice } from '#ui/forms.ts';
import { measureName } from './measure-words.ts';

const FACTS: readonly (readonly [string, () => string])[] = [
  ['households', m.reports_m_households],
  ['groups', m.documents_fact_groups],
  ['told', m.documents_fact_told],
  ['silent', m.documents_fact_silent],
  ['date', m.documents_fact_date],
  ['day-of-month', m.documents_fact_day_of_month],
  ['month', m.documents_fact_month],
  ['year', m.documents_fact_year],
];
const PARTS: Readonly<Record<FormCell['part'], () => string>> = {
  total: m.reports_col_total,
  day: m.reports_col_day,
  share: m.reports_meeting_share,
  itemised: m.reports_meeting_itemised,
  value: m.documents_part_value,
};

export const figureChoices = (stated: readonly string[]): Choice[] => [
  ...MEASURE_LIST.map((measure) => ({ value: measure, label: measureName(measure) })),
  ...FACTS.map(([value, label]) => ({ value, label: label() })),
  ...stated.map((figure) => ({ value: figure, label: figure })),
];

/** Which numbers a figure has: an event of the day has no share, a fact has only its value. */
export function partChoices(figure: string): Choice[] {
  const parts: FormCell['part'][] = !isMeasure(figure)
    ? ['value']
    : [
        ...(MEASURES[figure] === 'event' ? (['day', 'total'] as const) : (['total', 'day'] as const)),
        ...(SHARED.includes(figure) ? (['share', 'itemised'] as const) : []),
      ];
  return parts.map((part) => ({ value: part, label: PARTS[part]() }));
}

export function tiedWords({ figure, part }: Pick<FormCell, 'figure' | 'part'>): string {
  const name = isMeasure(figure)
    ? measureName(figure)
    : (FACTS.find(([value]) => value === figure)?.[1]() ?? figure);
  return part === 'value' ? name : `${name} · ${PARTS[part]().toLocaleLowerCase()}`;
}

export const isPart = (text: string): text is FormCell['part'] => Object.hasOwn(PARTS, text);

/** "C7", or in words where the place of a Word document has no such name. */
export function placeName({ sheet, ref }: Pick<FormCell, 'sheet' | 'ref'>, sheets: number): string {
  const [, table, row, column] = /^T(\d+)R(\d+)C(\d+)$/.exec(ref) ?? [];
  if (sheet === '' && table && row && column) return m.documents_place_cell({ table, row, column });
  const [, dots] = sheet === '' ? (/^B(\d+)$/.exec(ref) ?? []) : [];
  if (dots) return m.documents_place_dots({ n: dots });
  return sheets > 1 ? `${sheet} · ${ref}` : ref;
}
