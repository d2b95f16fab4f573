/**
 * Whether the browser will keep what stands here, and how much room is left. Told in plain words on the sync page; asked
 * for at every opening, because a browser may grant later what it refused at first.
 */
export interface Room {
  /** The browser promised not to clear this by itself. */
  readonly kept: boolean;
  readonly usedBytes: number | null;
  readonly leftBytes: number | null;
}

/** Below this a photo may not fit any more. */
export const LITTLE_ROOM = 20_000_000;

export async function askForRoom(): Promise<Room> {
  const storage = (navigator as Partial<Navigator>).storage;
  if (!storage) return { kept: false, usedBytes: null, leftBytes: null };
  const kept = (await storage.persisted?.()) || (await storage.persist?.()) || false;
  const { usage, quota } = (await storage.estimate?.()) ?? {};
  return {
    kept,
    usedBytes: usage ?? null,
    leftBytes: quota === undefined || usage === undefined ? null : Math.max(0, quota - usage),
  };
}

/** What a browser throws when the phone is full. */
export const isFull = (error: unknown): boolean =>
  error instanceof Error && error.name === 'QuotaExceededError';
