import { expect, test } from 'vitest';
import { worstOf } from './campaign-heat.ts';

const summary = {
  range: { from: '2025-08-04', to: '2025-08-07' },
  states: ['upcoming', 'due', 'met', 'late', 'missed', 'excused', 'no-information', 'ongoing'] as const,
};
const days = [
  [0, 0, 3, 0, 2, 0, 0, 9],
  [0, 0, 5, 1, 0, 0, 0, 9],
  [0, 0, 0, 0, 0, 0, 0, 9],
  [0, 4, 0, 0, 0, 0, 0, 9],
];
const of = (from: string, to = from, today = '2025-08-05') =>
  worstOf({ ...summary, states: [...summary.states] }, days, { from, to }, today);

test('a cell shows what needs looking at first, and how much of it', () => {
  expect(of('2025-08-04')).toEqual({ state: 'missed', detail: '2' });
  expect(of('2025-08-05')).toEqual({ state: 'late', detail: '1' });
});

test('a week adds up its days; days outside the summary add nothing', () => {
  expect(of('2025-08-04', '2025-08-10')).toEqual({ state: 'missed', detail: '2' });
});

test('where only work without a figure is, nothing is shown', () => {
  expect(of('2025-08-06')).toBeNull();
});

test('what is open until a later day is not due yet', () => {
  expect(of('2025-08-07')).toEqual({ state: 'upcoming', detail: '4' });
  expect(of('2025-08-07', '2025-08-07', '2025-08-07')).toEqual({ state: 'due', detail: '4' });
});
