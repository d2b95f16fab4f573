import { describe, expect, it } from 'vitest';
import { newId } from '#core/ids.ts';
import { readDraft } from '#features/plan/read-items.ts';
import { ItemBody } from '#features/plan/schema.ts';
import { blankForm, bodyOf, faultsOf, formOf } from '#features/plan/ui/item-form.ts';
import { PLAN, readingOf } from '../../../../tests/support/readings.ts';

describe('the form of an item', () => {
  it('gives back exactly what it was given when nothing is touched', () => {
    const { items } = readDraft(readingOf(PLAN), newId);
    expect(items.length).toBeGreaterThan(5);
    for (const { body } of items) {
      expect(bodyOf(formOf(body), body)).toEqual(body);
      expect(faultsOf(formOf(body))).toEqual({});
    }
  });

  it('makes a sound item of any kind from words alone', () => {
    for (const kind of ['target', 'duty', 'report'] as const) {
      const form = blankForm(kind, '  Các đơn vị\n làm tốt việc  ');
      expect(faultsOf(form)).toEqual({});
      expect(ItemBody.safeParse(bodyOf(form, null)).error?.issues ?? []).toEqual([]);
      expect(bodyOf(form, null).title).toBe('Các đơn vị làm tốt việc');
    }
  });

  it('says which field is wrong', () => {
    const form = blankForm('duty', 'x');
    expect(faultsOf({ ...form, title: ' ' })).toEqual({ title: 'title' });
    expect(faultsOf({ ...form, per: 'week', count: '0' })).toEqual({ count: 'count' });
    expect(faultsOf({ ...form, from: '2025-08-14', to: '2025-08-02' })).toEqual({ to: 'dates' });
    expect(faultsOf({ ...form, kind: 'target', value: 'nhiều' })).toEqual({ value: 'count' });
  });

  it('makes what the groups answer for owed by each of them', () => {
    const form = { ...blankForm('duty', 'Ký cam kết'), accountable: 'groups' };
    expect(bodyOf(form, null)).toMatchObject({ accountable: 'groups', scope: 'group' });
  });
});
