// Each minute, in each ward: plan by the campaign's clock, send by the machine's. Wards take turns in queues of their own,
// so that one ward's slow mail server keeps nobody else waiting.
import type { Schedule, Task } from '#platform/jobs.server.ts';
import { addJob } from '#platform/jobs.server.ts';
import { wardIds } from '#platform/audit/seal.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { deliverWard } from '#features/reminders/deliver.server.ts';
import { planReminders } from '#features/reminders/plan-reminders.server.ts';
import type { ReminderPorts } from '#features/reminders/ports.ts';

const WARD = 'reminders.ward';

/** Planned again within the minute by itself, so a failed try is not tried again at once. */
export const queueWard = (trx: WardTransaction): Promise<void> =>
  addJob(trx, WARD, {}, { key: `reminders:${trx.wardId}`, queue: `reminders:${trx.wardId}`, maxAttempts: 1 });

export async function remindWard(runtime: Runtime, wardId: number, ports: ReminderPorts): Promise<void> {
  const now = runtime.campaignClock.now();
  const mailWorks = runtime.senders.mail !== null;
  await runtime.database.inWard(wardId, (trx) => planReminders(trx, ports, now, mailWorks));
  await deliverWard(runtime, wardId, ports);
}

function wardOf(payload: unknown): number {
  const wardId =
    typeof payload === 'object' && payload !== null && 'wardId' in payload ? payload.wardId : null;
  if (typeof wardId !== 'number') throw new TypeError('a ward’s reminders without a ward');
  return wardId;
}

export const reminderTasks = (
  runtime: () => Runtime,
  ports: ReminderPorts,
): Readonly<Record<string, Task>> => ({
  'reminders.tick': async () => {
    const { database } = runtime();
    for (const wardId of await wardIds(database)) await database.inWard(wardId, queueWard);
  },
  [WARD]: (payload) => remindWard(runtime(), wardOf(payload), ports),
});

/** Each minute, whatever the hour. */
export const reminderSchedules: readonly Schedule[] = [{ task: 'reminders.tick', match: '* * * * *' }];
