import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffPlans, needsDocument } from '#features/plan/engine/diff.ts';
import { anyItem, duty, target } from '../../../../tests/support/plan-items.ts';

describe('what an amendment changes', () => {
  it('is shown as same, changed, new and dropped', () => {
    const before = [duty('a', { quote: { start: 1, end: 9 } }), duty('b'), duty('c')];
    const after = [
      duty('a', { quote: { start: 5, end: 13 } }),
      duty('b', { accountable: 'culture' }),
      target('d'),
    ];
    expect(diffPlans(before, after).map(({ id, state, fields }) => [id, state, fields])).toEqual([
      ['a', 'same', []],
      ['b', 'changed', ['accountable']],
      ['d', 'new', []],
      ['c', 'dropped', []],
    ]);
  });

  it('does not depend on how a body was stored', () => {
    fc.assert(
      fc.property(anyItem('x'), (item) => {
        const stored: unknown = JSON.parse(
          JSON.stringify(Object.fromEntries(Object.entries(item).reverse())),
        );
        expect(diffPlans([item], [stored as typeof item])[0]?.state).toBe('same');
      }),
    );
  });

  it('asks for the amending document where target, unit or deadline changed, not for a better title', () => {
    const weighty = (fields: Parameters<typeof duty>[1]) =>
      diffPlans([duty('a')], [duty('a', fields)]).some(needsDocument);
    expect(weighty({ accountable: 'culture' })).toBe(true);
    expect(weighty({ by: { on: '2025-08-10', time: null } })).toBe(true);
    expect(weighty({ cadence: { count: 2, per: 'week' } })).toBe(true);
    expect(weighty({ title: 'Đăng bài trên trang Zalo' })).toBe(false);
    expect(diffPlans([duty('a')], []).some(needsDocument)).toBe(true);
  });

  it('names every item of both versions once', () => {
    const many = fc
      .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
      .chain((ids) => fc.tuple(...ids.map((id) => anyItem(id))));
    fc.assert(
      fc.property(many, many, (before, after) => {
        const ids = diffPlans(before, after).map(({ id }) => id);
        expect([...ids].sort()).toEqual([...new Set([...before, ...after].map(({ id }) => id))].sort());
      }),
    );
  });
});
