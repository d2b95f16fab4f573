import { describe, expect, it } from 'vitest';
import { figuresOf, openFigures } from '#features/reports/city/figures-file.server.ts';
import { rollUp, type Brought } from '#features/reports/city/roll-up.ts';
import { sampleData } from '#features/reports/papers/sample.ts';

const FROZEN = 'a'.repeat(64);
const on = sampleData('daily-report').toOn;

const file = (name: string, change: object = {}) =>
  JSON.stringify(figuresOf({ ...sampleData('daily-report'), ...change }, { code: null, name }, FROZEN));
const brought = (name: string, text: string): Brought => ({ name, told: openFigures(text) });
const wish = { kind: 'daily-report', on, names: [] as string[], number: 114 };

describe('the roll-up of wards', () => {
  it('sums what wards published, with how many of all have and who is missing', () => {
    const one = sampleData('daily-report');
    const roll = rollUp([brought('a.json', file('Phường A')), brought('b.json', file('Phường B'))], {
      ...wish,
      names: ['Phường A', 'phường b', 'Phường C'],
    });
    expect(roll).toMatchObject({ expected: 114, missing: ['Phường C'], refused: [] });
    expect(roll.wards.map(({ ward }) => ward.name)).toEqual(['Phường A', 'Phường B']);
    const reached = roll.figures.find(({ measure }) => measure === 'reached');
    const own = one.figures.find(({ measure }) => measure === 'reached');
    expect(reached).toMatchObject({
      day: 984,
      total: (own?.total ?? 0) * 2,
      itemised: (own?.itemisedTotal ?? 0) * 2,
      wards: 2,
      share: own?.share,
    });
    expect(roll.groups).toBe(one.groups * 2);
    expect(roll.told).toBe(one.told * 2);
  });

  it('keeps a ward that stated nothing out of the share, and fills nothing in', () => {
    const silent = file('Phường B', { figures: [] });
    const roll = rollUp([brought('a', file('Phường A')), brought('b', silent)], wish);
    const alone = rollUp([brought('a', file('Phường A'))], wish);
    const of = (from: typeof roll) => from.figures.find(({ measure }) => measure === 'reached');
    expect(of(roll)).toEqual(of(alone));
    expect(of(roll)?.wards).toBe(1);
  });

  it('refuses what was changed, is no such file, of another day or kind, or of a ward twice', () => {
    const text = file('Phường A');
    const later = file('Phường A', { cutAt: '2099-01-01T00:00:00.000+07:00' });
    const why = (...files: string[]) =>
      rollUp(
        files.map((one, n) => brought(String(n), one)),
        wish,
      ).refused.map((one) => [one.name, one.why]);
    const changed = text.replace(
      /"told":(\d+),"figures"/,
      (_, n: string) => `"told":${Number(n) + 1},"figures"`,
    );
    expect(changed).not.toBe(text);
    expect(why(changed)).toEqual([['0', 'changed']]);
    expect(why('{}', 'không phải')).toEqual([
      ['0', 'not-a-figures-file'],
      ['1', 'not-a-figures-file'],
    ]);
    expect(why(file('Phường A', { toOn: '2025-08-01' }))).toEqual([['0', 'other-period']]);
    expect(why(file('Phường A', { kind: 'final-report' }))).toEqual([['0', 'other-kind']]);
    expect(why(text, later)).toEqual([['0', 'twice']]);
    expect(why(later, text)).toEqual([['1', 'twice']]);
  });

  it('reads a file whatever the order and spacing of its lines', () => {
    const told = JSON.parse(file('Phường A')) as Record<string, unknown>;
    const turned = JSON.stringify(Object.fromEntries(Object.entries(told).reverse()), null, 4);
    expect(openFigures(turned).ok).toBe(true);
  });

  it('carries no household and no person', () => {
    const text = file('Phường A');
    expect(text).not.toMatch(/reason|remark|head|phone|household_id/i);
  });
});
