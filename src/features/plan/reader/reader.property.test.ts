import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPlan } from './read-plan.ts';
import { type NoPlan, type Reading, isReading } from './reading.ts';

const DEV = path.resolve(import.meta.dirname, '../../../../tests/plans/dev');
const texts = readdirSync(DEV)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => readFileSync(path.join(DEV, name), 'utf8'));
const words = [...new Set(texts.join(' ').split(/(?<=\s)/))];

function quotesHold(answer: Reading | NoPlan): void {
  if (!isReading(answer)) return;
  const { source } = answer;
  const places = [
    ...answer.targets,
    ...answer.duties,
    ...answer.reports,
    ...answer.unread,
    ...answer.questions,
    ...answer.pillars,
    ...(answer.slogan?.items ?? []),
  ].map((item) => item.quote);
  const marks = [...answer.targets, ...answer.duties, ...answer.reports].flatMap((item) => item.marks);
  for (const { start, end } of [...places, ...marks, ...(answer.period ? [answer.period.quote] : [])]) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(source.length);
    expect(source.slice(start, end).trim()).not.toBe('');
  }
  const ids = [...answer.targets, ...answer.duties, ...answer.reports].map((item) => item.id);
  expect(new Set(ids).size).toBe(ids.length);
}

test('arbitrary text never throws, and every quote is a piece of it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (noise) => {
      quotesHold(readPlan(`KẾ HOẠCH\n${noise}\nI. TỔ CHỨC THỰC HIỆN\n1. Công an phường\n- ${noise}`));
    }),
    { numRuns: 150 },
  );
});

test('plans with words dropped, doubled and shuffled never throw, and quote truly', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...words), { minLength: 20, maxLength: 400 }),
      fc.boolean(),
      (picked, split) => {
        const text = `KẾ HOẠCH\nThử\nI. TỔ CHỨC THỰC HIỆN\n1. Công an phường\n- ${picked.join(' ')}`;
        quotesHold(readPlan(split ? text.normalize('NFD') : text));
      },
    ),
    { numRuns: 150 },
  );
});

test('a paper cut off anywhere is read or refused, never thrown on', () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), fc.double({ min: 0, max: 1, noNaN: true }), (text, share) => {
      quotesHold(readPlan(text.slice(0, Math.floor(text.length * share))));
    }),
    { numRuns: 60 },
  );
});

test('reading twice says the same', () => {
  for (const text of texts.slice(0, 4)) expect(readPlan(text)).toEqual(readPlan(text));
});

test('ten times the paper costs about ten times the work, no worse', () => {
  const body = (times: number): string =>
    `KẾ HOẠCH\nThử\nI. TỔ CHỨC THỰC HIỆN\n${Array.from({ length: times }, (_, at) => `${at + 1}. Công an phường\n- Đăng ít nhất 02 tin, bài/tuần trên trang thông tin, từ ngày 02/8 đến ngày 13/8/2025, phối hợp với Đoàn Thanh niên ${'tuyên truyền, vận động nhân dân '.repeat(8)}(tối thiểu 01 lượt/ngày).`).join('\n')}`;
  const took = (text: string): number => {
    const began = performance.now();
    readPlan(text);
    return performance.now() - began;
  };
  took(body(40));
  const small = Math.min(...[1, 2, 3].map(() => took(body(40))));
  const large = Math.min(...[1, 2].map(() => took(body(400))));
  expect(large / small).toBeLessThan(40);
  // Seconds where nothing else runs; only the ratio is judged.
}, 120_000);

test.each([
  ['digits', '1'.repeat(20_000)],
  ['blanks', ' '.repeat(20_000)],
  ['slashes', '1/'.repeat(10_000)],
  ['commas', 'tuần, '.repeat(4_000)],
  ['open brackets', '('.repeat(5_000) + ';'.repeat(5_000)],
  ['units', 'Công an phường, '.repeat(2_000)],
  ['compare words', 'ít nhất tối thiểu mỗi hằng '.repeat(1_000)],
])('a hostile run of %s ends in good time', (_, run) => {
  const began = performance.now();
  readPlan(`KẾ HOẠCH\nThử\nI. TỔ CHỨC THỰC HIỆN\n1. Công an phường\n- Đăng ${run}\n- Đăng 02 tin/tuần.`);
  // A fraction of a second where nothing else runs; what goes wrong here takes minutes.
  expect(performance.now() - began).toBeLessThan(25_000);
});
