// Each minute, in each ward that has connected something: posts on their way, keys that run out. A ward that connected
// nothing costs one look at an empty table, and nothing leaves the machine.
import { deliverOutlets } from '#features/publishing/outlets/deliver.server.ts';
import { OUTLETS_WARD, queueOutlets } from '#features/publishing/outlets/queue.server.ts';
import { listAccounts } from '#features/publishing/outlets/store.server.ts';
import type { PublishingPorts } from '#features/publishing/ports.ts';
import { wardIds } from '#platform/audit/seal.server.ts';
import type { Schedule, Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

function wardOf(payload: unknown): number {
  const wardId =
    typeof payload === 'object' && payload !== null && 'wardId' in payload ? payload.wardId : null;
  if (typeof wardId !== 'number') throw new TypeError('a ward’s posts without a ward');
  return wardId;
}

export const outletTasks = (
  runtime: () => Runtime,
  ports: PublishingPorts,
): Readonly<Record<string, Task>> => ({
  'outlets.tick': async () => {
    const { database } = runtime();
    for (const wardId of await wardIds(database))
      await database.inWard(wardId, async (trx) => {
        if ((await listAccounts(trx)).length > 0) await queueOutlets(trx);
      });
  },
  [OUTLETS_WARD]: (payload) => deliverOutlets(runtime(), wardOf(payload), ports),
});

/** Each minute, whatever the hour. */
export const outletSchedules: readonly Schedule[] = [{ task: 'outlets.tick', match: '* * * * *' }];
