import { expect, test } from 'vitest';
import { askedIn, besides, columnsOf, rangeOf } from './view.ts';

const CAMPAIGN = { from: '2025-08-02', to: '2025-08-14' };
const asked = (query: string) => askedIn(new URLSearchParams(query), '2025-08-05');

test('a week by units is shown unless the address says otherwise; nonsense is not obeyed', () => {
  expect(asked('')).toEqual({ view: 'tuan', day: '2025-08-05', by: 'unit' });
  expect(asked('xem=thang&ngay=31-12&theo=x')).toEqual(asked(''));
  expect(asked('xem=ngay&ngay=2025-08-09&theo=to')).toEqual({ view: 'ngay', day: '2025-08-09', by: 'group' });
});

test('the stretch is the day, its week from Monday, or the campaign', () => {
  expect(rangeOf(asked('xem=ngay'), CAMPAIGN)).toEqual({ from: '2025-08-05', to: '2025-08-05' });
  expect(rangeOf(asked(''), CAMPAIGN)).toEqual({ from: '2025-08-04', to: '2025-08-10' });
  expect(rangeOf(asked('xem=dot'), CAMPAIGN)).toEqual(CAMPAIGN);
  expect([besides(asked(''), -1), besides(asked('xem=ngay'), 1), besides(asked('xem=dot'), 1)]).toEqual([
    '2025-07-29',
    '2025-08-06',
    null,
  ]);
});

test('a long campaign is shown by weeks that cover each of its days once', () => {
  expect(columnsOf(CAMPAIGN)).toHaveLength(13);
  const year = columnsOf({ from: '2025-01-01', to: '2025-12-31' });
  expect(year).toHaveLength(53);
  expect([year[0], year[1]?.from, year.at(-1)?.to]).toEqual([
    { from: '2025-01-01', to: '2025-01-05' },
    '2025-01-06',
    '2025-12-31',
  ]);
});
