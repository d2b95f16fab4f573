// What the duty lists name, and what the button beside a duty is called.
import { m } from '#messages/messages.js';
import type { OwedOccurrence } from '#features/dashboards/duty-sections.ts';

export interface DutyItem {
  readonly id: string;
  readonly title: string;
  readonly kind: 'target' | 'duty' | 'report';
  readonly activity: string | null;
}

export interface DutyNames {
  readonly today: string;
  readonly campaign: { readonly id: string };
  readonly items: readonly DutyItem[];
  readonly groups: readonly { readonly id: string; readonly shortName: string }[];
}

/** Whom to call about a group or unit, by its id. */
export type Callees = Readonly<Record<string, { readonly name: string; readonly phone: string }>>;

export function actWords(item: DutyItem | undefined): string {
  if (item?.kind === 'report') return m.dashboards_record_report();
  return item?.activity === 'post' ? m.dashboards_record_post() : m.dashboards_record();
}

export const dutyHref = (
  campaign: string,
  one: Pick<OwedOccurrence, 'itemId' | 'areaId' | 'periodStart'>,
): string =>
  `/nhiem-vu?chien-dich=${campaign}&muc=${one.itemId}&ky=${one.periodStart}${one.areaId ? `&to=${one.areaId}` : ''}`;

/** The plan's words may begin inside a sentence; a line of a list does not. */
export const asTitle = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
