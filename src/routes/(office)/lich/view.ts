// What stretch of the calendar an address asks for, and the addresses around it.
import {
  addDays,
  daysBetween,
  earlier,
  isDateOn,
  later,
  weekOf,
  type ClosedRange,
  type DateOn,
} from '#core/calendar.ts';

export const VIEWS = ['ngay', 'tuan', 'dot'] as const;
export type View = (typeof VIEWS)[number];

export interface Asked {
  readonly view: View;
  /** A day inside the stretch. */
  readonly day: DateOn;
  readonly by: 'unit' | 'group';
}

export function askedIn(query: URLSearchParams, today: DateOn): Asked {
  const view = VIEWS.find((one) => one === query.get('xem')) ?? 'tuan';
  const day = query.get('ngay');
  return {
    view,
    day: day !== null && isDateOn(day) ? day : today,
    by: query.get('theo') === 'to' ? 'group' : 'unit',
  };
}

export function rangeOf({ view, day }: Asked, campaign: ClosedRange): ClosedRange {
  if (view === 'ngay') return { from: day, to: day };
  return view === 'tuan' ? weekOf(day) : campaign;
}

/** The same view one stretch earlier (-1) or later (1); null for the whole campaign, which has none. */
export function besides({ view, day }: Asked, step: 1 | -1): DateOn | null {
  if (view === 'dot') return null;
  return addDays(day, view === 'tuan' ? step * 7 : step);
}

/** Columns of the whole campaign: days, or weeks where days would be too many to see. */
export const MOST_COLUMNS = 45;

export function columnsOf(range: ClosedRange): ClosedRange[] {
  const byWeek = daysBetween(range.from, range.to) >= MOST_COLUMNS;
  const columns: ClosedRange[] = [];
  for (let from = range.from; from <= range.to;) {
    const week = weekOf(from);
    const column = byWeek
      ? { from: later(week.from, range.from), to: earlier(week.to, range.to) }
      : { from, to: from };
    columns.push(column);
    from = addDays(column.to, 1);
  }
  return columns;
}
