// What PostgreSQL and the machine tell of themselves. Read as the owner: the queue belongs to no ward.
import { statfs } from 'node:fs/promises';
import { concernsOf } from '#features/care/model.ts';
import type { CareStatus } from '#features/care/schema.ts';
import { startedAt, total } from '#platform/meters.server.ts';
import type { Runtime } from '#platform/runtime.server.ts';
import type { WardTransaction } from '#platform/database/database.server.ts';

interface QueueRow {
  waiting: number;
  overdue: number;
  failed: number;
  oldest: Date | null;
}

async function queue({ database }: Runtime): Promise<CareStatus['queue']> {
  const { rows } = await database.ownerPool.query<QueueRow>(
    `select count(*) filter (where attempts < max_attempts)::int as waiting,
       count(*) filter (where attempts < max_attempts and run_at < now() - interval '1 minute' and locked_at is null)::int as overdue,
       count(*) filter (where attempts >= max_attempts)::int as failed,
       min(run_at) filter (where attempts < max_attempts and locked_at is null and run_at < now()) as oldest
     from graphile_worker._private_jobs`,
  );
  const row = rows[0] ?? { waiting: 0, overdue: 0, failed: 0, oldest: null };
  return {
    waiting: row.waiting,
    overdue: row.overdue,
    failed: row.failed,
    oldestDueAt: row.oldest?.toISOString() ?? null,
  };
}

async function disk({ database, folder }: Runtime): Promise<CareStatus['disk']> {
  const { rows } = await database.ownerPool.query<{ bytes: number }>(
    'select pg_database_size(current_database()) as bytes',
  );
  const stats = await statfs(folder);
  return {
    freeBytes: stats.bavail * stats.bsize,
    totalBytes: stats.blocks * stats.bsize,
    databaseBytes: rows[0]?.bytes ?? 0,
  };
}

async function auditState(trx: WardTransaction): Promise<CareStatus['audit']> {
  const counts = await trx
    .selectFrom('audit_entries')
    .select((eb) => [eb.fn.count<number>('seal_n').as('sealed'), eb.fn.countAll<number>().as('all')])
    .where('ward_id', '=', trx.wardId)
    .executeTakeFirstOrThrow();
  const last = await trx
    .selectFrom('audit_seals')
    .select('sealed_at')
    .where('ward_id', '=', trx.wardId)
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return {
    sealed: counts.sealed,
    unsealed: counts.all - counts.sealed,
    lastSealedAt: last?.sealed_at.toISOString() ?? null,
  };
}

function backupState({ backups }: Runtime): CareStatus['backup'] {
  if (!backups) return null;
  const status = backups.status();
  return {
    passphraseChosen: backups.hasKey(),
    busy: backups.busy,
    lastVerifiedAt: status.lastVerifiedAt ?? null,
    safeUpTo: status.safeUpTo ?? null,
    lastBytes: status.lastBytes ?? null,
    lastFailedAt: status.lastFailedAt ?? null,
    lastFailure: status.lastFailure ?? null,
  };
}

export async function careStatus(runtime: Runtime, trx: WardTransaction): Promise<CareStatus> {
  const now = Date.now();
  const facts = {
    version: runtime.version,
    schema: runtime.schema,
    kind: runtime.kind,
    epoch: runtime.epoch,
    machineAt: new Date(now).toISOString(),
    startedAt: new Date(startedAt()).toISOString(),
    disk: await disk(runtime),
    queue: await queue(runtime),
    audit: await auditState(trx),
    events: {
      errors: total('tungnha_events_total{level="error"'),
      warnings: total('tungnha_events_total{level="warn"'),
      databaseRestarts: total('tungnha_events_total{level="warn",event="postgres.restarted"}'),
    },
    backup: backupState(runtime),
  };
  return { ...facts, concerns: concernsOf(facts, now) };
}

/** For the metrics, which belong to no ward. */
export async function machineGauges(runtime: Runtime) {
  const [found, space] = [await queue(runtime), await disk(runtime)];
  const backup = backupState(runtime);
  const age = backup?.lastVerifiedAt ? (Date.now() - Date.parse(backup.lastVerifiedAt)) / 1000 : null;
  return [
    { name: 'tungnha_up_seconds', help: 'Seconds since the start', value: (Date.now() - startedAt()) / 1000 },
    { name: 'tungnha_disk_free_bytes', help: 'Free space where the data lies', value: space.freeBytes },
    { name: 'tungnha_database_bytes', help: 'Size of the database', value: space.databaseBytes },
    { name: 'tungnha_jobs_waiting', help: 'Jobs not yet done', value: found.waiting },
    { name: 'tungnha_jobs_overdue', help: 'Jobs past their hour by a minute', value: found.overdue },
    { name: 'tungnha_jobs_failed', help: 'Jobs given up', value: found.failed },
    { name: 'tungnha_backup_age_seconds', help: 'Seconds since the last verified backup', value: age },
    {
      name: 'tungnha_database_connections',
      help: 'Connections of the app in use',
      value: runtime.database.appPool.totalCount - runtime.database.appPool.idleCount,
    },
  ];
}
