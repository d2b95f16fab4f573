import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldOfHead, guessColumns, withChoices } from './columns.ts';
import { groupFinder, houseOfDate, proposeDuplicates, readResidence, readRows } from './rows.ts';
import type { HouseholdDraft } from './rows.ts';
import { findTable } from './table.ts';
import type { Grid } from './table.ts';

const GROUPS = [
  { id: 'g2', name: 'Tổ dân phố Đình Hạ 2', shortName: 'TDP Đình Hạ 2' },
  { id: 'g5', name: 'Tổ dân phố số 5', shortName: 'TDP 5' },
];

function read(grid: Grid, groupId: string | null = null) {
  const table = findTable(grid);
  const columns = guessColumns(
    table.heads,
    table.rows.map(({ cells }) => cells),
  );
  return { table, columns, ...readRows(table.rows, { columns, groups: GROUPS, groupId }) };
}

const plain = (rows: string[][]): Grid => ({ rows, merges: [] });

describe('the table in a sheet', () => {
  test('titles above, numbers under the head, sums and signatures below', () => {
    const { table, drafts } = read(
      plain([
        ['UBND PHƯỜNG', '', '', ''],
        ['DANH SÁCH HỘ DÂN', '', '', ''],
        ['', '', '', ''],
        ['STT', 'Chủ hộ', 'Số nhà', 'Ngõ'],
        ['(1)', '(2)', '(3)', '(4)'],
        ['1', 'Đào Thị Lành', '7', '12'],
        ['', '', '', ''],
        ['2', 'Vũ Văn Bình', '9', 'Ngõ 12'],
        ['', 'Tổng cộng: 2 hộ', '', ''],
        ['', '', 'Hồng An, ngày 20 tháng 7', ''],
        ['', '', 'Tổ trưởng', ''],
      ]),
      'g2',
    );
    expect(table.headLines).toEqual([4]);
    expect(
      drafts.map(({ line, headName, houseNumber, lane }) => [line, headName, houseNumber, lane]),
    ).toEqual([
      [6, 'Đào Thị Lành', '7', 'Ngõ 12'],
      [8, 'Vũ Văn Bình', '9', 'Ngõ 12'],
    ]);
    expect(table.left.map(({ why }) => why)).toEqual(['title', 'title', 'numbers', 'sum', 'foot', 'foot']);
  });

  test('a head of two rows with merged cells, and merged doors in the body', () => {
    const { table, drafts } = read(
      {
        rows: [
          ['TT', 'Họ và tên chủ hộ', 'Địa chỉ', '', 'Số NK'],
          ['', '', 'Số nhà', 'Ngõ', ''],
          ['1', 'Đào Thị Lành', '7', '12', '4'],
          ['2', 'Vũ Văn Bình', '', '', '2'],
        ],
        merges: [
          { top: 0, left: 2, bottom: 0, right: 3 },
          { top: 0, left: 1, bottom: 1, right: 1 },
          { top: 2, left: 2, bottom: 3, right: 2 },
          { top: 2, left: 3, bottom: 3, right: 3 },
        ],
      },
      'g2',
    );
    expect(table.headLines).toEqual([1, 2]);
    expect(table.heads[2]).toBe('Địa chỉ / Số nhà');
    expect(drafts.map(({ houseNumber, lane, members }) => [houseNumber, lane, members])).toEqual([
      ['7', 'Ngõ 12', 4],
      ['7', 'Ngõ 12', 2],
    ]);
  });

  test('lines that name a group and a lane hold until the next; a head printed again is left out', () => {
    const head = ['TT', 'Chủ hộ', 'Số nhà', 'ĐT'];
    const { drafts, table } = read(
      plain([
        head,
        ['I', 'Tổ dân phố Đình Hạ 2', '', ''],
        ['', 'Ngõ 12', '', ''],
        ['1', 'Đào Thị Lành', '7', '912345678'],
        head,
        ['', 'Tổ dân phố số 05', '', ''],
        ['2', 'Vũ Văn Bình', '9', ''],
      ]),
    );
    expect(drafts.map(({ groupId, lane, phone }) => [groupId, lane, phone])).toEqual([
      ['g2', 'Ngõ 12', '+84912345678'],
      ['g5', null, null],
    ]);
    expect(table.left.map(({ why }) => why)).toContain('head-again');
  });

  test('a list of people: members are counted into the household above them', () => {
    const { drafts, memberRows } = read(
      plain([
        ['TT', 'Họ tên', 'Quan hệ với chủ hộ', 'Địa chỉ'],
        ['1', 'Đào Thị Lành', 'Chủ hộ', 'SN 7 ngõ 12'],
        ['2', 'Vũ Văn Bình', 'Chồng', ''],
        ['3', 'Vũ Thị Na', 'Con', ''],
        ['4', 'Bùi Văn Tám', 'Chủ hộ', 'SN 9 ngõ 12'],
      ]),
      'g2',
    );
    expect(memberRows).toBe(2);
    expect(drafts.map(({ headName, members }) => [headName, members])).toEqual([
      ['Đào Thị Lành', 3],
      ['Bùi Văn Tám', null],
    ]);
  });

  test('without any head the columns are known by what stands in them', () => {
    const { columns, drafts } = read(
      plain([
        ['Đào Thị Lành', 'Số 7 ngõ 12', '0912345678'],
        ['Vũ Văn Bình', 'Số 9 ngõ 12', '0912345679'],
      ]),
      'g2',
    );
    expect(columns).toMatchObject({ head: 0, address: 1, phone: 2 });
    expect(drafts).toHaveLength(2);
  });
});

