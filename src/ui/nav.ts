/** Entries of the frames' menus. */
import type { IconName } from './icons.ts';

export interface NavItem {
  href: string;
  label: string;
  /** Where there is room for one word only: the bar under the thumb. */
  short?: string | undefined;
  icon: IconName;
  /** What waits there; 0 shows nothing. */
  count?: number | undefined;
}

export interface NavGroup {
  label?: string | undefined;
  items: readonly NavItem[];
}

/** Whether `path` is the entry's page or lies under it; of several that match the longest counts. */
export function currentHref(path: string, items: readonly NavItem[]): string | undefined {
  const clean = (href: string) => href.replace(/[?#].*$/, '').replace(/(?<=.)\/$/, '');
  const here = clean(path);
  return items
    .map((item) => item.href)
    .filter((href) => here === clean(href) || (clean(href) !== '/' && here.startsWith(`${clean(href)}/`)))
    .sort((a, b) => clean(b).length - clean(a).length)[0];
}

/** A step above the page, outermost first. */
export interface Crumb {
  label: string;
  href: string;
}
