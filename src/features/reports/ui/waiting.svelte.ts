/**
 * Reports confirmed on this phone and not yet with the ward, whatever page is open: tried again when the network comes
 * back, and every so often while one waits. The pages of the field app show how many there are.
 */
import { keepPending, pendingOf, sendPending, type Pending } from './pending.client.ts';

const AGAIN_MS = 20_000;

class WaitingReports {
  list = $state.raw<readonly Pending[]>([]);
  /** Raised each time the ward has answered one. */
  sent = $state(0);
  #running: Promise<void> | null = null;

  /** One round at a time: two would write over each other's list. */
  send(ward: number, person: string): Promise<void> {
    this.#running ??= this.#round(ward, person).finally(() => (this.#running = null));
    return this.#running;
  }

  async #round(ward: number, person: string): Promise<void> {
    for (const one of pendingOf(person)) {
      if (one.refused !== undefined) continue;
      const outcome = await sendPending(ward, one);
      if (outcome.kind === 'no-network') continue;
      // Read anew: another may have been confirmed while this one was under way.
      const now = pendingOf(person);
      keepPending(
        person,
        outcome.kind === 'sent'
          ? now.filter(({ id }) => id !== one.id)
          : now.map((kept) => (kept.id === one.id ? { ...kept, refused: outcome.detail } : kept)),
      );
      if (outcome.kind === 'sent') this.sent += 1;
    }
    this.list = pendingOf(person);
  }

  add(person: string, one: Pending, inPlaceOf: string | undefined): void {
    keepPending(person, [...pendingOf(person).filter(({ id }) => id !== inPlaceOf), one]);
    this.list = pendingOf(person);
  }

  /** While a phone is open; answers how to end it. */
  watch(ward: number, person: string): () => void {
    this.list = pendingOf(person);
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

export const waitingReports = new WaitingReports();
