// Out as open files and back into an empty database: the same rows, the same coverage, the same chain of audit.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chanceOf } from '#platform/rehearsal/chance.ts';
import { verifyWard } from '#platform/audit/seal.server.ts';
import type { Database } from '#platform/database/database.server.ts';
import { folderFiles } from '#platform/files.server.ts';
import { makeSampleWard } from '#registry/sample-ward.server.ts';
import { exportWard } from '#platform/wardfiles/export.server.ts';
import type { Manifest } from '#platform/wardfiles/export.server.ts';
import { CannotImport, importWard, readManifest } from '#platform/wardfiles/import.server.ts';
import { LEFT_BEHIND } from '#platform/wardfiles/ward-tables.server.ts';
import { cloneDatabase } from './support/database.ts';

const root = mkdtempSync(join(tmpdir(), 'tungnha-export-'));
const out = join(root, 'out');
let from: Database;
let to: Database;
let ward: number;
let manifest: Manifest;

beforeAll(async () => {
  from = (await cloneDatabase()).database;
  to = (await cloneDatabase()).database;
  for (const database of [from, to])
    await database.ownerPool
      .query(`insert into installation (kind, epoch) values ('rehearsal', gen_random_uuid())
      on conflict do nothing`);
  const files = folderFiles(join(root, 'media'));
  const wish = { name: 'Phường Hồng An', code: '11602', cityCode: '31', groups: 4, households: 160 };
  const made = await makeSampleWard({ database: from, files }, wish, chanceOf('ward files'));
  ward = made.wardId;
  await files.put(ward, Buffer.from('một ảnh'));
  manifest = await exportWard(from, {
    wardId: ward,
    folder: out,
    media: join(root, 'media'),
    writtenAt: new Date(),
    accounts: [],
  });
  await importWard(to, folderFiles(join(root, 'media-2')), out, await readManifest(out));
}, 120_000);
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rowsOf = (database: Database, text: string) =>
  database.asOwnerInWard(ward, async (trx) => {
    return (await sql.raw<Record<string, unknown>>(text).execute(trx)).rows;
  });

describe('a ward as open files', () => {
  it('holds every table of the ward but those named as left behind', async () => {
    const { rows } = await from.ownerPool.query<{ name: string }>(`select c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'ward_id' and not a.attisdropped
      where c.relkind in ('r', 'p') order by 1`);
    const carried = [...manifest.tables.map(({ table }) => table), ...Object.keys(LEFT_BEHIND)];
    expect(rows.map(({ name }) => name)).toEqual(carried.toSorted());
    expect(manifest.tables.find(({ table }) => table === 'households')?.rows).toBeGreaterThan(100);
    expect(manifest.tables.find(({ table }) => table === 'visits')?.rows).toBeGreaterThan(20);
  });

  it('comes back row for row', async () => {
    for (const { table } of manifest.tables) {
      const text = `select count(*)::int as n, md5(string_agg(t::text, '|' order by t::text)) as print from ${table} t`;
      expect([table, await rowsOf(to, text)]).toEqual([table, await rowsOf(from, text)]);
    }
    const media = (folder: string) => readdirSync(join(root, folder), { recursive: true }).toSorted();
    expect(media('media-2')).toEqual(media('media'));
  });

  it('gives the same coverage', async () => {
    const text = `select group_id, denominator, reached, remote, pledged, zalo from group_coverage order by group_id, campaign_id`;
    const before = await rowsOf(from, text);
    expect(before.some(({ reached }) => Number(reached) > 0)).toBe(true);
    expect(await rowsOf(to, text)).toEqual(before);
  });

  it('keeps the chain of audit whole, with the same head', async () => {
    const [before, after] = [await verifyWard(from, ward), await verifyWard(to, ward)];
    expect(after.faults).toEqual([]);
    expect({ ...after }).toEqual({ ...before });
  });

  it('is refused where the ward is already, and where a file was changed', async () => {
    const files = folderFiles(join(root, 'media-2'));
    await expect(importWard(to, files, out, manifest)).rejects.toThrow(/already holds the ward/);
    const path = join(out, 'tables', 'households.csv');
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, whole.length - 40));
    await expect(importWard(to, files, out, manifest)).rejects.toThrow(CannotImport);
    writeFileSync(path, whole);
  });

  it('spells every name with its marks', () => {
    const csv = readFileSync(join(out, 'tables', 'households.csv'), 'utf8');
    expect(csv.split('\n')[0]).toContain('head_name');
    expect(csv).toMatch(/Nguyễn|Trần|Phạm|Đào/);
  });
});
