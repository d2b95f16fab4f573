// The typist's queue. What was typed is kept by the browser until the ward has answered, so that a closed window or a
// lost line costs nothing; a repeat is the same record and counts once.
import { isoOf } from '#core/clock.ts';
import { makeIds } from '#core/ids.ts';
import { recordOf } from '#features/households/paper-keys.ts';
import type { PaperKey, PaperRecord, PaperSheet } from '#features/households/paper-keys.ts';
import { PROTOCOL } from '#protocol/envelope.ts';

const KEPT = 'tn_paper_queue';
const BATCH = 50;

export interface DoorState {
  /** Of the record. */
  readonly id: string;
  readonly key: PaperKey;
  readonly state: 'unsent' | 'received' | 'refused';
  readonly code?: string;
}

interface Answer {
  readonly id: string | null;
  readonly answer: string;
  readonly code?: string;
}

export class PaperDesk {
  /** By household. */
  readonly typed = $state<Record<string, DoorState>>({});
  sending = $state(false);
  offline = $state(false);
  #queue: PaperRecord[] = [];
  readonly #nextId = makeIds(() => Date.now());
  readonly #offset: number;

  constructor(offset: number) {
    this.#offset = offset;
  }

  /** Records left from another time on this machine go first. */
  restore(): number {
    try {
      this.#queue = JSON.parse(localStorage.getItem(KEPT) ?? '[]') as PaperRecord[];
    } catch {
      this.#queue = [];
    }
    return this.#queue.length;
  }

  get waiting(): number {
    return Object.values(this.typed).filter(({ state }) => state === 'unsent').length;
  }

  type(sheet: PaperSheet, householdId: string, key: PaperKey): void {
    const record = recordOf(sheet, { id: this.#nextId(), householdId, key, at: Date.now() }, this.#offset);
    // A slip corrected before it was sent replaces the record; after that it is a visit of its own.
    const slip = this.typed[householdId]?.id;
    this.#queue = [...this.#queue.filter(({ id }) => id !== slip), record];
    this.typed[householdId] = { id: record.id, key, state: 'unsent' };
    this.#keep();
  }

  undo(householdId: string): void {
    const last = this.typed[householdId];
    if (last?.state !== 'unsent') return;
    this.#queue = this.#queue.filter(({ id }) => id !== last.id);
    delete this.typed[householdId];
    this.#keep();
  }

  #keep(): void {
    localStorage.setItem(KEPT, JSON.stringify(this.#queue));
  }

  async send(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.#queue.length > 0) {
        const groupId = this.#queue[0]?.groupId;
        const batch = this.#queue.filter((one) => one.groupId === groupId).slice(0, BATCH);
        const response = await fetch('/api/sync/push', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            protocol: PROTOCOL,
            epoch: null,
            groupId,
            sentAt: isoOf(Date.now()),
            records: batch,
          }),
        });
        if (!response.ok) throw new Error(String(response.status));
        const { answers } = (await response.json()) as { answers: readonly Answer[] };
        if (!this.#settle(batch, answers)) break;
      }
      this.offline = false;
    } catch {
      this.offline = true;
    } finally {
      this.sending = false;
    }
  }

  /** False where nothing of the batch was settled: asking again at once would only turn in circles. */
  #settle(batch: readonly PaperRecord[], answers: readonly Answer[]): boolean {
    const settled: string[] = [];
    for (const { id, answer, code } of answers) {
      const record = batch.find((one) => one.id === id);
      if (!record || answer === 'retry-later') continue;
      settled.push(record.id);
      const before = this.typed[record.body.householdId];
      if (before?.id === record.id)
        this.typed[record.body.householdId] = {
          ...before,
          state: answer === 'refused' ? 'refused' : 'received',
          ...(code === undefined ? {} : { code }),
        };
    }
    this.#queue = this.#queue.filter(({ id }) => !settled.includes(id));
    this.#keep();
    return settled.length > 0;
  }
}
