import { describe, expect, it } from 'vitest';
import { Turns } from '#platform/sync/turns.server.ts';

/** Counts the turns of the loop while `work` goes on. */
async function turnsOf(work: (turn: () => number) => Promise<void>): Promise<void> {
  let turn = 0;
  let done = false;
  const count = (): void => {
    turn++;
    if (!done) setImmediate(count);
  };
  setImmediate(count);
  await work(() => turn);
  done = true;
}

describe('works that take turns', () => {
  it('are let in as they came, never two in one turn of the loop', async () => {
    const turns = new Turns();
    const seen: { who: string; turn: number }[] = [];
    await turnsOf(async (turn) => {
      await Promise.all(
        ['a', 'b', 'c', 'd'].map(async (who) => {
          await turns.next();
          seen.push({ who, turn: turn() });
        }),
      );
    });
    expect(seen.map(({ who }) => who)).toEqual(['a', 'b', 'c', 'd']);
    expect(new Set(seen.map(({ turn }) => turn)).size).toBe(4);
  });

  it('wait a turn also when nobody is before them, and a failure of one stops no other', async () => {
    const turns = new Turns();
    const failed = turns.next().then(() => {
      throw new Error('this one failed');
    });
    await expect(failed).rejects.toThrow('this one failed');
    let before = true;
    const second = turns.next().then(() => before);
    before = false;
    expect(await second).toBe(false);
  });
});
