// Invented people. Family and given names are as common as they are in the north of Viet Nam, put together by chance;
// nobody's real name is meant. Phone numbers begin with 050, which no mobile operator uses, so that none can ring.
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

/** Names that belong to somebody who signed the paper the sample follows must not come out by chance. */
const NEVER = new Set(['Nguyễn Hữu Thanh']);

export type Sex = 'woman' | 'man' | 'either';

/** Draws names that differ from one another; some offices are held by women or by men as a rule. */
export function nameDrawer(chance: Chance): (sex?: Sex) => string {
  const given = new Set<string>(NEVER);
  return (sex = 'either') => {
    for (;;) {
      const woman = chance.odds(0.47);
      const kind = sex === 'woman' || (sex === 'either' && woman) ? WOMEN : MEN;
      const name = `${chance.pick(FAMILIES)} ${chance.pick(kind.middle)} ${chance.pick(kind.given)}`;
      if (given.has(name)) continue;
      given.add(name);
      return name;
    }
  };
}

export function phoneDrawer(chance: Chance): () => string {
  const given = new Set<string>();
  return () => {
    for (;;) {
      const phone = `+8450${chance.int(1_000_000, 9_999_999)}`;
      if (given.has(phone)) continue;
      given.add(phone);
      return phone;
    }
  };
}
