// What of the product's state needs a hand, by rule. Pure, so that the page, the metrics and a test agree.
import type { CareStatus } from '#features/care/schema.ts';

export type Concern = CareStatus['concerns'][number];

const HOUR = 3_600_000;
/** A night that failed is still within this; two are not. */
const BACKUP_AGE_LIMIT = 26 * HOUR;
const DISK_LOW = 2 * 2 ** 30;
const DISK_DANGER = 512 * 2 ** 20;
/** Jobs run every few seconds; one that waits this long past its hour means that nothing runs. */
const QUEUE_LIMIT = 10 * 60_000;

type Facts = Omit<CareStatus, 'concerns'>;

function backupConcern({ backup, startedAt, kind }: Facts, now: number): Concern | null {
  if (!backup) return null;
  if (!backup.passphraseChosen)
    return { code: 'no-passphrase', level: kind === 'real' ? 'danger' : 'attention' };
  const failedLast = backup.lastFailedAt !== null && backup.lastFailedAt > (backup.lastVerifiedAt ?? '');
  if (failedLast) return { code: 'backup-failed', level: 'danger' };
  if (backup.lastVerifiedAt === null) {
    return now - Date.parse(startedAt) > BACKUP_AGE_LIMIT
      ? { code: 'backup-never', level: 'danger' }
      : { code: 'backup-none-yet', level: 'attention' };
  }
  return now - Date.parse(backup.lastVerifiedAt) > BACKUP_AGE_LIMIT
    ? { code: 'backup-old', level: 'danger' }
    : null;
}

function diskConcern({ disk }: Facts): Concern | null {
  if (disk.freeBytes < DISK_DANGER) return { code: 'disk-full', level: 'danger' };
  return disk.freeBytes < DISK_LOW ? { code: 'disk-low', level: 'attention' } : null;
}

function queueConcern({ queue }: Facts, now: number): Concern | null {
  if (queue.oldestDueAt !== null && now - Date.parse(queue.oldestDueAt) > QUEUE_LIMIT)
    return { code: 'queue-stuck', level: 'danger' };
  return queue.failed > 0 ? { code: 'jobs-failed', level: 'attention' } : null;
}

/** @param now machine instant, epoch ms */
export function concernsOf(facts: Facts, now: number): Concern[] {
  const found = [backupConcern(facts, now), diskConcern(facts), queueConcern(facts, now)].filter(
    (concern) => concern !== null,
  );
  if (facts.events.errors > 0) found.push({ code: 'errors', level: 'attention' });
  return found.sort((a, b) => Number(b.level === 'danger') - Number(a.level === 'danger'));
}