describe('columns', () => {
  test.each([
    ['STT', 'order'],
    ['Chủ hộ', 'head'],
    ['HO TEN CHU HO', 'head'],
    ['Quan hệ với chủ hộ', 'relation'],
    ['SĐT', 'phone'],
    ['Đ.T', null],
    ['Số điện thoại liên hệ', 'phone'],
    ['Nơi thường trú', 'address'],
    ['Tình trạng cư trú', 'residence'],
    ['Địa chỉ / Số nhà', 'house'],
    ['Địa chỉ (số nhà, ngõ)', 'address'],
    ['TDP', 'group'],
    ['Tổ dân phố', 'group'],
    ['Đường, phố', 'lane'],
    ['Số CCCD', 'identity'],
    ['Nhân khẩu', 'members'],
  ])('%s', (head, field) => {
    expect(fieldOfHead(head)).toBe(field);
  });

  test('a choice by hand replaces the guess', () => {
    expect(withChoices({ head: 1, phone: 2 }, { head: 3, phone: null })).toEqual({ head: 3 });
  });
});

describe('faults of a row', () => {
  const HEAD = ['Chủ hộ', 'TDP', 'Số nhà', 'Ngõ', 'SĐT', 'Nhân khẩu', 'Cư trú'];
  const faultsOf = (row: string[]) => read(plain([HEAD, row])).problems.map(({ fault }) => fault);

  test.each<[string, string[], string[]]>([
    ['all well', ['Đào Thị Lành', 'TDP 5', '7', '12', '0912 345 678', '4', 'Thường trú'], []],
    ['capitals', ['ĐÀO THỊ LÀNH', '5', '7', '12', '', '', ''], ['name-capitals']],
    ['no name', ['', '5', '7', '12', '', '', ''], ['no-head']],
    ['group unknown', ['Đào Thị Lành', 'TDP 99', '7', '12', '', '', ''], ['unknown-group']],
    ['no group', ['Đào Thị Lành', '', '7', '12', '', '', ''], ['no-group']],
    ['broken formula', ['Đào Thị Lành', '5', '#REF!', '12', '', '', ''], ['cell-error']],
    ['a door turned into a date', ['Đào Thị Lành', '5', '2025-05-12', '12', '', '', ''], ['house-was-date']],
    ['old eleven digits', ['Đào Thị Lành', '5', '7', '12', '01662345678', '', ''], ['phone-renewed']],
    ['two numbers', ['Đào Thị Lành', '5', '7', '12', '0912345678/0983111222', '', ''], ['two-phones']],
    [
      'a number that is none',
      ['Đào Thị Lành', '5', '7', '12', '12345', 'bốn', 'lạ'],
      ['residence-unknown', 'members-unreadable', 'phone-unreadable'],
    ],
    ['no door', ['Đào Thị Lành', '5', '', '', '', '', ''], ['no-lane', 'no-house']],
    ['a name of one word', ['Lành', '5', '7', '12', '', '', ''], ['name-odd']],
  ])('%s', (_, row, faults) => {
    expect(faultsOf(row)).toEqual(faults);
  });

  test('a date gives the door back as day and month', () => {
    expect(houseOfDate('2025-05-12')).toBe('12/5');
  });

  test('groups meet over the ways of writing them; of two that cannot be told apart neither', () => {
    const of = groupFinder([...GROUPS, { id: 'x', name: 'Tổ 5', shortName: 'Tổ 5' }]);
    expect(of('tdp dinh ha 2')).toBe('g2');
    expect(of('5')).toBeNull();
    expect(groupFinder(GROUPS)('Tổ 05')).toBe('g5');
  });

  test('residence as written', () => {
    expect(['Thường trú', 'KT3', 'Tạm trú', 'Ở trọ', 'thuê trọ'].map(readResidence)).toEqual([
      'permanent',
      'temporary',
      'temporary',
      'boarding',
      'boarding',
    ]);
  });
});

