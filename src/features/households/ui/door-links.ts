// Every figure opens: the address of the list of the very households it counts.
import type { DoorState } from '#features/households/door-states.ts';
import type { Shown } from '#features/households/shown.ts';

export interface DoorsWanted {
  readonly campaign: string;
  readonly area?: string | undefined;
  readonly lane?: string | undefined;
  readonly show?: Shown | undefined;
  readonly reason?: string | undefined;
  readonly day?: string | undefined;
  readonly person?: string | undefined;
  readonly door?: DoorState | undefined;
}

/** Names in the address, by what the API calls them. */
export const LIST_NAMES = {
  q: 'tim',
  page: 'trang',
  residence: 'cu-tru',
  import: 'danh-sach',
  campaign: 'chien-dich',
  area: 'to',
  lane: 'ngo',
  show: 'xem',
  reason: 'ly-do',
  day: 'ngay',
  person: 'nguoi',
  door: 'cua',
} as const;

export function doorsHref(wanted: DoorsWanted): string {
  const query = new URLSearchParams();
  for (const key of ['area', 'lane', 'show', 'reason', 'day', 'person', 'door', 'campaign'] as const) {
    const value = wanted[key];
    if (value !== undefined) query.set(LIST_NAMES[key], value);
  }
  return `/ho-dan?${query.toString()}`;
}
