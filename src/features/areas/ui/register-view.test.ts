import { describe, expect, it } from 'vitest';
import type { GroupLine } from '#features/areas/schema.ts';
import { readSort, sortAddress, totals, viewOf } from './register-view.ts';

const group = (
  name: string,
  position: number,
  households: number | null,
  waiting: number | null = null,
): GroupLine => ({
  id: name,
  name: `Tổ dân phố ${name}`,
  shortName: `TDP ${name}`,
  position,
  validFrom: '2025-07-01',
  validTo: null,
  lanes: position,
  households,
  temporaryHouseholds: households === null ? null : 2,
  waiting,
});
const all = [
  group('Đình Hạ 10', 1, 120),
  group('Đình Hạ 2', 2, null, 90),
  group('Bến Than', 3, null),
  group('Chợ Mới', 4, 300),
];
const names = (groups: readonly GroupLine[]) => groups.map(({ id }) => id);

describe('the register on the page', () => {
  it('stands in the ward’s own order unless another is asked for', () => {
    expect(names(viewOf(all.toReversed(), '', readSort(null)))).toEqual(names(all));
    expect(readSort('nothing-known').key).toBe('position');
  });

  it('sorts by name with numbers by value, and by households both ways', () => {
    expect(names(viewOf(all, '', readSort('name')))).toEqual([
      'Bến Than',
      'Chợ Mới',
      'Đình Hạ 2',
      'Đình Hạ 10',
    ]);
    expect(names(viewOf(all, '', readSort('-households')))[0]).toBe('Chợ Mới');
  });

  it('is searched with or without marks', () => {
    expect(names(viewOf(all, 'dinh ha', readSort(null)))).toEqual(['Đình Hạ 10', 'Đình Hạ 2']);
    expect(names(viewOf(all, 'tdp bến', readSort(null)))).toEqual(['Bến Than']);
    expect(viewOf(all, 'đinh', readSort(null))).toEqual([]);
  });

  it('keeps search and day in the address when the order changes', () => {
    const url = new URL('http://x/to-dan-pho?tim=ha&ngay=2025-08-01&xep=name');
    expect(sortAddress(url, { key: 'households', direction: 'descending' })).toBe(
      '/to-dan-pho?tim=ha&ngay=2025-08-01&xep=-households',
    );
  });

  it('adds up what is confirmed and counts what is not', () => {
    expect(totals(all)).toMatchObject({
      groups: 4,
      households: 420,
      temporary: 4,
      waiting: 1,
      undeclared: 1,
    });
  });
});
