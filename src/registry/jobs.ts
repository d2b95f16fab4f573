// The only list of background work: every feature's tasks and their hours.
import type { Schedule, Task } from '#platform/jobs.server.ts';
import { peopleSchedules, peopleTasks } from '#features/people/jobs.server.ts';
import { householdTasks } from '#features/households/jobs.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import { backupSchedules, backupTasks } from '#platform/backup/nightly.server.ts';
import { auditTasks, auditSchedules } from '#platform/audit/sealing-jobs.server.ts';
import { reminderSchedules, reminderTasks } from '#features/reminders/jobs.server.ts';
import { reportSchedules, reportTasks } from '#features/reports/jobs.server.ts';
import { pledgeTasks } from '#features/pledges/recording.server.ts';
import { linkTasks } from '#features/publishing/links/jobs.server.ts';
import { broadcastTasks } from '#features/publishing/broadcasts/recordings.server.ts';
import { closingSchedules, closingTasks } from '#features/reports/closing/jobs.server.ts';
import { outletSchedules, outletTasks } from '#features/publishing/outlets/jobs.server.ts';
import { closingPorts } from '#registry/closing-ports.server.ts';
import { publishingPorts } from '#registry/publishing-ports.server.ts';
import { reportPorts } from '#registry/report-ports.server.ts';
import { reminderPorts } from '#registry/reminder-ports.server.ts';

export const tasks = (runtime: () => Runtime): Readonly<Record<string, Task>> => ({
  ...auditTasks(runtime),
  ...backupTasks(runtime),
  ...peopleTasks(runtime),
  ...householdTasks(runtime),
  ...reminderTasks(runtime, reminderPorts),
  ...reportTasks(runtime, reportPorts),
  ...closingTasks(runtime, closingPorts),
  ...outletTasks(runtime, publishingPorts),
  ...linkTasks(runtime),
  ...broadcastTasks(runtime),
  ...pledgeTasks(runtime),
});

export const schedules: readonly Schedule[] = [
  ...auditSchedules,
  ...backupSchedules,
  ...peopleSchedules,
  ...reminderSchedules,
  ...reportSchedules,
  ...closingSchedules,
  ...outletSchedules,
];
