// A ward's files into an empty database: every row back under its own id, in one transaction, so that a file cut short
// leaves nothing behind. The files are checked against the manifest before the first row is written.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type pg from 'pg';
import { checkedWard } from '#platform/database/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import type { Files } from '#platform/files.server.ts';
import { CsvReader } from './csv.ts';
import type { Cell } from './csv.ts';
import { FORMAT } from './export.server.ts';
import type { Manifest } from './export.server.ts';
import { wardTables } from './ward-tables.server.ts';
import type { WardTable } from './ward-tables.server.ts';

const Shape = z.object({
  format: z.number(),
  schema: z.number(),
  ward: z.object({ id: z.number().int().positive(), name: z.string(), code: z.string().nullable() }),
  kind: z.string(),
  campaignNow: z.string().nullable(),
  installation: z.object({ sample: z.unknown(), setup: z.unknown() }),
  writtenAt: z.string(),
  tables: z.array(
    z.object({
      table: z.string(),
      file: z.string().regex(/^tables\/[a-z_]+\.csv$/),
      rows: z.number(),
      sha256: z.string(),
      columns: z.array(z.object({ name: z.string(), type: z.string() })),
    }),
  ),
  media: z.object({ files: z.number(), bytes: z.number() }),
  accounts: z.array(z.object({ username: z.string(), personId: z.string() })),
  leftBehind: z.record(z.string(), z.string()),
});

/** The line that says what is wrong with a folder. */
export class CannotImport extends Error {}

export async function readManifest(folder: string): Promise<Manifest> {
  let text: string;
  try {
    text = await readFile(join(folder, 'manifest.json'), 'utf8');
  } catch {
    throw new CannotImport(`there is no manifest.json in ${folder}`);
  }
  const parsed = Shape.safeParse(JSON.parse(text));
  if (!parsed.success) throw new CannotImport('manifest.json is not of an export');
  if (parsed.data.format !== FORMAT)
    throw new CannotImport(`these files are of format ${parsed.data.format}, this program reads ${FORMAT}`);
  return parsed.data;
}

async function checkFiles(folder: string, manifest: Manifest): Promise<void> {
  for (const { file, sha256 } of manifest.tables) {
    const hash = createHash('sha256');
    try {
      for await (const piece of createReadStream(join(folder, file))) hash.update(piece as Buffer);
    } catch {
      throw new CannotImport(`${file} is missing`);
    }
    if (hash.digest('hex') !== sha256) throw new CannotImport(`${file} is not as it was written`);
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const AT_ONCE = 2_000;

async function readTable(client: pg.ClientBase, table: WardTable, path: string): Promise<number> {
  const reader = new CsvReader();
  const names = table.columns.map(({ name }) => quoted(name)).join(', ');
  const values = table.columns.map(({ type }, n) => `r.c${n}::${type}`).join(', ');
  const lists = table.columns.map((_, n) => `$${n + 1}::text[]`).join(', ');
  const parts = table.columns.map((_, n) => `c${n}`).join(', ');
  const text = `insert into ${quoted(table.name)} (${names}) select ${values} from unnest(${lists}) as r (${parts})`;
  let head: readonly Cell[] | null = null;
  let waiting: Cell[][] = [];
  let rows = 0;
  const write = async () => {
    if (waiting.length === 0) return;
    const columns = table.columns.map((_, n) => waiting.map((row) => row[n] ?? null));
    await client.query({ text, values: columns });
    rows += waiting.length;
    waiting = [];
  };
  for await (const piece of createReadStream(path, { encoding: 'utf8' })) {
    for (const row of reader.push(piece as string)) {
      if (head === null) head = row;
      else waiting.push(row);
      if (waiting.length >= AT_ONCE) await write();
    }
  }
  if (!reader.complete) throw new CannotImport(`${table.name}.csv ends in the middle of a row`);
  await write();
  return rows;
}

async function refuseFull(client: pg.ClientBase, manifest: Manifest): Promise<void> {
  const { rows } = await client.query<{ schema: number; taken: boolean }>(
    `select (select count(*)::int from schema_migrations) as schema,
       exists (select 1 from wards where ward_id = $1) or exists (select 1 from ward_addresses where code = $2) as taken`,
    [manifest.ward.id, manifest.ward.code],
  );
  const [found] = rows;
  if (found?.taken) throw new CannotImport('this database already holds the ward; import into an empty one');
  if (found?.schema !== manifest.schema)
    throw new CannotImport(
      `the files are of schema ${manifest.schema}, this database of ${found?.schema ?? 0}; use the same version of the program`,
    );
}

export interface Imported {
  readonly rows: number;
  readonly files: number;
}

export async function importWard(
  database: Database,
  files: Files,
  folder: string,
  manifest: Manifest,
): Promise<Imported> {
  const ward = checkedWard(manifest.ward.id);
  await checkFiles(folder, manifest);
  const client = await database.ownerPool.connect();
  let rows = 0;
  try {
    await client.query(`begin; set local app.ward_id = '${ward}'; set local timezone = 'UTC'`);
    await refuseFull(client, manifest);
    const written = new Map(manifest.tables.map((one) => [one.table, one]));
    for (const table of await wardTables(client)) {
      const file = written.get(table.name);
      if (!file) throw new CannotImport(`the files hold no table ${table.name}`);
      const read = await readTable(client, table, join(folder, file.file));
      if (read !== file.rows) throw new CannotImport(`${file.file} holds ${read} rows, not ${file.rows}`);
      rows += read;
    }
    await client.query(
      `insert into ward_addresses (code, ward_id) select distinct code, ward_id from ward_codes where valid_to is null`,
    );
    await client.query(
      `select setval(pg_get_serial_sequence('wards', 'ward_id'),
      greatest((select last_value from wards_ward_id_seq), $1))`,
      [ward],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
  let stored = 0;
  for (const name of await readdir(join(folder, 'media')).catch(() => [])) {
    const { sha256 } = await files.put(ward, await readFile(join(folder, 'media', name)));
    if (sha256.toString('hex') !== name) throw new CannotImport(`media/${name} is not as it was written`);
    stored++;
  }
  return { rows, files: stored };
}
