/** What a unit's report is called, and what of its form goes back to whoever typed it. */
import { m } from '#messages/messages.js';
import { getLocale } from '#messages/runtime.js';
import type { UnitReport } from '#features/reports/units/schema.ts';
import { formatDate } from '#ui/format.ts';

/** The plan's own words where it asks this unit by name; at a date of the groups its sentence is about groups. */
export function unitReportTitle({
  title,
  kind,
  reportOn,
}: Pick<UnitReport, 'title' | 'kind' | 'reportOn'>): string {
  if (title !== null) return title;
  return kind === 'final'
    ? m.unit_reports_name_final()
    : m.unit_reports_name_quick({ day: formatDate(reportOn, getLocale()) });
}

export interface KeptUnitReport {
  readonly item: string;
  readonly work: readonly { readonly itemId: string; readonly stated: string; readonly reason: string }[];
  readonly nothing: string;
  readonly remarks: string;
  readonly correction: string;
}
