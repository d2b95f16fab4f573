import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '#core/calendar.ts';
import { itemsUntil } from '#features/evidence/model.ts';
import { occurrences } from '#features/plan/engine/calendar.ts';
import { calendar, history } from '../../../tests/support/plan-histories.ts';
import { anyDay, duty, version } from '../../../tests/support/plan-items.ts';

describe('the items a list names', () => {
  it('are those of every occurrence in it, whichever version owes it', () => {
    fc.assert(
      fc.property(history, anyDay, anyDay, fc.nat(40), (versions, today, from, length) => {
        const range = { from, to: addDays(from, length) };
        const named = new Set(itemsUntil(versions, today, range.to).map(({ item }) => item.id));
        for (const { itemId } of occurrences(calendar(versions), range)) expect(named).toContain(itemId);
      }),
    );
  });

  it('name what a later paper dates before its own coming into force', () => {
    const versions = [
      version(1, [duty('first')]),
      version(2, [duty('dated', { between: { from: '2025-08-02', to: '2025-08-13' } }), duty('not yet')], {
        inForceFrom: '2025-08-12',
      }),
    ];
    const named = itemsUntil(versions, '2025-08-02', '2025-08-02').map(({ item }) => item.id);
    expect(named).toEqual(['first', 'dated']);
  });

  it('stand as today’s version has them, and name what an amendment adds or took away', () => {
    const versions = [
      version(1, [duty('kept', { title: 'bản 1' }), duty('taken')], { inForceFrom: '2025-08-01' }),
      version(2, [duty('kept', { title: 'bản 2' }), duty('added')], { inForceFrom: '2025-08-06' }),
    ];
    const ids = (today: string, last: string) =>
      itemsUntil(versions, today, last).map(({ item, version: { number } }) => `${item.id} ${number}`);
    expect(ids('2025-08-05', '2025-08-05')).toEqual(['kept 1', 'taken 1']);
    expect(ids('2025-08-05', '2025-08-10')).toEqual(['kept 1', 'taken 1', 'added 2']);
    expect(ids('2025-08-07', '2025-08-10')).toEqual(['kept 2', 'added 2', 'taken 1']);
  });
});
