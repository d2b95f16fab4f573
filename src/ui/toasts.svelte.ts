/**
 * What was just done, with ten seconds to take it back: undo instead of "are you sure". The time stands still while
 * somebody points at or has tabbed into the message, so slow readers lose nothing.
 */
export interface Toast {
  id: number;
  text: string;
  /** Takes it back; shown as "Hoàn tác". */
  undo?: (() => void) | undefined;
  /** When the time is over, or the message was closed, and nothing was taken back. */
  settled?: (() => void) | undefined;
}

export const TOAST_MS = 10_000;

export class Toasts {
  list = $state<Toast[]>([]);
  // Nothing on screen reads the timers, so they need no reactivity.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  #timers = new Map<
    number,
    { left: number; since: number; handle: ReturnType<typeof setTimeout> | undefined }
  >();
  #next = 1;

  show(toast: Omit<Toast, 'id'>): number {
    const id = this.#next++;
    this.list.push({ id, ...toast });
    this.#timers.set(id, { left: TOAST_MS, since: 0, handle: undefined });
    this.resume(id);
    return id;
  }

  pause(id: number): void {
    const timer = this.#timers.get(id);
    if (timer?.handle === undefined) return;
    clearTimeout(timer.handle);
    timer.handle = undefined;
    timer.left -= Date.now() - timer.since;
  }

  resume(id: number): void {
    const timer = this.#timers.get(id);
    if (timer === undefined || timer.handle !== undefined) return;
    timer.since = Date.now();
    timer.handle = setTimeout(() => this.close(id), Math.max(0, timer.left));
  }

  close(id: number): void {
    this.#take(id)?.settled?.();
  }

  undo(id: number): void {
    this.#take(id)?.undo?.();
  }

  #take(id: number): Toast | undefined {
    const toast = this.list.find((each) => each.id === id);
    clearTimeout(this.#timers.get(id)?.handle);
    this.#timers.delete(id);
    this.list = this.list.filter((each) => each.id !== id);
    return toast;
  }
}

/** One per browser tab; only ever filled by what a person did there, so never on the server. */
export const toasts = new Toasts();
