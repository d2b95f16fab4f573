// The address of the register's list: names a person can read, turned into what the API asks for.
import { LIST_NAMES } from '#features/households/ui/door-links.ts';

export function apiQuery(address: URLSearchParams, campaign: string | null): string {
  const query = new URLSearchParams();
  for (const [key, name] of Object.entries(LIST_NAMES)) {
    const value = address.get(name);
    if (value) query.set(key, value);
  }
  if (campaign) query.set('campaign', campaign);
  return query.toString();
}

/** The same view on another page. */
export function onPage(address: { toString(): string }, page: number): string {
  const query = new URLSearchParams(address.toString());
  if (page > 1) query.set(LIST_NAMES.page, String(page));
  else query.delete(LIST_NAMES.page);
  return `?${query.toString()}`;
}
