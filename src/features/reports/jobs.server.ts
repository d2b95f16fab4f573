// Each minute, in each ward: the pictures of mornings whose hour has come. By the campaign's clock, so that a rehearsal
// freezes its own mornings.
import { wardIds } from '#platform/audit/seal.server.ts';
import type { Schedule, Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { freezeMornings } from '#features/reports/morning.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';

export const reportTasks = (runtime: () => Runtime, ports: ReportPorts): Readonly<Record<string, Task>> => ({
  'reports.tick': async () => {
    const { database, campaignClock } = runtime();
    for (const wardId of await wardIds(database))
      await database.inWard(wardId, async (trx) => {
        for (const id of await ports.activeCampaigns(trx))
          await freezeMornings(trx, ports, id, campaignClock.now());
      });
  },
});

/** Each minute, whatever the hour. */
export const reportSchedules: readonly Schedule[] = [{ task: 'reports.tick', match: '* * * * *' }];
