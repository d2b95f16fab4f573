/**
 * What a person said on this phone without a network and the ward has not answered yet: counts and words of their own,
 * no household and no name, so it needs no key. Kept until the ward has it, tried again when the network comes back and
 * every so often while one waits. Ids are made once, so sending twice is one.
 */
import * as z from 'zod/mini';

const AGAIN_MS = 20_000;
/** Busy, or the PIN is wanted first: what waits is not at fault and is tried again. */
const LATER: readonly number[] = [401, 408, 423, 429];

export interface Kept {
  readonly id: string;
  /** Why the ward did not take it: it waits for its author, and is not sent again by itself. */
  readonly refused?: string | undefined;
}

interface Sort<T extends Kept> {
  readonly name: string;
  readonly shape: z.ZodMiniType<T>;
  readonly request: (one: T) => { readonly path: string; readonly body: unknown };
}

type Outcome = 'sent' | 'later' | { readonly refused: string };

const keyOf = (name: string, person: string): string => `tung-nha:${name}:${person}`;

/** Asked without the list's own code, which a phone with nothing waiting need not load. */
export const hasWaiting = (name: string, person: string): boolean =>
  localStorage.getItem(keyOf(name, person)) !== null;

export class WaitingList<T extends Kept> {
  list = $state.raw<readonly T[]>([]);
  /** Raised each time the ward has taken one. */
  sent = $state(0);
  readonly #sort: Sort<T>;
  #running: Promise<void> | null = null;

  constructor(sort: Sort<T>) {
    this.#sort = sort;
  }

  #read(person: string): T[] {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(keyOf(this.#sort.name, person)) ?? '[]');
      const parsed = z.array(this.#sort.shape).safeParse(kept);
      return parsed.success ? parsed.data : [];
    } catch {
      return [];
    }
  }

  #keep(person: string, list: readonly T[]): void {
    const key = keyOf(this.#sort.name, person);
    if (list.length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(list));
    this.list = list;
  }

  async #try(ward: number, one: T): Promise<Outcome> {
    const { path, body } = this.#sort.request(one);
    let response: Response;
    try {
      response = await fetch(`/api/wards/${ward}/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    } catch {
      return 'later';
    }
    if (response.ok) return 'sent';
    if (response.status >= 500 || LATER.includes(response.status)) return 'later';
    const told = (await response.json().catch(() => ({}))) as { detail?: string };
    return { refused: told.detail ?? '' };
  }

  /** One round at a time: two would write over each other's list. */
  send(ward: number, person: string): Promise<void> {
    this.#running ??= this.#round(ward, person).finally(() => (this.#running = null));
    return this.#running;
  }

  async #round(ward: number, person: string): Promise<void> {
    for (const one of this.#read(person)) {
      if (one.refused !== undefined) continue;
      const outcome = await this.#try(ward, one);
      if (outcome === 'later') continue;
      // Read anew: another may have been kept while this one was under way.
      const now = this.#read(person);
      this.#keep(
        person,
        outcome === 'sent'
          ? now.filter(({ id }) => id !== one.id)
          : now.map((kept) => (kept.id === one.id ? { ...kept, refused: outcome.refused } : kept)),
      );
      if (outcome === 'sent') this.sent += 1;
    }
    this.list = this.#read(person);
  }

  add(person: string, one: T, inPlaceOf = one.id): void {
    this.#keep(person, [...this.#read(person).filter(({ id }) => id !== inPlaceOf), one]);
  }

  /** What the ward refused and its author has read. */
  drop(person: string, id: string): void {
    this.#keep(
      person,
      this.#read(person).filter((one) => one.id !== id),
    );
  }

  /** While the phone or a page is open; answers how to end it. */
  watch(ward: number, person: string): () => void {
    this.list = this.#read(person);
    const send = () => void this.send(ward, person);
    send();
    addEventListener('online', send);
    const again = setInterval(() => {
      if (this.list.some(({ refused }) => refused === undefined)) send();
    }, AGAIN_MS);
    return () => {
      removeEventListener('online', send);
      clearInterval(again);
    };
  }
}
