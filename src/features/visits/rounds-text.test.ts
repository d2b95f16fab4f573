import { expect, test } from 'vitest';
import { loudspeakerText, PROMISE, shownDay, zaloText } from './rounds-text.ts';

const at = {
  onDay: '2025-08-05',
  fromTime: '19:00',
  toTime: '21:30',
  team: ['Bà Đào Thị Lành', 'Ông Vũ Văn Hùng'],
};
const plan = {
  ward: 'Phường Hồng An',
  group: 'TDP Đình Hạ 2',
  rounds: [
    { ...at, lane: 'Ngõ 12' },
    { ...at, lane: 'Ngõ 14' },
    { ...at, onDay: '2025-08-06', lane: 'Ngõ 20' },
  ],
};

test('a message names day, hours, lanes and team, lanes of one team together', () => {
  const text = zaloText(plan);
  expect(text).toContain('• Thứ Ba 05/8, 19h00 đến 21h30: Ngõ 12, Ngõ 14 (Bà Đào Thị Lành, Ông Vũ Văn Hùng)');
  expect(text).toContain('Thứ Tư 06/8');
  expect(text).toContain(PROMISE);
});

test('the loudspeaker says hours as people say them', () => {
  expect(loudspeakerText(plan)).toContain(
    'Thứ Ba ngày 5 tháng 8, từ 19 giờ đến 21 giờ 30, tổ công tác đến Ngõ 12, Ngõ 14.',
  );
});

test('days of the week are right over a week', () => {
  expect(['2025-08-03', '2025-08-04', '2025-08-09', '2025-08-10'].map(shownDay)).toEqual([
    'Chủ nhật 03/8',
    'Thứ Hai 04/8',
    'Thứ Bảy 09/8',
    'Chủ nhật 10/8',
  ]);
});
