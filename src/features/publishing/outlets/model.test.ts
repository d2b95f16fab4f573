// What each answer means for a post on its way: no order of answers sends a post twice whose fate is not known, and none
// makes one disappear.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterAsking,
  afterLooking,
  afterSending,
  beginLooking,
  LOOK_AFTER,
  markerOf,
  MOST_ATTEMPTS,
  shortened,
} from '#features/publishing/outlets/model.ts';
import type { Looked, Outcome, Send, SendState, Step } from '#features/publishing/outlets/model.ts';

type Unsent = Exclude<Outcome, { is: 'sent' }>;
const outcome = fc.oneof(
  fc.constant<Unsent>({ is: 'making', receipt: 'r' }),
  fc.constant<Unsent>({ is: 'key-ended', code: 'k' }),
  fc.nat(10 ** 8).map((afterMs): Unsent => ({ is: 'later', code: 'l', afterMs })),
  fc.constant<Unsent>({ is: 'refused', code: 'r' }),
  fc.constant<Unsent>({ is: 'unclear', code: 'u' }),
);
type Unfound = Exclude<Looked, { is: 'found' }>;
const looked = fc.oneof(
  fc.constant<Unfound>({ is: 'absent' }),
  fc.constant<Unfound>({ is: 'blind', code: 'b' }),
);

const start: Send = { state: 'planned', attempts: 0, looks: 0, blind: 0 };
const applied = (send: Send, step: Step): Send => ({
  ...send,
  state: step.state,
  looks: step.looks ?? send.looks,
  blind: step.blind ?? send.blind,
});

describe('a post on its way', () => {
  it('is sent again only after it was surely not sent, or looked for until the end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, looked), { maxLength: 80 }), (answers) => {
        let send: Send = start;
        let absent = 0;
        let unknown = false;
        for (const [sent, seen] of answers) {
          const before: SendState = send.state;
          if (before === 'planned') {
            expect(unknown && absent < LOOK_AFTER.length).toBe(false);
            const trying = { ...send, attempts: send.attempts + 1 };
            send = applied(trying, afterSending(trying, sent, 0));
            unknown = sent.is === 'unclear' || sent.is === 'making';
            absent = 0;
          } else if (before === 'making') {
            send = applied(send, afterAsking(send, sent, 0));
            if (sent.is === 'refused') unknown = false;
          } else if (before === 'looking') {
            send = applied(send, afterLooking(send, seen, 0));
            absent = seen.is === 'absent' ? absent + 1 : absent;
          } else break;
        }
      }),
    );
  });

  it('always goes on at some moment, or has ended, or waits for a person', () => {
    fc.assert(
      fc.property(outcome, looked, fc.nat(MOST_ATTEMPTS), fc.nat(70), (sent, seen, attempts, looks) => {
        const send: Send = { state: 'sending', attempts: attempts + 1, looks, blind: looks };
        for (const step of [
          afterSending(send, sent, 1_000),
          afterAsking(send, sent, 1_000),
          afterLooking(send, seen, 1_000),
        ])
          expect(step.nextAt === null).toBe(['failed', 'unclear'].includes(step.state));
      }),
    );
  });

  it('is not tried for ever', () => {
    const last: Send = { ...start, attempts: MOST_ATTEMPTS };
    expect(afterSending(last, { is: 'later', code: 'l', afterMs: null }, 0).state).toBe('failed');
    expect(afterSending(last, { is: 'unclear', code: 'u' }, 0).state).toBe('looking');
    expect(beginLooking(0, 'u')).toMatchObject({ state: 'looking', looks: 0, blind: 0 });
  });
});

describe('the words of a post', () => {
  it('carry a marker of eight letters nobody mistakes, another for every post', () => {
    const ids = Array.from(
      { length: 2_000 },
      (_, n) => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`,
    );
    const markers = ids.map(markerOf);
    expect(new Set(markers).size).toBe(ids.length);
    for (const marker of markers) expect(marker).toMatch(/^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$/);
  });

  it('are cut at a word where the provider takes no more', () => {
    expect(shortened('Cảnh báo lừa đảo', 150)).toBe('Cảnh báo lừa đảo');
    expect(shortened('Cảnh báo thủ đoạn giả danh công an', 20)).toBe('Cảnh báo thủ đoạn…');
    expect(shortened('x'.repeat(200), 150)).toHaveLength(150);
  });
});
