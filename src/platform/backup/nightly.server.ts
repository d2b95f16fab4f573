// Each night a backup, verified by a real restore beside the data, and the old ones cleared.
import type { Schedule, Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export const backupTasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  'backup.nightly': async () => {
    const { backups, log } = runtime();
    // Without a passphrase nothing may be written: the file would hold the keys in the open. The status page says so.
    if (!backups?.hasKey()) return;
    const { lastBytes } = await backups.take();
    const removed = await backups.tidy(new Date());
    log.info('backup.verified', { bytes: lastBytes, removed });
  },
});

/* 02:10 in Viet Nam is 19:10 UTC: after the evening's work, before the first reports. */
export const backupSchedules: readonly Schedule[] = [{ task: 'backup.nightly', match: '10 19 * * *' }];
