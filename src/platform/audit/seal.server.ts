// Sealing chains what is already written: per ward, rows not yet sealed are gathered into a batch whose hash covers the
// one before it. Writers never wait for it; a row that commits late is simply sealed in a later batch.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { canonicalJson } from '#platform/audit/canonical.ts';
import { valueHash } from '#platform/audit/audit.server.ts';
import type { Database, WardTransaction } from '#platform/database/database.server.ts';

const BATCH = 5_000;

interface EntryRow {
  id: string;
  at: Date;
  campaign_at: Date;
  person_id: string | null;
  role: string | null;
  origin: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  value_hash: Buffer;
}

const COLUMNS = [
  'id',
  'at',
  'campaign_at',
  'person_id',
  'role',
  'origin',
  'action',
  'subject_kind',
  'subject_id',
  'value_hash',
] as const;

function entryHash(row: EntryRow): Buffer {
  const text = canonicalJson({ ...row, value_hash: row.value_hash.toString('hex') });
  return createHash('sha256').update(text).digest();
}

function sealHash(n: number, previous: Buffer, rows: readonly EntryRow[]): Buffer {
  const hash = createHash('sha256').update(`${n}:${rows.length}:`).update(previous);
  for (const row of rows) hash.update(entryHash(row));
  return hash.digest();
}

const START = Buffer.alloc(32);

async function lastSeal(trx: WardTransaction): Promise<{ n: number; hash: Buffer }> {
  const row = await trx
    .selectFrom('audit_seals')
    .select(['n', 'hash'])
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? { n: 0, hash: START };
}

async function sealBatch(trx: WardTransaction): Promise<number> {
  // Two sealers of one ward would fork the chain; writers do not take this lock.
  await sql`select pg_advisory_xact_lock(7220116, ${trx.wardId})`.execute(trx);
  const rows = await trx
    .selectFrom('audit_entries')
    .select(COLUMNS)
    .where('seal_n', 'is', null)
    .orderBy('id')
    .limit(BATCH)
    .execute();
  if (rows.length === 0) return 0;
  const last = await lastSeal(trx);
  const n = last.n + 1;
  await trx
    .insertInto('audit_seals')
    .values({
      ward_id: trx.wardId,
      n,
      previous_hash: last.hash,
      entries: rows.length,
      hash: sealHash(n, last.hash, rows),
      sealed_at: new Date(),
    })
    .execute();
  await trx
    .updateTable('audit_entries')
    .set({ seal_n: n })
    .where('ward_id', '=', trx.wardId)
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
  return rows.length;
}

export async function sealWard(database: Database, wardId: number): Promise<number> {
  let sealed = 0;
  for (;;) {
    const count = await database.asOwnerInWard(wardId, sealBatch);
    sealed += count;
    if (count < BATCH) return sealed;
  }
}

export interface ChainCheck {
  readonly wardId: number;
  readonly seals: number;
  readonly entries: number;
  readonly unsealed: number;
  readonly erased: number;
  /** Hex of the last seal. */
  readonly head: string;
  readonly faults: readonly string[];
}

async function checkSeal(
  trx: WardTransaction,
  seal: { n: number; hash: Buffer; previous_hash: Buffer; entries: number },
) {
  const rows = await trx
    .selectFrom('audit_entries')
    .select(COLUMNS)
    .where('seal_n', '=', seal.n)
    .orderBy('id')
    .execute();
  const values = await trx
    .selectFrom('audit_values')
    .innerJoin('audit_entries', (join) =>
      join
        .onRef('audit_entries.id', '=', 'audit_values.entry_id')
        .onRef('audit_entries.ward_id', '=', 'audit_values.ward_id'),
    )
    .select(['entry_id', 'salt', 'before', 'after'])
    .where('seal_n', '=', seal.n)
    .execute();
  const byEntry = new Map(values.map((value) => [value.entry_id, value]));
  const faults: string[] = [];
  if (rows.length !== seal.entries)
    faults.push(`seal ${seal.n}: ${rows.length} entries, sealed with ${seal.entries}`);
  if (!sealHash(seal.n, seal.previous_hash, rows).equals(seal.hash))
    faults.push(`seal ${seal.n}: entries were changed`);
  let erased = 0;
  for (const row of rows) {
    const value = byEntry.get(row.id);
    if (!value) erased++;
    else if (!valueHash(value.salt, value.before, value.after).equals(row.value_hash)) {
      faults.push(`seal ${seal.n}: the values of entry ${row.id} were changed`);
    }
  }
  return { faults, erased, entries: rows.length };
}

/** Recomputes a ward's whole chain. Values erased on request are counted, not faulted: the chain holds their hash. */
export async function verifyWard(database: Database, wardId: number): Promise<ChainCheck> {
  return database.asOwnerInWard(wardId, async (trx) => {
    const seals = await trx
      .selectFrom('audit_seals')
      .select(['n', 'hash', 'previous_hash', 'entries'])
      .orderBy('n')
      .execute();
    const faults: string[] = [];
    let previous: Buffer = START;
    let entries = 0;
    let erased = 0;
    for (const [index, seal] of seals.entries()) {
      if (seal.n !== index + 1) faults.push(`seal ${index + 1} is missing`);
      if (!seal.previous_hash.equals(previous))
        faults.push(`seal ${seal.n} does not follow the one before it`);
      const found = await checkSeal(trx, seal);
      faults.push(...found.faults);
      entries += found.entries;
      erased += found.erased;
      previous = seal.hash;
    }
    const open = await trx
      .selectFrom('audit_entries')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('seal_n', 'is', null)
      .executeTakeFirstOrThrow();
    return {
      wardId,
      seals: seals.length,
      entries,
      unsealed: open.count,
      erased,
      head: previous.toString('hex'),
      faults,
    };
  });
}

/** Every ward of the installation; `wards` itself stands behind the walls, its addresses do not. */
export async function wardIds(database: Database): Promise<number[]> {
  const rows = await database.outside
    .selectFrom('ward_addresses')
    .select('ward_id')
    .distinct()
    .orderBy('ward_id')
    .execute();
  return rows.map((row) => row.ward_id);
}
