// A ward as open files: a CSV for each table with every value as the database spells it, the media as they are, and a
// manifest that says what is there. One transaction reads it all, so the files agree with each other.
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import type pg from 'pg';
import { checkedWard } from '#platform/database/database.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { csvLine } from './csv.ts';
import type { Cell } from './csv.ts';
import { LEFT_BEHIND, wardTables } from './ward-tables.server.ts';
import type { WardTable } from './ward-tables.server.ts';

export const FORMAT = 1;

export interface TableFile {
  readonly table: string;
  readonly file: string;
  readonly rows: number;
  readonly sha256: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
}

export interface Manifest {
  readonly format: number;
  /** Number of the last migration: an import asks for the same. */
  readonly schema: number;
  readonly ward: { readonly id: number; readonly name: string; readonly code: string | null };
  readonly kind: string;
  readonly campaignNow: string | null;
  /** How far the installation was set up, and what a rehearsal was made from. */
  readonly installation: { readonly sample: unknown; readonly setup: unknown };
  readonly writtenAt: string;
  readonly tables: readonly TableFile[];
  readonly media: { readonly files: number; readonly bytes: number };
  readonly accounts: readonly { readonly username: string; readonly personId: string }[];
  /** What is not in the files, and why. */
  readonly leftBehind: Readonly<Record<string, string>>;
}

/** Rows in memory at a time: with signatures of 8 kB about 16 MB. */
const AT_ONCE = 2_000;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function writeTable(client: pg.ClientBase, table: WardTable, folder: string): Promise<TableFile> {
  const file = `tables/${table.name}.csv`;
  const stream = createWriteStream(join(folder, file));
  const hash = createHash('sha256');
  let rows = 0;
  const put = async (text: string) => {
    hash.update(text);
    if (!stream.write(text)) await once(stream, 'drain');
  };
  await put(csvLine(table.columns.map(({ name }) => name)));
  const list = table.columns.map(({ name }) => `${quoted(name)}::text`).join(', ');
  const order = table.key.length > 0 ? ` order by ${table.key.map(quoted).join(', ')}` : '';
  await client.query(
    `declare rows_out no scroll cursor for select ${list} from ${quoted(table.name)}${order}`,
  );
  for (;;) {
    const part = await client.query<Cell[]>({ text: `fetch ${AT_ONCE} from rows_out`, rowMode: 'array' });
    if (part.rows.length === 0) break;
    rows += part.rows.length;
    await put(part.rows.map(csvLine).join(''));
  }
  await client.query('close rows_out');
  stream.end();
  await once(stream, 'finish');
  return { table: table.name, file, rows, sha256: hash.digest('hex'), columns: table.columns };
}

async function copyMedia(from: string, to: string): Promise<{ files: number; bytes: number }> {
  const found = { files: 0, bytes: 0 };
  const entries = await readdir(from, { recursive: true, withFileTypes: true }).catch(() => []);
  await mkdir(to, { recursive: true });
  for (const entry of entries) {
    // A file still being written carries a dot; its row is not there yet either.
    if (!entry.isFile() || entry.name.includes('.')) continue;
    const path = join(entry.parentPath, entry.name);
    await copyFile(path, join(to, entry.name));
    found.files++;
    found.bytes += (await stat(path)).size;
  }
  return found;
}

export interface ExportWish {
  readonly wardId: number;
  readonly folder: string;
  /** Where the stored files of all wards are. */
  readonly media: string;
  readonly writtenAt: Date;
  readonly accounts: Manifest['accounts'];
}

export async function exportWard(database: Database, wish: ExportWish): Promise<Manifest> {
  const ward = checkedWard(wish.wardId);
  await mkdir(join(wish.folder, 'tables'), { recursive: true });
  const client = await database.ownerPool.connect();
  try {
    // Days and times spelt alike on every machine.
    await client.query(
      `begin isolation level repeatable read read only; set local app.ward_id = '${ward}'; set local timezone = 'UTC';
       set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local extra_float_digits = 3`,
    );
    const tables: TableFile[] = [];
    for (const table of await wardTables(client)) tables.push(await writeTable(client, table, wish.folder));
    const { rows } = await client.query<{
      name: string;
      code: string | null;
      schema: number;
      kind: string;
      now: string | null;
      sample: unknown;
      setup: unknown;
    }>(
      `select w.name, (select code from ward_codes c where c.ward_id = w.ward_id order by c.valid_to nulls first,
          c.valid_from desc limit 1) as code, (select count(*)::int from schema_migrations) as schema, i.kind,
         i.campaign_now_ms::text as now, i.sample, i.setup
       from wards w cross join installation i where w.ward_id = $1`,
      [ward],
    );
    await client.query('commit');
    const [found] = rows;
    if (!found) throw new Error(`There is no ward ${ward}`);
    const manifest: Manifest = {
      format: FORMAT,
      schema: found.schema,
      ward: { id: ward, name: found.name, code: found.code },
      kind: found.kind,
      campaignNow: found.now,
      installation: { sample: found.sample, setup: found.setup },
      writtenAt: wish.writtenAt.toISOString(),
      tables,
      media: await copyMedia(join(wish.media, String(ward)), join(wish.folder, 'media')),
      accounts: wish.accounts,
      leftBehind: LEFT_BEHIND,
    };
    await writeFile(join(wish.folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
