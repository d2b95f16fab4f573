import { describe, expect, it } from 'vitest';
import { coveredOf, lacksOf } from '#features/publishing/chats/model.ts';

describe('a group chat', () => {
  it('lacks everything until somebody said so', () => {
    expect(lacksOf(null, [])).toEqual([
      'no-head',
      'no-deputy',
      'everybody-writes',
      'no-approval',
      'no-invitation',
    ]);
    const settings = { keepersOnly: true, approvesMembers: true, inviteUrl: 'https://zalo.me/g/abc' };
    expect(lacksOf(settings, [{ part: 'head' }, { part: 'deputy' }])).toEqual([]);
    expect(lacksOf({ ...settings, keepersOnly: false }, [{ part: 'head' }])).toEqual([
      'no-deputy',
      'everybody-writes',
    ]);
  });

  it('counts every household once: covered, without a smartphone, not yet, or not asked', () => {
    const counts = new Map([
      ['own-member', 60],
      ['received-by', 7],
      ['no-smartphone', 9],
      ['not-yet', 4],
    ]);
    const covered = coveredOf(100, counts);
    expect(covered).toMatchObject({ ownMember: 60, receivedBy: 7, noSmartphone: 9, notYet: 4, notAsked: 20 });
    const { households, ...parts } = covered;
    expect(Object.values(parts).reduce((a, b) => a + b)).toBe(households);
    expect(coveredOf(0, new Map()).notAsked).toBe(0);
  });
});
