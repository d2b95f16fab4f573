/**
 * Posts said to be done on this phone and not yet with the ward: tried again when the network comes back, and every so
 * often while one waits.
 */
import { keepPosts, pendingPosts, sendPost, type PendingPost } from './pending-posts.client.ts';

const AGAIN_MS = 20_000;

class WaitingPosts {
  list = $state.raw<readonly PendingPost[]>([]);
  /** Raised each time the ward has taken one. */
  sent = $state(0);
  #running: Promise<void> | null = null;

  /** One round at a time: two would write over each other's list. */
  send(ward: number, person: string): Promise<void> {
    this.#running ??= this.#round(ward, person).finally(() => (this.#running = null));
    return this.#running;
  }

  async #round(ward: number, person: string): Promise<void> {
    for (const one of pendingPosts(person)) {
      if (one.refused !== undefined) continue;
      const outcome = await sendPost(ward, one);
      if (outcome.kind === 'no-network') continue;
      // Read anew: another may have been kept while this one was under way.
      const now = pendingPosts(person);
      keepPosts(
        person,
        outcome.kind === 'sent'
          ? now.filter(({ id }) => id !== one.id)
          : now.map((kept) => (kept.id === one.id ? { ...kept, refused: outcome.detail } : kept)),
      );
      if (outcome.kind === 'sent') this.sent += 1;
    }
    this.list = pendingPosts(person);
  }

  add(person: string, one: PendingPost): void {
    keepPosts(person, [...pendingPosts(person).filter(({ id }) => id !== one.id), one]);
    this.list = pendingPosts(person);
  }

  /** What the ward refused and its author has read. */
  drop(person: string, id: string): void {
    keepPosts(
      person,
      pendingPosts(person).filter((one) => one.id !== id),
    );
    this.list = pendingPosts(person);
  }

  /** While a page is open; answers how to end it. */
  watch(ward: number, person: string): () => void {
    this.list = pendingPosts(person);
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

export const waitingPosts = new WaitingPosts();
