// The way through the doors: from a right answer to the next question, and at last to the page that was asked for.
import { safeReturn } from '#features/people/model.ts';
import type { Next } from '#features/people/schema.ts';

/** The page that was asked for before signing in, or null. */
export const returnOf = (url: URL): string | null => safeReturn(url.searchParams.get('ve'));

export function afterSignIn(next: Next, url: URL): string {
  const back = returnOf(url);
  const query = back === null ? '' : `?ve=${encodeURIComponent(back)}`;
  switch (next) {
    case 'second-factor':
      return `/vao/ma-xac-thuc${query}`;
    case 'new-password':
      return `/mat-khau-moi${query}`;
    case 'ward':
      return `/chon-phuong${query}`;
    case 'in':
      return back ?? '/';
  }
}
