// A sheet beside a list is held by the address: opening and closing it are links, so the back button closes it.
export function withSheet(url: { pathname: string; search: string }, name: string | null): string {
  const rest = new URLSearchParams(url.search);
  // What an earlier post of this page left there.
  for (const key of [...rest.keys()]) if (key.startsWith('/')) rest.delete(key);
  if (name === null) rest.delete('mo');
  else rest.set('mo', name);
  const query = rest.toString();
  return query === '' ? url.pathname : `${url.pathname}?${query}`;
}

/** The same address with some of its parts changed; whatever sheet was open closes. */
export function withParts(
  url: { pathname: string; search: string },
  changes: Readonly<Record<string, string>>,
): string {
  const rest = new URLSearchParams(withSheet(url, null).split('?')[1] ?? '');
  for (const [name, value] of Object.entries(changes)) rest.set(name, value);
  return `${url.pathname}?${rest.toString()}`;
}
