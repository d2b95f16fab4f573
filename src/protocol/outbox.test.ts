import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterNewEpoch,
  answered,
  askedAgain,
  BATCH,
  mayLeave,
  newlyQueued,
  nextBatch,
  wordOf,
} from './outbox.ts';
import type { Answer, Kept, Verdict } from './outbox.ts';

const verdict = fc.constantFrom<Verdict>('applied', 'held', 'refused', 'retry-later');
const record = fc.record({
  groupId: fc.constantFrom('g1', 'g2', 'g3'),
  bytes: fc.integer({ min: 100, max: 60_000 }),
});
const queue = fc
  .array(record, { minLength: 1, maxLength: 200 })
  .map((records) => records.map((one, seq) => newlyQueued({ id: `r${seq}`, ...one }, seq)));

const say = (id: string, one: Verdict): Answer => ({
  id,
  verdict: one,
  why: one === 'applied' ? null : 'why',
});

describe('a batch', () => {
  it('is of one group, in the order of queueing, and fits its limits', () => {
    fc.assert(
      fc.property(queue, (kept) => {
        const batch = nextBatch(kept);
        expect(new Set(batch.map(({ groupId }) => groupId)).size).toBe(1);
        expect(batch.map(({ seq }) => seq)).toEqual(batch.map(({ seq }) => seq).sort((a, b) => a - b));
        expect(batch.length).toBeLessThanOrEqual(BATCH.records);
        // One record too large for any batch still goes, alone.
        if (batch.length > 1)
          expect(batch.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(BATCH.bytes);
        // Nothing of that group that was queued earlier is passed over.
        const ids = new Set(batch.map(({ id }) => id));
        const last = batch.at(-1)!;
        expect(
          kept.some((one) => one.groupId === last.groupId && one.seq < last.seq && !ids.has(one.id)),
        ).toBe(false);
      }),
    );
  });

  it('passes over groups that just failed, so that one bad group does not hold up another', () => {
    const kept = ['g1', 'g2'].map((groupId, seq) => newlyQueued({ id: groupId, groupId, bytes: 1 }, seq));
    expect(nextBatch(kept, BATCH, new Set(['g1'])).map(({ id }) => id)).toEqual(['g2']);
    expect(nextBatch(kept, BATCH, new Set(['g1', 'g2']))).toEqual([]);
  });
});

describe('an answer', () => {
  it('empties the queue exactly of what was applied, held or refused, whatever the order and however often', () => {
    fc.assert(
      fc.property(queue, fc.array(fc.tuple(fc.nat(199), verdict), { maxLength: 300 }), (start, answers) => {
        let kept: readonly Kept[] = start;
        const applied = new Set<string>();
        for (const [at, what] of answers) {
          const answer = say(`r${at}`, what);
          kept = kept.map((one) => answered(one, answer, 1, 1));
          if (what === 'applied' && at < start.length) applied.add(answer.id);
        }
        expect(kept).toHaveLength(start.length);
        for (const one of kept) if (applied.has(one.id)) expect(one.standing).toBe('shelf');
      }),
    );
  });

  it('that asks to try later leaves the record queued and says why', () => {
    const one = answered(newlyQueued({ id: 'a', groupId: 'g', bytes: 1 }, 0), say('a', 'retry-later'), 5, 5);
    expect(one).toMatchObject({ standing: 'queued', why: 'why', answeredAt: null });
  });
});

describe('the shelf', () => {
  const shelved = answered(
    newlyQueued({ id: 'a', groupId: 'g', bytes: 1 }, 0),
    say('a', 'applied'),
    1000,
    900,
  );

  it('keeps a record until a verified backup is newer than its receipt, by the server’s clock', () => {
    expect(mayLeave(shelved, null, 2000)).toBe(false);
    expect(mayLeave(shelved, 899, 2000)).toBe(false);
    expect(mayLeave(shelved, 900, 2000)).toBe(true);
  });

  it('ends after thirty days by the phone’s own clock', () => {
    expect(mayLeave(shelved, null, 1000 + 30 * 86_400_000)).toBe(false);
    expect(mayLeave(shelved, null, 1001 + 30 * 86_400_000)).toBe(true);
  });

  it('never lets go of what was held, refused or not answered', () => {
    for (const what of ['held', 'refused', 'retry-later'] as const) {
      const one = answered(newlyQueued({ id: 'a', groupId: 'g', bytes: 1 }, 0), say('a', what), 1000, 900);
      expect(mayLeave(one, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)).toBe(false);
    }
  });

  it('is sent again after a restore; refusals wait until they are asked again', () => {
    expect(afterNewEpoch(shelved).standing).toBe('queued');
    const refused = answered(newlyQueued({ id: 'a', groupId: 'g', bytes: 1 }, 0), say('a', 'refused'), 1, 1);
    expect(afterNewEpoch(refused).standing).toBe('refused');
    expect(askedAgain(refused).standing).toBe('queued');
  });
});

it('has three words for the person', () => {
  expect(wordOf({ standing: 'queued' })).toBe('not-sent');
  expect(wordOf({ standing: 'refused' })).toBe('not-sent');
  expect(wordOf({ standing: 'held' })).toBe('received');
  expect(wordOf({ standing: 'shelf' })).toBe('in-figures');
});
