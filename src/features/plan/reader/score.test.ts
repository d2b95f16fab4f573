/**
 * The bars of the product, held on every annotated plan under tests/plans: 0.95 of the figures found, 0.95 of what is
 * said right, 0.9 of the units, 0.9 of the duties without figures, every quote a piece of the source.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Annotated, type Score, scorePlan } from '../../../../tests/support/plan-score.ts';
import { readPlanBytes } from './plan-file.ts';
import { isReading } from './reading.ts';

const PLANS = path.resolve(import.meta.dirname, '../../../../tests/plans');
const BARS = { recall: 0.95, precision: 0.95, actor: 0.9, duty: 0.9, quotes: 1 } as const;
type Measure = keyof typeof BARS;
const measures = Object.keys(BARS) as Measure[];

interface Paper {
  name: string;
  file: string;
  expected: Annotated;
}
function papersOf(half: string): Paper[] {
  const folder = path.join(PLANS, half);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.expect.json'))
    .flatMap((name) => {
      const expected = JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as Annotated;
      const id = name.replace('.expect.json', '');
      const files = [path.join(folder, expected.file), path.join(folder, 'docx', `${id}.docx`)].filter(
        existsSync,
      );
      return files.map((file) => ({ name: path.basename(file), file, expected }));
    });
}

describe.each(['dev', 'holdout'])('annotated plans (%s)', (half) => {
  const papers = papersOf(half);
  const total = new Map<Measure, [number, number]>(measures.map((measure) => [measure, [0, 0]]));
  const notes: string[] = [];

  test.each(papers.filter((paper) => paper.expected.plan === false))(
    '$name is said to be no plan',
    async ({ file }) => {
      const answer = await readPlanBytes(readFileSync(file));
      expect(isReading(answer)).toBe(false);
    },
  );

  test('together they pass every bar', async () => {
    for (const { name, file, expected } of papers) {
      if (expected.plan === false) continue;
      const answer = await readPlanBytes(
        readFileSync(file),
        expected.year === undefined ? {} : { year: expected.year },
      );
      if (!isReading(answer)) throw new Error(`${name} was refused: ${answer.why}`);
      const score: Score = scorePlan(expected, answer);
      for (const measure of measures) {
        const sum = total.get(measure) ?? [0, 0];
        sum[0] += score[measure][0];
        sum[1] += score[measure][1];
      }
      notes.push(...score.notes.map((note) => `${name}: ${note}`));
    }
    const short = measures.filter((measure) => {
      const [right, of] = total.get(measure) ?? [0, 0];
      return of === 0 || right / of < BARS[measure];
    });
    expect({ short, notes: short.length > 0 ? notes : [] }).toEqual({ short: [], notes: [] });
  });
});

test('the scorer itself notices what is missing and what is wrong', () => {
  const source = 'Đăng ít nhất 02 tin, bài/tuần.';
  const expected: Annotated = {
    file: 'x',
    period: null,
    items: [
      { kind: 'cadence', near: 'ít nhất 02 tin, bài/tuần', count: 2, per: 'week', actor: 'Phòng Văn hóa' },
    ],
  };
  const empty = {
    source,
    targets: [],
    duties: [],
    reports: [],
    unread: [],
    pillars: [],
    slogan: null,
    period: null,
  };
  // Only the keys the scorer looks at.
  const reading = (count: number, actor: string): Parameters<typeof scorePlan>[1] =>
    ({
      ...empty,
      duties: [
        {
          id: 'duty-1',
          actor,
          cadence: { count, per: 'week' },
          between: null,
          by: null,
          quote: { start: 0, end: source.length },
        },
      ],
    }) as never;
  expect(scorePlan(expected, empty as never).recall).toEqual([0, 1]);
  expect(scorePlan(expected, reading(3, 'Phòng Văn hóa')).precision).toEqual([0, 1]);
  expect(scorePlan(expected, reading(2, 'Công an phường')).actor).toEqual([0, 1]);
  expect(scorePlan(expected, reading(2, 'Phòng Văn hóa - Xã hội'))).toMatchObject({
    recall: [1, 1],
    precision: [1, 1],
    actor: [1, 1],
  });
});
