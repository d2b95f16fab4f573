// A short run of the model-based test; 10,000 schedules run in `npm run test:slow schedules`.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { testRuntime } from './support/database.ts';
import { runSchedule, schedules } from './support/field-schedules.ts';
import { openBench } from './support/field-world.ts';

const { runtime, name, socket } = await testRuntime();
const bench = await openBench({ host: socket }, name, runtime);

it('loses nothing, counts nothing twice and converges, whatever happens in between', async () => {
  try {
    await fc.assert(
      fc.asyncProperty(schedules, (steps) => runSchedule(bench, steps)),
      { numRuns: 60, interruptAfterTimeLimit: 60_000 },
    );
  } finally {
    expect(await bench.admin.query('select 1')).toBeTruthy();
  }
}, 120_000);

it('finds out a server that answers before it has stored', async () => {
  const outcome = await fc.check(
    fc.asyncProperty(schedules, (steps) => runSchedule(bench, steps, 'answers-before-commit')),
    { numRuns: 100, endOnFailure: true },
  );
  await bench.close();
  expect(outcome.failed).toBe(true);
}, 120_000);
