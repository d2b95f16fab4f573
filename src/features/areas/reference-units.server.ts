// The official units of the country that are known here, with where each is known from. Written by the migrations, by
// set-up, and from a reference-units.csv in the data folder (columns in the README).
import { existsSync, readFileSync } from 'node:fs';
import { parseCsvObjects } from 'hucre/csv';
import type pg from 'pg';
import { z } from 'zod';
import { nfc } from '#core/vietnamese.ts';
import { Day } from '#features/areas/schema.ts';

const optional = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value) => (value === '' || value === undefined ? null : value), shape.nullable());

const Cell = z.string().transform((text) => nfc(text).trim());
export const UnitRow = z.object({
  code: Cell.pipe(z.string().min(1).max(20)),
  level: z.enum(['country', 'city', 'ward']),
  name: Cell.pipe(z.string().min(1).max(200)),
  parent_code: optional(Cell),
  valid_from: Day,
  valid_to: optional(Day),
  source: Cell.pipe(z.string().min(1).max(500)),
});
export type UnitRow = z.infer<typeof UnitRow>;

/** A row known by code, level and first day replaces what stood there. */
export async function keepUnits(pool: Pick<pg.Pool, 'query'>, rows: readonly UnitRow[]): Promise<void> {
  for (const row of rows) {
    await pool.query(
      `insert into reference_units (code, level, name, parent_code, valid_from, valid_to, source)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (code, level, valid_from) do update
       set name = excluded.name, parent_code = excluded.parent_code, valid_to = excluded.valid_to,
           source = excluded.source`,
      [row.code, row.level, row.name, row.parent_code, row.valid_from, row.valid_to, row.source],
    );
  }
}

export interface CsvReading {
  readonly rows: readonly UnitRow[];
  /** What is wrong, by line; a file with one wrong line is not loaded at all. */
  readonly faults: readonly string[];
}

export function readUnitsCsv(text: string): CsvReading {
  const { data } = parseCsvObjects(text.replace(/^\ufeff/, ''), { header: true });
  const rows: UnitRow[] = [];
  const faults: string[] = [];
  data.forEach((record, at) => {
    const cells = Object.fromEntries(
      Object.entries(record).map(([key, value]) => [key.trim(), value === null ? '' : String(value)]),
    );
    const parsed = UnitRow.safeParse(cells);
    if (parsed.success) rows.push(parsed.data);
    else faults.push(`line ${at + 2}: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
  });
  return { rows, faults };
}

/** At each start. @returns the lines that are wrong; nothing is loaded then */
export async function loadUnitsFile(pool: Pick<pg.Pool, 'query'>, file: string): Promise<readonly string[]> {
  if (!existsSync(file)) return [];
  const { rows, faults } = readUnitsCsv(readFileSync(file, 'utf8'));
  if (faults.length === 0) await keepUnits(pool, rows);
  return faults;
}

export interface KnownWard {
  readonly code: string;
  readonly name: string;
  readonly validFrom: string;
  readonly cityCode: string;
  readonly cityName: string | null;
}

/** Wards of the list that stand on a day, with their cities. */
export async function knownWards(pool: Pick<pg.Pool, 'query'>, on: string): Promise<KnownWard[]> {
  const { rows } = await pool.query<KnownWard>(
    `select w.code, w.name, w.valid_from as "validFrom", w.parent_code as "cityCode", c.name as "cityName"
     from reference_units w
     left join reference_units c on c.level = 'city' and c.code = w.parent_code
       and c.valid_from <= $1::date and (c.valid_to is null or c.valid_to > $1::date)
     where w.level = 'ward' and w.valid_from <= $1::date and (w.valid_to is null or w.valid_to > $1::date)
     order by w.code`,
    [on],
  );
  return rows;
}
