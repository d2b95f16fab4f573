// Each hour, in each ward: campaigns whose day of deletion has come. By the campaign's clock, as the day was set.
import { wardIds } from '#platform/audit/seal.server.ts';
import type { Schedule, Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { keepDeletions } from '#features/reports/closing/erase.server.ts';
import type { ClosingPorts } from '#features/reports/closing/ports.ts';

export const closingTasks = (
  runtime: () => Runtime,
  ports: ClosingPorts,
): Readonly<Record<string, Task>> => ({
  'closing.tick': async () => {
    const living = runtime();
    for (const wardId of await wardIds(living.database))
      await keepDeletions(living, ports, wardId, living.campaignClock.now());
  },
});

export const closingSchedules: readonly Schedule[] = [{ task: 'closing.tick', match: '17 * * * *' }];
