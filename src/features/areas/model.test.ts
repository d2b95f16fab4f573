import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as model from '#features/areas/model.ts';

const declaration = (version: number, statedBy: string, confirmedBy: string | null): model.Declaration => ({
  version,
  households: 200 + version,
  temporaryHouseholds: 0,
  countedOn: null,
  note: null,
  statedBy,
  statedAt: '2025-07-20T02:00:00.000Z',
  confirmedBy,
  confirmedAt: confirmedBy === null ? null : '2025-07-21T02:00:00.000Z',
});

describe('areas on a day', () => {
  it('count from their first day and no longer on the day they end', () => {
    const old = { validFrom: '2025-07-01', validTo: '2025-08-10' };
    const next = { validFrom: '2025-08-10', validTo: null };
    expect(model.areasAt([old, next], '2025-06-30')).toEqual([]);
    expect(model.areasAt([old, next], '2025-08-09')).toEqual([old]);
    expect(model.areasAt([old, next], '2025-08-10')).toEqual([next]);
  });

  it('are listed in the order of a register: TDP 2 before TDP 10', () => {
    const names = ['TDP 10', 'TDP Đình Hạ 2', 'TDP 2', 'TDP Dung Hạ 1', 'TDP Đình Hạ 10'];
    const sorted = names.map((name) => ({ name, position: 0 })).toSorted(model.byName);
    expect(sorted.map(({ name }) => name)).toEqual([
      'TDP 2',
      'TDP 10',
      'TDP Dung Hạ 1',
      'TDP Đình Hạ 2',
      'TDP Đình Hạ 10',
    ]);
  });
});

describe('a declared number of households', () => {
  it('is in force only once another person has confirmed it, and stays while a newer one waits', () => {
    const first = declaration(1, 'leader', 'officer');
    const second = declaration(2, 'leader', null);
    expect(model.standing([])).toEqual({ inForce: null, waiting: null });
    expect(model.standing([second])).toEqual({ inForce: null, waiting: second });
    expect(model.standing([first, second])).toEqual({ inForce: first, waiting: second });
  });

  it('cannot be confirmed by who stated it, nor when it was stated anew meanwhile', () => {
    const waiting = [declaration(2, 'leader', null)];
    expect(model.mayConfirm(waiting, 2, 'officer')).toBeNull();
    expect(model.mayConfirm(waiting, 2, 'leader')?.code).toBe('areas.own-declaration');
    expect(model.mayConfirm(waiting, 1, 'officer')?.code).toBe('areas.nothing-to-confirm');
    expect(model.mayConfirm([declaration(1, 'a', 'b')], 1, 'c')?.code).toBe('areas.nothing-to-confirm');
  });
});

describe('names', () => {
  it('are written short without losing what tells groups apart', () => {
    expect(model.shortGroupName('Tổ dân phố Đình Hạ 2')).toBe('TDP Đình Hạ 2');
    expect(model.shortGroupName('TDP số 7')).toBe('TDP số 7');
    expect(model.shortGroupName('Thôn Đông')).toBe('Thôn Đông');
    expect(model.shortGroupName('Khu phố 3')).toBe('TDP 3');
  });

  it('of one lane give one id however the tones are placed, and another in another group', () => {
    const group = '0198a000-0000-7000-8000-000000000001';
    expect(model.laneId(group, 'Ngõ Hoà  Bình')).toBe(model.laneId(group, 'ngõ Hòa Bình'));
    expect(model.laneId(group, 'Ngõ 12')).not.toBe(model.laneId(group, 'Ngõ 21'));
    expect(model.laneId(group, 'Ngõ 12')).not.toBe(
      model.laneId('0198a000-0000-7000-8000-000000000002', 'Ngõ 12'),
    );
  });
});

describe('decisions', () => {
  it('end only what stands the day before', () => {
    const standing = { validFrom: '2025-07-01', validTo: null };
    expect(model.checkEnding([standing], '2025-08-10')).toBeNull();
    expect(model.checkEnding([standing], '2025-07-01')?.code).toBe('areas.not-standing');
    expect(model.checkEnding([{ ...standing, validTo: '2025-08-01' }], '2025-08-10')?.code).toBe(
      'areas.not-standing',
    );
  });

  it('name no group ahead of its day and none behind a later name', () => {
    const group = { validFrom: '2025-07-01', validTo: null };
    const names = [{ validFrom: '2025-07-20' }, { validFrom: '2025-07-01' }];
    expect(model.checkRenaming(group, names, '2025-07-25', '2025-08-05')).toBeNull();
    expect(model.checkRenaming(group, names, '2025-07-20', '2025-08-05')).toBeNull();
    expect(model.checkRenaming(group, names, '2025-07-10', '2025-08-05')?.code).toBe('areas.renamed-later');
    expect(model.checkRenaming(group, names, '2025-08-06', '2025-08-05')?.code).toBe('areas.renamed-ahead');
  });

  it('on order take any arrangement of the standing groups and nothing else', () => {
    const ids = ['a', 'b', 'c', 'd'];
    fc.assert(
      fc.property(fc.shuffledSubarray(ids), (wished) => {
        expect(model.checkOrder(ids, wished) === null).toBe(wished.length === ids.length);
      }),
    );
    expect(model.checkOrder(ids, ['a', 'a', 'b', 'c'])).not.toBeNull();
    expect(model.checkOrder(ids, ['a', 'b', 'c', 'e'])).not.toBeNull();
  });
});
