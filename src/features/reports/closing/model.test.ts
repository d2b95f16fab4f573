import { describe, expect, it } from 'vitest';
import type { Facts } from '#features/reports/closing/model.ts';
import { checklist, meritorious, refuseDecision } from '#features/reports/closing/model.ts';

const DAY = 24 * 3_600_000;
const line = {
  areaId: 'a',
  name: 'TDP 1',
  households: 100,
  carriedFrom: '2025-08-13',
  version: 1,
  told: true,
  figures: { reached: { day: 1, total: 98 } },
  itemised: { reached: { day: 1, total: 98 } },
  reasons: {},
  nothingReason: null,
  inherited: [],
  undivided: false,
} as const;
const DONE: Facts = {
  lastOn: '2025-08-13',
  lines: [line],
  left: [{ groupId: 'a', name: 'TDP 1', left: 2, listed: 2 }],
  households: 100,
  final: { id: 'f', issued: true, unchanged: true, state: 'issued' },
  papers: [{ groupId: 'a', name: 'TDP 1', signed: 90, taken: 90 }],
  phones: [{ id: 'p', name: 'bà Lành', lastSeen: 100 * DAY, waiting: 0 }],
  held: 0,
  machineNow: 100 * DAY + 1,
  standing: [{ id: 'd', title: 'Đăng tin hằng tuần', answered: true }],
  commendations: { proposed: 0, kept: 3 },
  deletion: { on: '2025-11-14', doneAt: null },
  exported: '2025-08-15T08:00:00+07:00',
};
const open = (facts: Facts, remarks = new Map<string, string>()) =>
  checklist(facts, remarks)
    .filter((row) => row.open)
    .map(({ key }) => key);

describe('the list before a campaign is closed', () => {
  it('has nothing open where everything was done', () => {
    expect(open(DONE)).toEqual([]);
  });

  it.each<[string, Partial<Facts>]>([
    ['reports', { lines: [{ ...line, told: false, carriedFrom: '2025-08-12' }] }],
    ['differences', { lines: [{ ...line, figures: { reached: { day: 1, total: 99 } } }] }],
    // Recorded, and no figure stated: named, not taken for nought.
    ['differences', { lines: [{ ...line, figures: {}, itemised: { reached: { day: 1, total: 9 } } }] }],
    ['households', { left: [{ groupId: 'a', name: 'TDP 1', left: 3, listed: 2 }] }],
    ['figures', { final: { id: 'f', issued: false, unchanged: true, state: 'signed' } }],
    ['figures', { final: { id: 'f', issued: true, unchanged: false, state: 'issued' } }],
    ['papers', { papers: [{ groupId: 'a', name: 'TDP 1', signed: 90, taken: 89 }] }],
    ['phones', { phones: [{ id: 'p', name: 'bà Lành', lastSeen: 100 * DAY, waiting: 1 }] }],
    ['phones', { phones: [{ id: 'p', name: 'bà Lành', lastSeen: 100 * DAY, waiting: null }] }],
    ['phones', { phones: [{ id: 'p', name: 'bà Lành', lastSeen: 98 * DAY, waiting: 0 }] }],
    ['phones', { held: 1 }],
    ['standing', { standing: [{ id: 'd', title: 'Đăng tin', answered: false }] }],
    ['commendations', { commendations: { proposed: 1, kept: 3 } }],
    ['deletion', { deletion: { on: null, doneAt: null } }],
    ['file', { exported: null }],
  ])('%s is open when something of it is missing', (key, change) => {
    expect(open({ ...DONE, ...change })).toEqual([key]);
  });

  it('takes an explanation of each thing missing, and of that thing alone', () => {
    const facts = {
      ...DONE,
      papers: ['a', 'b'].map((groupId) => ({ groupId, name: groupId, signed: 2, taken: 1 })),
    };
    expect(open(facts, new Map([['papers/a', 'Hộ giữ lại']]))).toEqual(['papers']);
    const both = new Map([
      ['papers/a', 'Hộ giữ lại'],
      ['papers/b', 'Thất lạc'],
    ]);
    expect(open(facts, both)).toEqual([]);
    expect(checklist(facts, both).find(({ key }) => key === 'papers')?.missing).toHaveLength(2);
  });

  it('leaves a difference the leader explained alone', () => {
    const told = {
      ...line,
      figures: { reached: { day: 1, total: 99 } },
      reasons: { reached: 'một hộ chưa ghi' },
    };
    expect(open({ ...DONE, lines: [told] })).toEqual([]);
  });
});

describe('the decision', () => {
  const rows = checklist({ ...DONE, exported: null }, new Map());
  it('needs a reason where something is open, and always to open again', () => {
    expect(refuseDecision('close', 'active', checklist(DONE, new Map()), null)).toBeNull();
    expect(refuseDecision('close', 'active', rows, ' ')).toMatchObject({ code: 'closing.say-why-open' });
    expect(refuseDecision('close', 'active', rows, 'Xuất hồ sơ sau')).toBeNull();
    expect(refuseDecision('reopen', 'closed', rows, null)).toMatchObject({
      code: 'closing.say-why-reopened',
    });
    expect(refuseDecision('close', 'draft', rows, 'x')).toMatchObject({ code: 'closing.not-running' });
    expect(refuseDecision('reopen', 'active', rows, 'x')).toMatchObject({ code: 'closing.not-closed' });
  });
});

describe('merit', () => {
  const group = (areaId: string, reached: number, onTime = 12) => ({
    areaId,
    name: areaId,
    households: 100,
    reached,
    pledged: reached,
    onTime,
    owed: 12,
  });
  it('proposes those who reached nearly everybody in time, best first, at most a tenth but three', () => {
    const groups = [
      group('a', 95),
      group('b', 100),
      group('c', 89),
      group('d', 100, 5),
      group('e', 97),
      group('f', 92),
    ];
    expect(meritorious(groups).map(({ areaId }) => areaId)).toEqual(['b', 'e', 'a']);
  });
  it('proposes nobody without households or mornings', () => {
    expect(meritorious([{ ...group('a', 0, 0), households: null, owed: 0 }])).toEqual([]);
  });
});
