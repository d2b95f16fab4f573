import { describe, expect, it } from 'vitest';
import { leftOf, nextCheckOn, siteState } from '#features/publishing/sites/model.ts';

const seen = (more: object = {}) => ({
  ...{ hangsSince: '2025-08-01', checkDays: 14, lastCheck: null },
  ...more,
});

describe('a place where something hangs', () => {
  it('is empty, fine, or due for a look, counted from hanging or from the last look', () => {
    expect(siteState(seen({ hangsSince: null }), '2025-08-05')).toBe('empty');
    expect(nextCheckOn(seen({ hangsSince: null }))).toBeNull();
    expect(siteState(seen(), '2025-08-14')).toBe('fine');
    expect(siteState(seen(), '2025-08-15')).toBe('check-due');
    const looked = seen({ lastCheck: { on: '2025-08-10', condition: 'worn' } });
    expect(nextCheckOn(looked)).toBe('2025-08-24');
    expect(siteState(looked, '2025-08-15')).toBe('fine');
  });

  it('that is damaged is to be mended until something new hangs there', () => {
    const lastCheck = { on: '2025-08-10', condition: 'damaged' } as const;
    expect(siteState(seen({ lastCheck }), '2025-08-11')).toBe('to-mend');
    expect(siteState(seen({ lastCheck, hangsSince: '2025-08-12' }), '2025-08-12')).toBe('fine');
    expect(nextCheckOn(seen({ lastCheck, hangsSince: '2025-08-12' }))).toBe('2025-08-26');
  });

  it('has of a print what was not given out', () => {
    expect(leftOf(500, [])).toBe(500);
    expect(leftOf(500, [120, 380])).toBe(0);
  });
});
