// A form that posts to a named action of its own page. The plain `?/name` would throw the rest of the address away, and
// with it which duty, day or campaign the page is about.
export function formAction(name: string, url: Pick<URL, 'search'>): string {
  const rest = new URLSearchParams(url.search);
  // What an earlier post of this page left there.
  for (const key of [...rest.keys()]) if (key.startsWith('/')) rest.delete(key);
  const query = rest.toString();
  return query === '' ? `?/${name}` : `?/${name}&${query}`;
}
