/**
 * Holds the annotations against their own texts: an expectation whose words are not in the paper, stand there
 * more than once without saying which, or carry an impossible date would judge the reader by a mistake of ours.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { extractRawText } from 'mammoth';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const HERE = import.meta.dirname;
const PER = ['day', 'week', 'fortnight', 'month', 'quarter', 'half-year', 'year', 'campaign'] as const;

const day = z.string().refine((value) => {
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}, 'a day of the calendar');
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const kind = z.enum(['target', 'cadence', 'count', 'report', 'deadline', 'duty', 'none']);
const values = z.object({
  kind: kind.optional(),
  value: z.number().positive().optional(),
  unit: z.string().optional(),
  count: z.number().int().positive().optional(),
  per: z.enum(PER).nullable().optional(),
  date: day.nullable().optional(),
  from: day.nullable().optional(),
  to: day.nullable().optional(),
  time: clock.nullable().optional(),
});
const item = z.strictObject({
  ...values.shape,
  kind,
  near: z.string().min(6),
  nth: z.number().int().positive().optional(),
  zone: z.tuple([z.string(), z.string()]).optional(),
  actor: z.union([z.string(), z.array(z.string()).min(2)]).optional(),
  or: z.array(z.strictObject(values.shape)).min(1).optional(),
  as: z.array(kind).min(1).optional(),
  optional: z.literal(true).optional(),
  type: z.enum(['quick', 'periodic', 'final']).optional(),
  weekday: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']).optional(),
  day: z.number().int().min(1).max(31).optional(),
  windows: z.array(z.strictObject({ from: clock, to: clock })).optional(),
});
const expectation = z.strictObject({
  file: z.string(),
  year: z.number().int(),
  period: z.strictObject({ from: day, to: day }).nullable(),
  plan: z.literal(false).optional(),
  items: z.array(item),
});
type Item = z.infer<typeof item>;

const read = (half: string, id: string) =>
  expectation.parse(JSON.parse(readFileSync(path.join(HERE, half, `${id}.expect.json`), 'utf8')));

const folded = (text: string): string => text.normalize('NFC').replaceAll(/\s+/g, ' ');

/** Letters, digits and % only: what is left of a paper whatever carries it. */
const bare = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]+/gu, ' ')
    .trim();

function places(text: string, words: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

/** What each kind must say to be judged at all. */
function incomplete(it: Item): boolean {
  switch (it.kind) {
    case 'target':
      return it.value === undefined || it.unit === undefined;
    case 'cadence':
      return it.count === undefined || !it.per;
    case 'count':
      return it.count === undefined;
    case 'report':
      return !it.per && !it.date && !it.time;
    case 'deadline':
      return !it.date && !it.from && !it.time;
    default:
      return false;
  }
}

function faults(text: string, it: Item): string[] {
  const said: string[] = [];
  const found = places(text, folded(it.near));
  if (found.length === 0) said.push('words not in the text');
  if (found.length > 1 && it.nth === undefined) said.push(`stands ${found.length} times, say which`);
  if (it.nth !== undefined && found.length < it.nth) said.push(`stands only ${found.length} times`);
  if (it.zone) {
    const [first] = places(text, folded(it.zone[0]));
    const [last] = places(text, folded(it.zone[1]));
    if (first === undefined || last === undefined) said.push('zone not in the text');
    else {
      const end = last + folded(it.zone[1]).length;
      const at = found[(it.nth ?? 1) - 1] ?? -1;
      if (first >= end) said.push('zone ends before it begins');
      else if (at + it.near.length <= first || at >= end) said.push('words stand outside their zone');
    }
  }
  if (incomplete(it)) said.push('figure not complete');
  for (const { from, date } of [it, ...(it.or ?? [])])
    if (from && date && from > date) said.push('window ends before it begins');
  return said;
}

for (const half of ['dev', 'holdout']) {
  const folder = path.join(HERE, half);
  const ids = readdirSync(folder)
    .filter((name) => name.endsWith('.expect.json'))
    .map((name) => name.slice(0, -'.expect.json'.length));

  describe(`annotated papers, ${half}`, () => {
    test('every text has its expectation and the other way round', () => {
      const texts = readdirSync(folder).filter((name) => name.endsWith('.txt'));
      expect(texts.map((name) => name.slice(0, -4)).sort()).toEqual([...ids].sort());
      for (const name of readdirSync(path.join(folder, 'docx')))
        expect(ids).toContain(path.basename(name, '.docx'));
    });

    test.each(ids)('%s is annotated with words that stand in it', (id) => {
      const paper = read(half, id);
      expect(paper.file).toBe(`${id}.txt`);
      const text = folded(readFileSync(path.join(folder, paper.file), 'utf8'));
      const wrong = paper.items.flatMap((it) => faults(text, it).map((fault) => `${it.near}: ${fault}`));
      expect(wrong).toEqual([]);
      if (paper.plan === false)
        expect(paper.items.filter((it) => it.kind !== 'none' && !it.optional)).toEqual([]);
    });

    const words = readdirSync(path.join(folder, 'docx')).map((name) => path.basename(name, '.docx'));
    test.each(words)('the Word copy of %s holds the same words', async (id) => {
      const copy = bare((await extractRawText({ path: path.join(folder, 'docx', `${id}.docx`) })).value);
      const missing = read(half, id).items.filter((it) => !copy.includes(bare(it.near)));
      expect(missing).toEqual([]);
    });
  });
}
