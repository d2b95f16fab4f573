// When sealing is done: apart from how, because the runtime's own parts verify seals, too.
import { sealWard, wardIds } from '#platform/audit/seal.server.ts';
import type { Schedule, Task } from '#platform/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';

export const auditTasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  'audit.seal': async () => {
    const { database } = runtime();
    for (const wardId of await wardIds(database)) await sealWard(database, wardId);
  },
});

/* Every minute. */
export const auditSchedules: readonly Schedule[] = [{ task: 'audit.seal', match: '* * * * *' }];
