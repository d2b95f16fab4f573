import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatDate,
  formatDateTime,
  formatDateYear,
  formatDayNear,
  formatLate,
  formatLeft,
  formatPercent,
  formatTime,
  formatWeekday,
  formatWeekdayShort,
} from './format.ts';

const MINUTE = 60_000;

test('instants are shown in Vietnam, whatever zone they were written in', () => {
  expect(formatTime('2025-08-05T01:30:00Z')).toBe('08:30');
  expect(formatTime('2025-08-05T08:30:00+07:00')).toBe('08:30');
  expect(formatTime(Date.parse('2025-08-04T17:00:00Z'))).toBe('00:00');
  expect(formatDateYear('2025-08-04T17:00:00Z', 'vi')).toBe('05/8/2025');
  expect(formatDateYear('2025-08-04T16:59:59Z', 'vi')).toBe('04/8/2025');
});

test('days are written as people write them here and in English', () => {
  expect(formatDate('2025-08-05', 'vi')).toBe('05/8');
  expect(formatDate('2025-12-31', 'vi')).toBe('31/12');
  expect(formatDate('2025-08-05', 'en')).toBe('5 Aug');
  expect(formatDateYear('2025-08-05', 'vi')).toBe('05/8/2025');
  expect(formatDateYear('2025-08-05', 'en')).toBe('5 Aug 2025');
  expect(formatWeekday('2025-08-05', 'vi')).toBe('Thứ Ba 05/8');
  expect(formatWeekday('2025-08-10', 'vi')).toBe('Chủ nhật 10/8');
  expect(formatWeekday('2025-08-05', 'en')).toBe('Tuesday 5 Aug');
  expect(formatWeekdayShort('2025-08-05', 'vi')).toBe('T3 05/8');
  expect(formatDateTime('2025-08-05T01:30:00Z', 'vi')).toBe('08:30 05/8');
});

test('near days have names, across months and years too', () => {
  expect(formatDayNear('2026-01-01', '2025-12-31', 'vi')).toBe('Ngày mai');
  expect(formatDayNear('2025-12-31T16:59:00Z', '2026-01-01', 'en')).toBe('Yesterday');
  expect(formatDayNear('2025-08-05', '2025-08-05T23:00:00+07:00', 'vi')).toBe('Hôm nay');
  expect(formatDayNear('2025-08-07', '2025-08-05', 'vi')).toBe('Thứ Năm 07/8');
});

test('time left is rounded down and lateness counts whole minutes, at least one', () => {
  expect(formatLeft(40 * MINUTE + 59_000, 'vi')).toBe('còn 40 phút');
  expect(formatLeft(59_000, 'vi')).toBe('hết giờ');
  expect(formatLeft(-MINUTE, 'vi')).toBe('hết giờ');
  expect(formatLeft(200 * MINUTE, 'vi')).toBe('còn 3 giờ 20 phút');
  expect(formatLeft(26 * 60 * MINUTE, 'vi')).toBe('còn 26 giờ');
  expect(formatLeft(72 * 60 * MINUTE, 'en')).toBe('3 days left');
  expect(formatLate(1, 'vi')).toBe('chậm 1 phút');
  expect(formatLate(11 * MINUTE + 30_000, 'vi')).toBe('chậm 11 phút');
  expect(formatLate(75 * MINUTE, 'en')).toBe('1 h 15 min late');
});

test('counts carry the thousands mark of the language', () => {
  expect(formatCount(12_000, 'vi')).toBe('12.000');
  expect(formatCount(1_234_567, 'vi')).toBe('1.234.567');
  expect(formatCount(12_000, 'en')).toBe('12,000');
  expect(formatBytes(1_440_000, 'vi')).toBe('1,4 MB');
  expect(formatBytes(300_000, 'en')).toBe('300 kB');
});

test('a share has one decimal and its language’s comma', () => {
  expect(formatPercent(0.798, 'vi')).toBe('79,8%');
  expect(formatPercent(0.8, 'vi')).toBe('80%');
  expect(formatPercent(0.798, 'en')).toBe('79.8%');
});

test('100% is said only of the whole and 0% only of nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30_000_000 }), fc.nat(), (whole, seed) => {
      const part = seed % (whole + 1);
      const text = formatPercent(part / whole, 'en');
      expect(text === '100%').toBe(part === whole);
      expect(text === '0%').toBe(part === 0);
    }),
  );
});
