import { describe, expect, it } from 'vitest';
import { readGroupList, readGroupRows } from '#features/areas/group-list.ts';

const brief = (text: string) => readGroupList(text).map(({ name, households }) => [name, households]);

describe('a pasted list of groups', () => {
  it('is read as offices write it', () => {
    expect(
      brief(`
        TT	Tên tổ dân phố	Số hộ
        1	Tổ dân phố Đình Hạ 1	1.250
        2	TDP Đình Hạ 2	175
        Tổng cộng		1.425`),
    ).toEqual([
      ['Tổ dân phố Đình Hạ 1', 1250],
      ['Tổ dân phố Đình Hạ 2', 175],
    ]);
    expect(brief('1. Tổ 5 - 120 hộ\n2) Tổ 6: 98 hộ\n- Thôn Đông (310 hộ)')).toEqual([
      ['Tổ dân phố 5', 120],
      ['Tổ dân phố 6', 98],
      ['Thôn Đông', 310],
    ]);
    expect(brief('Chợ Mới;214\n"Cầu Đá 2","301"')).toEqual([
      ['Tổ dân phố Chợ Mới', 214],
      ['Tổ dân phố Cầu Đá 2', 301],
    ]);
  });

  it('keeps a number that belongs to the name, and leaves the count open', () => {
    expect(brief('Tổ dân phố Đình Hạ 2\nTổ 12\nĐình Hạ 2 180\nKhu phố 3 240')).toEqual([
      ['Tổ dân phố Đình Hạ 2', null],
      ['Tổ dân phố 12', null],
      ['Tổ dân phố Đình Hạ 2', 180],
      ['Khu phố 3', 240],
    ]);
  });

  it('says what cannot be kept, by line', () => {
    expect(readGroupList('Chợ Mới; 210\n\nchợ mới; 90\nBến Than; 99999')).toMatchObject([
      { line: 1, problem: null },
      { line: 3, problem: 'twice' },
      { line: 4, problem: 'too-many' },
    ]);
  });

  it('reads a sheet the same way', () => {
    expect(
      readGroupRows([
        ['TT', 'Tên tổ', 'Số hộ'],
        ['1', 'Bờ Sông 1', '245'],
        ['', '', ''],
      ]),
    ).toMatchObject([{ name: 'Tổ dân phố Bờ Sông 1', households: 245, problem: null }]);
  });
});
