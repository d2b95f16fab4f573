import { describe, expect, it } from 'vitest';
import { ResponsibilityBook, type Responsibility } from '#features/reminders/responsible.ts';

const grant = (
  personId: string,
  role: Responsibility['role'],
  place: Partial<Responsibility> = {},
): Responsibility => ({
  personId,
  role,
  areaId: null,
  unitId: null,
  ...place,
});

const book = new ResponsibilityBook(
  [
    grant('deputy', 'deputy-leader', { areaId: 'tdp-7' }),
    grant('leader', 'group-leader', { areaId: 'tdp-7' }),
    grant('officer', 'area-officer', { areaId: 'tdp-7' }),
    grant('officer', 'area-officer', { areaId: 'tdp-8' }),
    grant('chief', 'unit-head', { unitId: 'police' }),
    grant('culture', 'unit-head', { unitId: 'culture' }),
    grant('clerk', 'unit-member', { unitId: 'culture' }),
    grant('front', 'unit-head', { unitId: 'front' }),
    grant('admin', 'administrator'),
  ],
  new Set(['police']),
);
const names = (list: readonly { personId: string }[]) => list.map(({ personId }) => personId);

describe('who owes a duty', () => {
  it('in a group: leader, then deputy; the area officer answers and is called last', () => {
    const found = book.of({ accountable: 'groups', areaId: 'tdp-7' });
    expect(found.owers).toEqual(['leader', 'deputy']);
    expect(found.heads).toEqual(['officer']);
    expect(names(found.toCall)).toEqual(['leader', 'deputy', 'officer']);
  });

  it('in a group without a leader: its officer', () => {
    expect(book.of({ accountable: 'groups', areaId: 'tdp-8' }).owers).toEqual(['officer']);
  });

  it('in a unit: its members, and its head answers; a head alone does both', () => {
    expect(book.of({ accountable: { unitId: 'culture' }, areaId: null })).toMatchObject({
      owers: ['clerk'],
      heads: ['culture'],
    });
    expect(book.of({ accountable: { unitId: 'front' }, areaId: null }).owers).toEqual(['front']);
    expect(names(book.of({ accountable: { unitId: 'culture' }, areaId: null }).toCall)).toEqual([
      'culture',
      'clerk',
    ]);
  });

  it('of the police in a group: its officer, under the head of the police', () => {
    expect(book.of({ accountable: { unitId: 'police' }, areaId: 'tdp-7' })).toMatchObject({
      owers: ['officer'],
      heads: ['chief'],
    });
    expect(book.of({ accountable: { unitId: 'culture' }, areaId: 'tdp-7' }).owers).toEqual(['clerk']);
  });

  it('nobody, where nobody was named', () => {
    expect(book.of({ accountable: null, areaId: 'tdp-7' }).owers).toEqual([]);
    expect(book.of({ accountable: 'groups', areaId: null }).owers).toEqual([]);
    expect(book.of({ accountable: { unitId: 'gone' }, areaId: null }).toCall).toEqual([]);
  });

  it('in the hands of one member: that member owes it, the head answers, nobody else is asked', () => {
    const handed = new ResponsibilityBook(
      [
        grant('chief', 'unit-head', { unitId: 'culture' }),
        grant('first', 'unit-member', { unitId: 'culture' }),
        grant('second', 'unit-member', { unitId: 'culture' }),
      ],
      new Set(),
      [{ itemId: 'posts', unitId: 'culture', personId: 'second' }],
    );
    const found = handed.of({ accountable: { unitId: 'culture' }, areaId: null, itemId: 'posts' });
    expect(found).toMatchObject({ owers: ['second'], heads: ['chief'] });
    expect(names(found.toCall)).toEqual(['second', 'chief']);
    // Another duty of the unit, and the same duty answered for by another unit, are as they were.
    const other = handed.of({ accountable: { unitId: 'culture' }, areaId: null, itemId: 'shows' });
    expect(other.owers).toEqual(['first', 'second']);
  });
});
