import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  askedOf,
  doubtsOf,
  foreseenSince,
  pastPeriods,
  periodOf,
  servedBy,
  shownBy,
  standingOf,
} from '#features/publishing/channels.ts';
import { DEFAULT_CHOICES, GROUPS } from '#features/plan/model.ts';
import type { Duty, PlanVersion, Target } from '#features/plan/model.ts';

const CAMPAIGN = { from: '2025-08-02', to: '2025-08-14' };
const duty = (id: string, more: Partial<Duty>): Duty => ({
  id,
  kind: 'duty',
  quote: null,
  title: id,
  proposal: false,
  choices: DEFAULT_CHOICES,
  actor: 'Công an phường',
  accountable: 'police',
  partners: [],
  cooperating: [],
  scope: 'ward',
  cadence: { count: 1, per: 'week' },
  between: null,
  by: null,
  time: null,
  weekdays: [],
  dayOfMonth: null,
  activity: 'post',
  channels: ['zalo'],
  audience: null,
  windows: [],
  standing: true,
  ...more,
});
const target: Target = {
  id: 'news',
  kind: 'target',
  quote: null,
  title: 'tin, bài',
  proposal: false,
  choices: DEFAULT_CHOICES,
  accountable: 'culture',
  subject: '',
  measure: 'published',
  comparator: '>=',
  value: 5,
  unit: 'tin, bài',
  per: 'month',
  by: null,
  channels: [],
};
const version: PlanVersion = {
  number: 1,
  inForceFrom: '2025-08-01',
  inForceTo: null,
  days: CAMPAIGN,
  links: [],
  items: [
    duty('page', {}),
    duty('own-pages', { channels: ['social'] }),
    duty('chat', { channels: ['zalo-group'], scope: 'group', accountable: GROUPS }),
    duty('portal', { channels: ['website'], accountable: 'culture' }),
    duty('no-figure', { cadence: null }),
    duty('notices', { cadence: null, activity: 'display', channels: ['poster'], accountable: 'culture' }),
    target,
  ],
};
const ids = (channel: Parameters<typeof servedBy>[1]) =>
  servedBy([version], channel, '2025-08-05').map(({ id }) => id);

describe('what a post counts for', () => {
  it('is what the plan asks of its owner in that channel', () => {
    expect(ids({ kind: 'zalo', unitId: 'police', areaId: null })).toEqual(['page', 'own-pages']);
    expect(ids({ kind: 'facebook', unitId: 'police', areaId: null })).toEqual(['own-pages']);
    expect(ids({ kind: 'zalo-group', unitId: null, areaId: 'g7' })).toEqual(['chat']);
    expect(ids({ kind: 'website', unitId: 'culture', areaId: null })).toEqual(['portal', 'news']);
    expect(ids({ kind: 'zalo', unitId: 'culture', areaId: null })).toEqual([]);
  });
});

describe('what stands against a channel beside that', () => {
  it('is the figure of a paper that names the owner of the site too', () => {
    const words = new Map([['news', '05 tin, bài trên Cổng của UBND phường và của Công an phường']]);
    const asked = (unitId: string, owner: string) =>
      askedOf([version], words, { kind: 'website', unitId, areaId: null, owner }, '2025-08-05').map(
        ({ id }) => id,
      );
    expect(asked('police', 'Công an')).toEqual(['news']);
    expect(asked('culture', 'Phòng VH-XH')).toEqual(['portal', 'news']);
    expect(asked('clinic', 'Trạm Y tế')).toEqual([]);
  });

  it('is every notice put up, though nobody said how many', () => {
    const shown = (kind: 'poster' | 'zalo', unitId: string) =>
      shownBy([version], { kind, unitId, areaId: null }, '2025-08-05').map(({ id }) => id);
    expect(shown('poster', 'culture')).toEqual(['notices']);
    expect(shown('poster', 'police')).toEqual([]);
    expect(shown('zalo', 'police')).toEqual([]);
  });
});

describe('a shortfall that was foreseen', () => {
  const item = { per: 'month' as const, count: 5 };
  const days = ['2025-08-06', '2025-08-12', '2025-08-20'];
  it('names the first day of the unbroken warning', () => {
    // A post on the 12th brought the pace back for a day.
    expect(foreseenSince(item, days, '2025-08-12', CAMPAIGN)).toBeNull();
    expect(foreseenSince(item, days, '2025-08-31', CAMPAIGN)).toBe('2025-08-13');
    expect(foreseenSince(item, [...days, '2025-08-14', '2025-08-22'], '2025-08-31', CAMPAIGN)).toBeNull();
  });

  it('is kept with the periods that are over, none before the plan asked', () => {
    const past = pastPeriods(item, days, '2025-08-02', '2025-09-10', CAMPAIGN, 31);
    expect(past).toEqual([
      { from: '2025-08-01', to: '2025-08-31', needed: 5, done: 3, foreseenSince: '2025-08-13' },
    ]);
  });
});

describe('how a channel stands', () => {
  it('foresees a shortfall of the month days ahead, and none on its first days', () => {
    const item = { per: 'month' as const, count: 5 };
    expect(standingOf(item, ['2025-08-01'], '2025-08-04', CAMPAIGN).foreseenShort).toBeNull();
    const later = standingOf(item, ['2025-08-01', '2025-08-10'], '2025-08-16', CAMPAIGN);
    expect(later).toMatchObject({ done: 2, needed: 5, foreseenShort: 2, daysLeft: 15 });
    expect(standingOf(item, [], '2025-08-31', CAMPAIGN).foreseenShort).toBe(5);
  });

  it('never foresees less than what is missing on the last day, nor more than was asked', () => {
    const day = fc.integer({ min: 1, max: 31 }).map((n) => `2025-08-${String(n).padStart(2, '0')}`);
    fc.assert(
      fc.property(fc.array(day), day, fc.integer({ min: 1, max: 9 }), (posts, today, count) => {
        const past = posts.filter((one) => one <= today);
        const { done, needed, foreseenShort, daysLeft } = standingOf(
          { per: 'month', count },
          past,
          today,
          CAMPAIGN,
        );
        expect(done).toBe(past.length);
        if (foreseenShort === null) return;
        expect(foreseenShort).toBeLessThanOrEqual(needed);
        if (daysLeft === 0) expect(foreseenShort).toBe(Math.max(0, needed - done));
        if (done >= needed) expect(foreseenShort).toBe(0);
      }),
    );
  });

  it('counts the campaign as one period', () => {
    expect(periodOf('campaign', '2025-08-05', CAMPAIGN)).toEqual(CAMPAIGN);
  });
});

describe('what should be looked at', () => {
  const proof = { link: null, pictures: ['a'], time: '06:00', confirmed: false };
  const morning = [{ from: '05:00', to: '07:30' }];
  it('is a doubt, and never more', () => {
    expect(doubtsOf(proof, new Set(['b']), morning)).toEqual([]);
    expect(doubtsOf(proof, new Set(['a']), morning)).toEqual(['same-picture']);
    expect(doubtsOf({ ...proof, pictures: [] }, new Set(), [])).toEqual(['no-proof']);
    expect(doubtsOf({ ...proof, pictures: [], confirmed: true }, new Set(), [])).toEqual([]);
    expect(doubtsOf({ ...proof, time: '07:30' }, new Set(), morning)).toEqual(['outside-window']);
  });
});
