import { describe, expect, it } from 'vitest';
import { isProblem, problem } from '#core/problem.ts';

describe('problem', () => {
  it('is known again after JSON and structured clone, since it crosses processes', () => {
    const refused = problem('plan.not-confirmed', { status: 409, params: { version: 2 } });
    expect(isProblem(JSON.parse(JSON.stringify(refused)))).toBe(true);
    expect(isProblem(structuredClone(refused))).toBe(true);
  });

  it('does not take ordinary values for one, even those that have a code or a kind', () => {
    for (const value of [
      null,
      undefined,
      '',
      'plan.x',
      {},
      { code: 'plan.x' },
      { kind: 'duty', code: 'd-1' },
      { kind: 'problem' },
    ]) {
      expect(isProblem(value)).toBe(false);
    }
  });
});
