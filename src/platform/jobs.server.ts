// Background work: queued in the same transaction as the change that asked for it, run as the owner inside one ward's
// walls. A job must be safe to run twice: a process can die between doing and noting.
import { sql } from 'kysely';
import { run, runMigrations } from 'graphile-worker';
import type { ParsedCronItem, Runner, TaskList } from 'graphile-worker';
import { Logger, parseCronItems } from 'graphile-worker';
import type pg from 'pg';
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Log } from '#platform/log.server.ts';
import { failureDetail } from '#platform/log.server.ts';

export interface JobOptions {
  /** Machine instant. */
  readonly runAt?: Date;
  /** The same key replaces a job not yet begun. */
  readonly key?: string;
  readonly queue?: string;
  readonly maxAttempts?: number;
}

export interface Jobs {
  stop(): Promise<void>;
}

export type Task = (payload: unknown) => Promise<void>;

export interface Schedule {
  readonly task: string;
  /** Cron in UTC; comment the Vietnamese hour beside it. */
  readonly match: string;
}

/** Adds a job that exists only if this transaction commits. */
export async function addJob(
  trx: WardTransaction,
  task: string,
  payload: object,
  options: JobOptions = {},
): Promise<void> {
  await sql`select jobs.add(${task}, ${JSON.stringify({ ...payload, wardId: trx.wardId })}::json,
    ${options.runAt ?? null}::timestamptz, ${options.key ?? null}::text, ${options.queue ?? null}::text,
    ${options.maxAttempts ?? null}::int)`.execute(trx);
}

const quiet = (log: Log) =>
  new Logger(() => (level, message) => {
    if (level === 'error') log.error('jobs', { message: message.slice(0, 200) });
    else if (level === 'warning') log.warn('jobs', { message: message.slice(0, 200) });
  });

export async function migrateJobs(pool: pg.Pool, log: Log): Promise<void> {
  await runMigrations({ pgPool: pool, logger: quiet(log) });
}

export async function startJobs(
  pool: pg.Pool,
  tasks: Readonly<Record<string, Task>>,
  schedules: readonly Schedule[],
  log: Log,
): Promise<Jobs> {
  // One app owns the database: whatever is still locked was locked by a process that is gone. Without this a killed
  // start would hold its jobs for four hours.
  await pool.query(`select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker._private_jobs
    where locked_by is not null having count(*) > 0`);
  const taskList: TaskList = {};
  for (const [name, task] of Object.entries(tasks)) {
    taskList[name] = async (payload) => {
      try {
        await task(payload);
      } catch (error) {
        log.error('job.failed', { task: name, ...failureDetail(error) });
        throw error;
      }
    };
  }
  const parsedCronItems: ParsedCronItem[] = parseCronItems(
    schedules.map(({ task, match }) => ({ task, match, options: { backfillPeriod: 0, maxAttempts: 3 } })),
  );
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems,
    concurrency: 2,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: quiet(log),
  });
  return { stop: () => runner.stop() };
}
