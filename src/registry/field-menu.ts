// The menu under the thumb, for pages of the server and for the offline app alike. It names its actions only: the
// permission table stays off the phone, and a field role may do each of these.
import { m } from '#messages/messages.js';
import type { NavItem } from '#ui/nav.ts';

export interface FieldEntry {
  readonly label: () => string;
  readonly short?: () => string;
  readonly href: string;
  readonly icon: NavItem['icon'];
  readonly action: string;
}

export const FIELD_MENU: readonly FieldEntry[] = [
  { label: m.lane_home, href: '/field', icon: 'home', action: 'people.own-account' },
  { label: m.lane_doors, href: '/field/nha', icon: 'door', action: 'people.own-account' },
  { label: m.campaign_nav_duties, href: '/field/viec', icon: 'list', action: 'evidence.read' },
  { label: m.people_nav_this_phone, href: '/field/may', icon: 'more', action: 'people.own-account' },
];

/** As the offline app shows it: whoever opened the phone has a field role. */
export const phoneMenu = (): NavItem[] =>
  FIELD_MENU.map(({ label, short, href, icon }) => ({ label: label(), short: short?.(), href, icon }));
