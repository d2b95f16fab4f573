/**
 * One post on its way to a provider: what each answer means for it. Pure. The rule that decides everything here: a post
 * whose fate is not known is never sent again before somebody has looked whether it stands there, and it is never
 * dropped either; where nobody can look, a person decides.
 */
import { sha1 } from '#core/sha1.ts';
import { MINUTE } from '#core/clock.ts';

export const PROVIDERS = ['zalo', 'facebook', 'webhook', 'mail'] as const;
export type Provider = (typeof PROVIDERS)[number];

export const WAYS = ['article', 'group-message', 'page-post', 'call', 'letter'] as const;
export type Way = (typeof WAYS)[number];

export const WAYS_OF: Readonly<Record<Provider, readonly Way[]>> = {
  zalo: ['article', 'group-message'],
  facebook: ['page-post'],
  webhook: ['call'],
  mail: ['letter'],
};

/**
 * planned → sending → sent. `making`: the provider gave a receipt and is still at work. `looking`: nobody knows whether
 * it stands there. `unclear`: it could not be found out, a person must look.
 */
export const SEND_STATES = [
  'planned',
  'sending',
  'making',
  'looking',
  'unclear',
  'sent',
  'failed',
  'cancelled',
] as const;
export type SendState = (typeof SEND_STATES)[number];

/** What a provider, or the lack of one, said to a post. */
export type Outcome =
  | { readonly is: 'sent'; readonly externalId: string; readonly url: string | null }
  /** Taken, and still being worked on; `receipt` asks for it later. */
  | { readonly is: 'making'; readonly receipt: string }
  /** Surely not sent: the key has run out. */
  | { readonly is: 'key-ended'; readonly code: string }
  /** Surely not sent, and another time it may be. */
  | { readonly is: 'later'; readonly code: string; readonly afterMs: number | null }
  /** Surely not sent, and never will be as it stands. */
  | { readonly is: 'refused'; readonly code: string }
  /** Sent, perhaps. */
  | { readonly is: 'unclear'; readonly code: string };

export type Looked =
  | { readonly is: 'found'; readonly externalId: string; readonly url: string | null }
  /** The list was read back to before the attempt, and it is not in it. */
  | { readonly is: 'absent' }
  /** The list could not be read. */
  | { readonly is: 'blind'; readonly code: string; readonly keyEnded?: boolean };

export interface Send {
  readonly state: SendState;
  readonly attempts: number;
  readonly looks: number;
  readonly blind: number;
}

export interface Step {
  readonly state: SendState;
  readonly nextAt: number | null;
  readonly code: string | null;
  readonly looks?: number;
  readonly blind?: number;
  readonly receipt?: string | null;
}

/** Past them something is wrong that waiting does not mend. */
export const MOST_ATTEMPTS = 8;
const BACKOFF = [1, 2, 5, 15, 30, 60, 120].map((minutes) => minutes * MINUTE);
/** An article may stand only after minutes; three looks that find nothing, the last a good while later, and it is not there. */
export const LOOK_AFTER = [1, 4, 15].map((minutes) => minutes * MINUTE);
const MOST_BLIND = 5;
/** How often a half-made article is asked for. */
const MAKING_EVERY = 20_000;
const MOST_MAKING = 60;

const backoff = (attempts: number): number =>
  BACKOFF[Math.min(Math.max(attempts, 1), BACKOFF.length) - 1] ?? MINUTE;

/** @param send as it stood while it was sent, its attempt counted */
export function afterSending(send: Send, outcome: Exclude<Outcome, { is: 'sent' }>, now: number): Step {
  switch (outcome.is) {
    case 'making':
      return { state: 'making', nextAt: now + MAKING_EVERY, code: null, receipt: outcome.receipt, looks: 0 };
    case 'key-ended':
    case 'later': {
      if (send.attempts >= MOST_ATTEMPTS) return { state: 'failed', nextAt: null, code: outcome.code };
      // The first time a key has simply run out: with the new one it can go at once.
      if (outcome.is === 'key-ended' && send.attempts === 1)
        return { state: 'planned', nextAt: now, code: outcome.code };
      const wish = outcome.is === 'later' ? (outcome.afterMs ?? 0) : 0;
      return { state: 'planned', nextAt: now + Math.max(backoff(send.attempts), wish), code: outcome.code };
    }
    case 'refused':
      return { state: 'failed', nextAt: null, code: outcome.code };
    case 'unclear':
      return beginLooking(now, outcome.code);
  }
}

export const beginLooking = (now: number, code: string): Step => ({
  state: 'looking',
  nextAt: now + (LOOK_AFTER[0] ?? MINUTE),
  code,
  looks: 0,
  blind: 0,
});

/** A half-made article: asking again does nothing but ask. */
export function afterAsking(send: Send, outcome: Exclude<Outcome, { is: 'sent' }>, now: number): Step {
  if (outcome.is === 'refused') return { state: 'failed', nextAt: null, code: outcome.code, receipt: null };
  const code = outcome.is === 'making' ? null : outcome.code;
  if (send.looks + 1 >= MOST_MAKING) return beginLooking(now, code ?? 'still-making');
  const wait = outcome.is === 'later' ? Math.max(MAKING_EVERY, outcome.afterMs ?? 0) : MAKING_EVERY;
  return { state: 'making', nextAt: now + wait, code, looks: send.looks + 1 };
}

/** Nothing was tried: the account's keys were not to be had just now. */
export const notTried = (was: SendState, now: number): Step => ({
  state: was,
  nextAt: now + MINUTE,
  code: 'account-not-ready',
});

export function afterLooking(send: Send, looked: Exclude<Looked, { is: 'found' }>, now: number): Step {
  if (looked.is === 'blind') {
    const blind = send.blind + 1;
    return blind >= MOST_BLIND
      ? { state: 'unclear', nextAt: null, code: looked.code, blind }
      : { state: 'looking', nextAt: now + backoff(blind), code: looked.code, blind };
  }
  const wait = LOOK_AFTER[send.looks + 1];
  if (wait !== undefined)
    return { state: 'looking', nextAt: now + wait, code: 'absent', looks: send.looks + 1, blind: 0 };
  return send.attempts >= MOST_ATTEMPTS
    ? { state: 'failed', nextAt: null, code: 'absent' }
    : { state: 'planned', nextAt: now, code: 'absent', looks: 0, blind: 0, receipt: null };
}

/** Letters and digits nobody mistakes for one another when reading them out. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Two groups of four letters, derived from the post's id: said in the post, found again in the provider's list. */
export function markerOf(id: string): string {
  const bytes = sha1(new TextEncoder().encode(`outlet:${id}`));
  let letters = '';
  for (let n = 0; n < 8; n++) letters += LETTERS[(bytes[n] ?? 0) % LETTERS.length] ?? '';
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}

export const markerLine = (marker: string): string => `Mã tin: ${marker}`;

/** Limits of an Official Account's article. */
export const ARTICLE = { title: 150, description: 300, author: 50 } as const;

/** At a word, with an ellipsis: nothing is cut inside one. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > most / 2 ? space : most - 1).trimEnd()}…`;
}
