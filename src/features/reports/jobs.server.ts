// Each minute, in each ward: the pictures of mornings whose hour has come. By the campaign's clock, so that a rehearsal
// freezes its own mornings.
import { z } from 'zod';
import { timeOf } from '#core/clock.ts';
import { wardIds } from '#platform/audit/seal.server.ts';
import { addJob, type Schedule, type Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { freezeMornings } from '#features/reports/morning.server.ts';
import { dropOldReserves, RESERVE_HOUR, reserveOfEvening } from '#features/reports/reserve/reserve.server.ts';
import type { ReportPorts } from '#features/reports/ports.ts';

export const reportTasks = (runtime: () => Runtime, ports: ReportPorts): Readonly<Record<string, Task>> => ({
  'reports.tick': async () => {
    const { database, campaignClock } = runtime();
    for (const wardId of await wardIds(database))
      await database.inWard(wardId, async (trx) => {
        for (const id of await ports.activeCampaigns(trx))
          await freezeMornings(trx, ports, id, campaignClock.now());
        // 45 papers take seconds: a job of its own, so that no picture waits for it.
        if (timeOf(campaignClock.now()) >= RESERVE_HOUR)
          await addJob(trx, 'reports.reserve', {}, { key: `reserve:${wardId}`, queue: 'reserve' });
      });
  },
  'reports.reserve': async (payload) => {
    const { wardId } = z.object({ wardId: z.number() }).parse(payload);
    const { database, campaignClock, files } = runtime();
    const now = campaignClock.now();
    const campaigns = await database.inWard(wardId, (trx) => ports.activeCampaigns(trx));
    for (const id of campaigns)
      await database.inWard(wardId, (trx) =>
        reserveOfEvening({ trx, runtime: { files }, actor: { personId: null }, now }, ports, id),
      );
    await dropOldReserves(database, files, wardId, now);
  },
});

/** Each minute, whatever the hour. */
export const reportSchedules: readonly Schedule[] = [{ task: 'reports.tick', match: '* * * * *' }];
