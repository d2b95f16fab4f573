// What a push message says, read with suspicion: a notice must be shown for every push, also for one this build cannot read.

export interface ShownNotice {
  readonly title: string;
  readonly body: string;
  /** Notices of one tag replace each other: a message sent twice stands once. */
  readonly tag: string;
  /** A page of our own. */
  readonly url: string;
}

const FALLBACK: ShownNotice = { title: 'Từng Nhà', body: '', tag: 'tungnha', url: '/' };

/** Only a path of our own: `//elsewhere` and `/\elsewhere` lead to strangers. */
export function ownPath(value: unknown): string {
  return typeof value === 'string' && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(value) ? value : FALLBACK.url;
}

export function readPayload(text: string | undefined): ShownNotice {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? '');
  } catch {
    return FALLBACK;
  }
  if (typeof parsed !== 'object' || parsed === null) return FALLBACK;
  const word = (key: string, otherwise: string): string => {
    const value = (parsed as Record<string, unknown>)[key];
    return typeof value === 'string' && value !== '' ? value : otherwise;
  };
  return {
    title: word('title', FALLBACK.title),
    body: word('body', FALLBACK.body),
    tag: word('tag', FALLBACK.tag),
    url: ownPath((parsed as Record<string, unknown>)['url']),
  };
}

/**
 * A new worker takes over only where nothing can be lost: every open window shows a home screen. What stands half typed
 * on one of them is the page's own to say, before it asks.
 */
export function mayTakeOver(windows: readonly string[], homes: readonly string[]): boolean {
  return windows.every((url) => URL.canParse(url) && homes.includes(new URL(url).pathname));
}