describe('duplicates', () => {
  const draft = (given: Partial<HouseholdDraft>): HouseholdDraft => ({
    line: 1,
    groupId: 'g',
    lane: 'Ngõ 12',
    houseNumber: '7',
    headName: 'Hòa Thị Thúy',
    residence: 'permanent',
    members: null,
    phone: null,
    addressWritten: null,
    ...given,
  });

  test('one household written twice is proposed, marks and tone places aside', () => {
    const found = proposeDuplicates(
      [draft({}), draft({ line: 2, headName: 'HOÀ THỊ THUÝ', lane: 'ngo 12' })],
      [],
    );
    expect(found).toMatchObject([{ line: 2, fault: 'twice-in-file', other: 1 }]);
  });

  test('two households of one door are two', () => {
    expect(proposeDuplicates([draft({}), draft({ line: 2, headName: 'Vũ Văn Bình' })], [])).toEqual([]);
  });

  test('one that stands in the register already', () => {
    expect(proposeDuplicates([draft({ headName: 'hoa thi thuy' })], [draft({})])).toMatchObject([
      { fault: 'in-register' },
    ]);
    expect(proposeDuplicates([draft({ lane: null })], [draft({})])).toMatchObject([
      { fault: 'similar-in-register' },
    ]);
  });
});

test('property: whatever stands in a sheet, every filled row is read, left out with a reason, or a member', () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'Chủ hộ',
      'STT',
      'Ngõ 12',
      'TDP 5',
      'Tổng',
      '1',
      '2',
      '(1)',
      'Đào Thị Lành',
      '0912345678',
      '#REF!',
    ),
    fc.string({ maxLength: 12 }).map((text) => text.trim()),
  );
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { maxLength: 30 }), (rows) => {
      const { table, drafts, problems, memberRows } = read(plain(rows), 'g5');
      const seen = new Set([
        ...table.headLines,
        ...table.left.map(({ line }) => line),
        ...drafts.map(({ line }) => line),
        ...problems.map(({ line }) => line),
      ]);
      const filled = rows.filter((row) => row.some((text) => text !== '')).length;
      expect(seen.size + memberRows).toBe(filled);
    }),
  );
});
