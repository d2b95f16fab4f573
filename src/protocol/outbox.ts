/**
 * The phone's outbox as a pure machine: what is sent next, what an answer means, what a new epoch and a verified backup
 * change. The phone's store and the model-based test run this same code; neither decides anything beside it.
 *
 *   queued ── applied ──▶ shelf ── safeUpTo or 30 days ──▶ gone
 *      │                    │
 *      ├── held ──▶ held ───┴── new epoch ──▶ queued
 *      └── refused ──▶ refused ── the app asks again ──▶ queued
 *
 * A record is frozen when it is queued: nothing here ever changes its body, only where it stands.
 */

export type Standing = 'queued' | 'shelf' | 'held' | 'refused';

export interface Kept {
  /** The record's id, made on this phone. */
  readonly id: string;
  readonly groupId: string;
  /** Order of queueing on this phone: a record never overtakes one that it needs. */
  readonly seq: number;
  /** Length of the frozen record, for the size of a batch. */
  readonly bytes: number;
  readonly standing: Standing;
  /** The phone's machine time of the last answer; null before the first. */
  readonly answeredAt: number | null;
  /** The server's machine time of that answer: what `safeUpTo` is compared with. */
  readonly receivedAt: number | null;
  /** Why it was refused or held: a problem's code. */
  readonly why: string | null;
}

export type Verdict = 'applied' | 'held' | 'refused' | 'retry-later';

export interface Answer {
  readonly id: string;
  readonly verdict: Verdict;
  readonly why: string | null;
}

/** A batch must fit a bad line: fifty records, or fewer where signatures make them heavy. */
export const BATCH = { records: 50, bytes: 400_000 } as const;

/** A shelf without a verified backup in sight ends some time: phones are small and the promise says 30 days. */
export const SHELF_DAYS = 30;
const DAY = 86_400_000;

export function newlyQueued(record: { id: string; groupId: string; bytes: number }, seq: number): Kept {
  return { ...record, seq, standing: 'queued', answeredAt: null, receivedAt: null, why: null };
}

/** One group per batch, the oldest first; `skip` holds groups whose last try failed just now. */
export function nextBatch(
  kept: readonly Kept[],
  limits: { readonly records: number; readonly bytes: number } = BATCH,
  skip: ReadonlySet<string> = new Set(),
): readonly Kept[] {
  const waiting = kept
    .filter(({ standing, groupId }) => standing === 'queued' && !skip.has(groupId))
    .sort((a, b) => a.seq - b.seq);
  const [first] = waiting;
  if (!first) return [];
  const batch: Kept[] = [];
  let bytes = 0;
  for (const one of waiting) {
    if (one.groupId !== first.groupId) continue;
    if (batch.length > 0 && (batch.length >= limits.records || bytes + one.bytes > limits.bytes)) break;
    batch.push(one);
    bytes += one.bytes;
  }
  return batch;
}

/** What an answer makes of a record. A record already on the shelf stays there: a late second answer changes nothing. */
export function answered(one: Kept, answer: Answer, now: number, serverNow: number): Kept {
  if (one.id !== answer.id || one.standing === 'shelf') return one;
  const heard = { ...one, answeredAt: now, receivedAt: serverNow };
  switch (answer.verdict) {
    case 'applied':
      return { ...heard, standing: 'shelf', why: null };
    case 'held':
      return { ...heard, standing: 'held', why: answer.why };
    case 'refused':
      return { ...heard, standing: 'refused', why: answer.why };
    case 'retry-later':
      return { ...one, why: answer.why };
  }
}

/** A server restored from a backup may have lost what it answered: everything that is still here is sent again. */
export const afterNewEpoch = (one: Kept): Kept =>
  one.standing === 'shelf' || one.standing === 'held' ? { ...one, standing: 'queued' } : one;

/** Refusals are judged anew each time: after an update of the app, or when somebody asks. */
export const askedAgain = (one: Kept): Kept =>
  one.standing === 'refused' ? { ...one, standing: 'queued' } : one;

/**
 * Whether a record may leave the phone: a verified backup of the server is newer than its receipt, or thirty days went
 * by. What was held, refused or never answered stays, however old.
 */
export function mayLeave(one: Kept, safeUpTo: number | null, now: number): boolean {
  if (one.standing !== 'shelf' || one.answeredAt === null || one.receivedAt === null) return false;
  if (safeUpTo !== null && one.receivedAt <= safeUpTo) return true;
  return now - one.answeredAt > SHELF_DAYS * DAY;
}

/** The three words: Chưa gửi, Phường đã nhận, Đã vào số liệu. */
export type Word = 'not-sent' | 'received' | 'in-figures';

export function wordOf({ standing }: Pick<Kept, 'standing'>): Word {
  if (standing === 'shelf') return 'in-figures';
  return standing === 'held' ? 'received' : 'not-sent';
}

/** Seconds until the next try after so many failures in a row: soon, then calmer, never more than five minutes. */
export const waitSeconds = (failures: number): number =>
  failures === 0 ? 0 : Math.min(5 * 2 ** (failures - 1), 300);

/** Which life of the database the phone has last heard of, and by which of its requests. */
export interface Heard {
  readonly epoch: string | null;
  readonly request: number;
}

/**
 * What an answer's epoch means. Epochs carry no order, so the order of this phone's own requests decides: an answer to an
 * earlier request that names another life than the one heard of later comes from before a restore and says nothing any
 * more, whatever it promised.
 */
export function hear(heard: Heard, epoch: string, request: number): 'same' | 'new-epoch' | 'stale' {
  if (epoch === heard.epoch) return 'same';
  if (request < heard.request) return 'stale';
  return heard.epoch === null ? 'same' : 'new-epoch';
}
