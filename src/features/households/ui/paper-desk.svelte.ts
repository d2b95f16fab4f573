// The typist's queue. What was typed is kept by the browser until the ward has answered, so that a closed window or a
// lost line costs nothing; a repeat is the same record and counts once.
import { isoOf } from '#core/clock.ts';
import { makeIds } from '#core/ids.ts';
import { recordOf, slipOf } from '#features/households/paper-keys.ts';
import type { PaperKey, PaperRecord, PaperSheet } from '#features/households/paper-keys.ts';
import { PROTOCOL } from '#protocol/envelope.ts';

const KEPT = 'tn_paper_queue';
const BATCH = 50;

export interface DoorState {
  /** Of the record. */
  readonly id: string;
  readonly key: PaperKey;
  readonly state: 'unsent' | 'received' | 'held' | 'refused' | 'undoing' | 'undone';
  readonly code?: string;
}

interface Answer {
  readonly id: string | null;
  readonly answer: string;
  readonly code?: string;
}

/** What is held is with the ward and stands outside the figures until its administrator has looked. */
const stateOf = (answer: string, type: string): DoorState['state'] =>
  answer === 'refused' || answer === 'held' ? answer : type === 'take-back' ? 'undone' : 'received';

export class PaperDesk {
  /** By household. */
  readonly typed = $state<Record<string, DoorState>>({});
  sending = $state(false);
  offline = $state(false);
  /** Slips the ward did not take back: they still count, and somebody must know. */
  standing = $state(0);
  #queue: PaperRecord[] = [];
  readonly #nextId = makeIds(() => Date.now());
  readonly #offset: number;
  /** Why a slip was taken back, as the record says it. */
  readonly #reason: string;
  /** Household by record. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- looked up, never shown
  readonly #doors = new Map<string, string>();
  /** Sent at least once: the answer may have been lost, so the ward may have it. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- looked up, never shown
  readonly #onTheWay = new Set<string>();

  constructor(offset: number, reason: string) {
    this.#offset = offset;
    this.#reason = reason;
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
    return Object.values(this.typed).filter(({ state }) => state === 'unsent' || state === 'undoing').length;
  }

  type(sheet: PaperSheet, householdId: string, key: PaperKey): void {
    // Another key on the same door corrects the first: what the ward has already received is taken back beside it.
    this.undo(sheet, householdId);
    const record = recordOf(sheet, { id: this.#nextId(), householdId, key, at: Date.now() }, this.#offset);
    this.#queue = [...this.#queue, record];
    this.typed[householdId] = { id: record.id, key, state: 'unsent' };
    this.#doors.set(record.id, householdId);
    this.#keep();
  }

  /** Before it was sent a slip leaves no trace; what may already be with the ward is taken back there. */
  undo(sheet: PaperSheet, householdId: string): void {
    const last = this.typed[householdId];
    if (!last || last.state === 'undoing' || last.state === 'undone') return;
    if (last.state === 'refused' || (last.state === 'unsent' && !this.#onTheWay.has(last.id))) {
      this.#queue = this.#queue.filter(({ id }) => id !== last.id);
      delete this.typed[householdId];
    } else {
      const slip = { id: this.#nextId(), visitId: last.id, at: Date.now(), reason: this.#reason };
      this.#queue = [...this.#queue, slipOf(sheet, slip, this.#offset)];
      this.typed[householdId] = { id: slip.id, key: last.key, state: 'undoing' };
      this.#doors.set(slip.id, householdId);
    }
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
        for (const { id } of batch) this.#onTheWay.add(id);
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
      if (record.type === 'take-back' && answer !== 'applied') this.standing++;
      const household = this.#doors.get(record.id) ?? '';
      const before = this.typed[household];
      if (before?.id === record.id)
        this.typed[household] = {
          ...before,
          state: stateOf(answer, record.type),
          ...(code === undefined ? {} : { code }),
        };
    }
    this.#queue = this.#queue.filter(({ id }) => !settled.includes(id));
    this.#keep();
    return settled.length > 0;
  }
}
