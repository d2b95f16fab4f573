import { isDateOn, type DateOn } from '#core/calendar.ts';

/** The day an address asks for; what is no day asks for none, and the page shows its own. */
export function dayAsked(url: Pick<URL, 'searchParams'>): DateOn | null {
  const asked = url.searchParams.get('ngay');
  return asked !== null && isDateOn(asked) ? asked : null;
}
