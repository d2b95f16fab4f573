// Invented names. Family and given names are as common as they are in the north of Viet Nam, put together by chance;
// nobody's real name is meant.
import type { Chance } from '#platform/rehearsal/chance.ts';

/** Common ones stand several times. */
const FAMILIES = (
  'Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Phạm Phạm Phạm Vũ Vũ Đào Đào Bùi Bùi Đỗ Đỗ Hoàng Đặng ' +
  'Ngô Phan Lương Đoàn Trịnh Mai Dương Tạ Cao Đinh'
).split(' ');
const MEN = {
  middle: 'Văn Văn Văn Đức Quang Xuân Ngọc Trọng Đình Bá Minh Công'.split(' '),
  given: (
    'Hùng Dũng Thắng Tuấn Sơn Hải Long Phong Quân Thịnh Lâm Kiên Toàn Vinh Bình Khải Cường Hiệp Khoa Tùng Thành ' +
    'Đạt Nam Trung Chiến Hậu Phúc Lợi Thái Duy'
  ).split(' '),
};
const WOMEN = {
  middle: 'Thị Thị Thị Thu Thanh Ngọc Minh Hồng Kim Bích'.split(' '),
  given: (
    'Lan Hoa Hương Huệ Nga Hằng Thủy Hạnh Nhung Yến Lành Thảo Mai Liên Oanh Phượng Hòa Vân Dung Loan Tâm Thơm Nhàn ' +
    'Xuyến Ánh Ngân Quyên Duyên Trang Lệ'
  ).split(' '),
};

export type Sex = 'woman' | 'man' | 'either';

export function drawName(chance: Chance, sex: Sex = 'either'): string {
  const woman = chance.odds(0.47);
  const kind = sex === 'woman' || (sex === 'either' && woman) ? WOMEN : MEN;
  return `${chance.pick(FAMILIES)} ${chance.pick(kind.middle)} ${chance.pick(kind.given)}`;
}
