import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, instantOf, MINUTE, timeOf, type Instant } from '#core/clock.ts';
import {
  DEFAULT_CHOICES,
  GAP,
  isReminded,
  lineKey,
  momentOf,
  nextToCall,
  noticesOwed,
  quietAround,
  type Choices,
  type Contact,
  type Line,
  type Notice,
  type Owed,
  type PersonId,
} from '#features/reminders/model.ts';

const at = (day: number, time: string): Instant => instantOf(`2025-08-${String(day).padStart(2, '0')}`, time);
const START = at(5, '00:00');

/** An occurrence that is done at a moment, or never. */
interface Lived extends Omit<Owed, 'state'> {
  readonly metAt: Instant | null;
  readonly closesAt: Instant;
}

function seen({ metAt, closesAt, ...rest }: Lived, now: Instant): Owed {
  const { dueAt } = rest;
  const met = metAt !== null && metAt <= now;
  const state = met
    ? 'met'
    : now < rest.opensAt
      ? 'upcoming'
      : dueAt === null || now < dueAt
        ? 'due'
        : now < closesAt
          ? 'late'
          : 'missed';
  return { ...rest, state };
}

const report = (wish: Partial<Lived> = {}): Lived => ({
  key: 'report/7/2025-08-05',
  proposal: false,
  opensAt: at(5, '00:00'),
  dueAt: at(5, '08:30'),
  closesAt: at(6, '00:00'),
  metAt: null,
  owers: ['leader', 'deputy'],
  heads: ['officer'],
  ...wish,
});

/** Asks the rule at the given moments, keeping what was said as the store does. */
function live(
  occurrences: readonly Lived[],
  moments: readonly Instant[],
  choicesOf: (person: PersonId) => Choices = () => DEFAULT_CHOICES,
) {
  const lines = new Set<string>();
  const lastAt = new Map<PersonId, Instant>();
  const said: { readonly now: Instant; readonly notice: Notice }[] = [];
  for (const now of moments) {
    const owed = occurrences.map((one) => seen(one, now));
    for (const notice of noticesOwed(owed, choicesOf, { lines, lastAt }, now)) {
      for (const line of notice.lines) {
        const key = lineKey(notice.personId, line);
        if (lines.has(key)) throw new Error(`said twice: ${key}`);
        lines.add(key);
      }
      lastAt.set(notice.personId, now);
      said.push({ now, notice });
    }
  }
  return said;
}

const minutes = (from: Instant, to: Instant, step = MINUTE): Instant[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, i) => from + i * step);

const spoken = (said: ReturnType<typeof live>) =>
  said.map(
    ({ now, notice }) => `${timeOf(now)} ${notice.personId} ${notice.lines.map((l) => l.kind).join('+')}`,
  );

describe('a morning report', () => {
  it('is reminded an hour before, when late, and then to the area officer', () => {
    expect(spoken(live([report()], minutes(START, at(5, '12:00'))))).toEqual([
      '07:30 leader before',
      '07:30 deputy before',
      '08:40 leader late',
      '08:40 deputy late',
      '09:00 officer head',
    ]);
  });

  it('is not spoken of once it is sent', () => {
    expect(live([report({ metAt: at(5, '07:29') })], minutes(START, at(6, '12:00')))).toEqual([]);
    expect(spoken(live([report({ metAt: at(5, '08:35') })], minutes(START, at(5, '12:00'))))).toEqual([
      '07:30 leader before',
      '07:30 deputy before',
    ]);
  });

  it('is not reminded where the plan only asks for it', () => {
    expect(live([report({ proposal: true })], minutes(START, at(6, '12:00')))).toEqual([]);
  });

  it('is not told a third time to a person who both does it and answers for it', () => {
    const said = live([report({ owers: ['head'], heads: ['head'] })], minutes(START, at(6, '00:00')));
    expect(said.map(({ notice }) => notice.lines[0]?.kind)).toEqual(['before', 'late']);
  });

  it('is said once, in one digest, after the server was down from 07:00 to 10:00', () => {
    const others = ['a', 'b', 'c', 'd'].map((key) =>
      report({ key: `${key}/7/2025-08-05`, dueAt: at(5, '09:30') }),
    );
    const moments = [...minutes(START, at(5, '07:00')), ...minutes(at(5, '10:00'), at(5, '11:00'))];
    const said = live([report(), ...others], moments);
    expect(spoken(said)).toEqual([
      '10:00 leader late+late+late+late+late',
      '10:00 deputy late+late+late+late+late',
      '10:00 officer head+head+head+head+head',
    ]);
  });
});

describe('the night', () => {
  const night = { opensAt: at(5, '00:00'), closesAt: at(7, '00:00') };

  it('is left alone: what falls due at midnight is said in the evening, its lateness in the morning', () => {
    const said = live([report({ ...night, dueAt: at(6, '00:00') })], minutes(START, at(6, '12:00')));
    expect(spoken(said)).toEqual([
      '20:30 leader before',
      '20:30 deputy before',
      '06:00 leader late',
      '06:00 deputy late',
      '06:00 officer head',
    ]);
  });

  it('holds back nothing that falls due before it is over', () => {
    const made = report({ ...night, opensAt: at(5, '22:00'), dueAt: at(6, '05:30') });
    // Put into the plan at 22:00, so it could not be said in the evening.
    const said = live([made], minutes(at(5, '22:00'), at(6, '05:00')));
    expect(spoken(said)).toEqual(['22:00 leader before', '22:00 deputy before']);
  });

  it('ends for what is due in the morning', () => {
    const owed = seen(report({ dueAt: at(5, '06:45') }), START);
    expect(momentOf('before', owed, DEFAULT_CHOICES)).toBe(at(5, '06:00'));
    const sooner = seen(report({ dueAt: at(5, '06:15') }), START);
    expect(momentOf('before', sooner, DEFAULT_CHOICES)).toBe(at(4, '20:30'));
  });

  it('may begin after midnight, be a midday rest, or be none', () => {
    expect(quietAround({ from: '12:00', to: '13:30' }, at(5, '13:00'))?.to).toBe(at(5, '13:30'));
    expect(quietAround({ from: '12:00', to: '13:30' }, at(5, '13:30'))).toBeUndefined();
    expect(quietAround({ from: '00:00', to: '05:00' }, at(5, '04:59'))?.from).toBe(at(5, '00:00'));
    expect(quietAround({ from: '21:00', to: '06:00' }, at(5, '03:00'))?.from).toBe(at(4, '21:00'));
    expect(quietAround(null, at(5, '03:00'))).toBeUndefined();
  });
});

describe('a week’s duty', () => {
  it('is reminded on the morning of its last day, not an hour before midnight', () => {
    const week = seen(report({ opensAt: at(4, '00:00'), dueAt: at(11, '00:00') }), START);
    expect(momentOf('before', week, DEFAULT_CHOICES)).toBe(at(10, '06:00'));
  });
});

// ── Properties over random campaigns ────────────────────────────────────────────────────────────────────────────────

const PEOPLE = ['an', 'binh', 'cuong', 'dung'];
const END = START + 3 * DAY;
/** The rule is asked each minute; every fifth is enough to find an order of events that breaks it. */
const STEP = 5 * MINUTE;

const choices: fc.Arbitrary<Choices> = fc.record({
  kinds: fc.record({ before: fc.boolean(), late: fc.boolean(), head: fc.boolean() }),
  leadMinutes: fc.constantFrom(15, 30, 60, 120),
  quiet: fc.constantFrom(null, { from: '21:00', to: '06:00' }, { from: '12:00', to: '13:30' }),
  push: fc.boolean(),
  mail: fc.boolean(),
});

const lived: fc.Arbitrary<Lived[]> = fc
  .array(
    fc.record({
      proposal: fc.boolean(),
      opens: fc.integer({ min: 0, max: 40 }),
      lasts: fc.integer({ min: 2, max: 30 }),
      grace: fc.integer({ min: 0, max: 30 }),
      met: fc.option(fc.integer({ min: 0, max: 60 }), { nil: null }),
      owers: fc.uniqueArray(fc.constantFrom(...PEOPLE), { maxLength: 3 }),
      heads: fc.uniqueArray(fc.constantFrom(...PEOPLE), { maxLength: 2 }),
    }),
    { maxLength: 12 },
  )
  .map((all) =>
    all.map(({ opens, lasts, grace, met, ...rest }, index) => {
      const opensAt = START + opens * HOUR;
      const dueAt = opensAt + lasts * HOUR;
      return {
        ...rest,
        key: `duty-${index}`,
        opensAt,
        dueAt,
        closesAt: dueAt + grace * HOUR,
        metAt: met === null ? null : opensAt + met * HOUR,
      };
    }),
  );

/** Minutes at which the server is up, with stops of hours and the clock never going back. */
const uptime = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 0, max: 600 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((spells) => {
    const moments: Instant[] = [];
    let now = START;
    for (const [up, down] of spells) {
      moments.push(...minutes(now, now + up * MINUTE, STEP));
      now += (up + down) * MINUTE;
    }
    return moments.filter((moment) => moment < END);
  });

const personChoices = fc.tuple(choices, choices, choices, choices);
const chosen = (all: readonly Choices[]) => (person: PersonId) =>
  all[PEOPLE.indexOf(person)] ?? DEFAULT_CHOICES;

describe('whatever happens', () => {
  it('no line is said twice, none for what is done, asked for only, or not wished', () => {
    fc.assert(
      fc.property(lived, uptime, personChoices, (occurrences, moments, all) => {
        for (const { now, notice } of live(occurrences, moments, chosen(all))) {
          for (const line of notice.lines) {
            const occurrence = occurrences.find(({ key }) => key === line.occurrence);
            expect(occurrence?.proposal).toBe(false);
            expect(occurrence?.metAt ?? Infinity).toBeGreaterThan(now);
            expect(chosen(all)(notice.personId).kinds[line.kind]).toBe(true);
            expect(line.kind === 'before' ? now < line.dueAt : now >= line.dueAt).toBe(true);
          }
        }
      }),
    );
  });

  it('quiet hours are broken only by what falls due before they are well over', () => {
    fc.assert(
      fc.property(lived, uptime, personChoices, (occurrences, moments, all) => {
        for (const { now, notice } of live(occurrences, moments, chosen(all))) {
          const quiet = quietAround(chosen(all)(notice.personId).quiet, now);
          if (!quiet) continue;
          for (const { kind, dueAt } of notice.lines) {
            expect(kind).toBe('before');
            expect(dueAt).toBeLessThanOrEqual(quiet.to + 30 * MINUTE);
          }
        }
      }),
    );
  });

  it('nobody gets two notices within the gap, unless waiting would have been too late', () => {
    fc.assert(
      fc.property(lived, uptime, personChoices, (occurrences, moments, all) => {
        const last = new Map<PersonId, Instant>();
        for (const { now, notice } of live(occurrences, moments, chosen(all))) {
          const before = last.get(notice.personId);
          if (before !== undefined && now < before + GAP) {
            expect(notice.lines.some(({ kind, dueAt }) => kind === 'before' && dueAt <= before + GAP)).toBe(
              true,
            );
          }
          last.set(notice.personId, now);
        }
      }),
    );
  });

  it('a server that never stops leaves no gap', () => {
    fc.assert(
      fc.property(lived, (occurrences) => {
        const said = live(occurrences, minutes(START - DAY, END, STEP));
        const heard = (person: PersonId, kind: Line['kind'], key: string) =>
          said.some(
            ({ notice }) =>
              notice.personId === person &&
              notice.lines.some((line) => line.kind === kind && line.occurrence === key),
          );
        for (const one of occurrences) {
          if (one.proposal || one.dueAt === null) continue;
          const stays = (until: Instant) => one.metAt === null || one.metAt > until;
          if (stays(one.dueAt))
            for (const person of one.owers) expect(heard(person, 'before', one.key)).toBe(true);
          // Late through the whole of the next day: the night and the gap can no longer be the reason.
          if (stays(one.dueAt + DAY) && one.closesAt >= one.dueAt + DAY && one.dueAt + DAY < END)
            for (const person of one.owers) expect(heard(person, 'late', one.key)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
    // Three days of a ward minute by minute, forty times: near vitest's limit on a busy machine.
  }, 20_000);

  it('after a stop each person hears at most one digest at once, and nothing that could still be said is lost', () => {
    fc.assert(
      fc.property(lived, fc.integer({ min: 1, max: 40 }), (occurrences, hours) => {
        const back = START + hours * HOUR;
        const first = live(occurrences, [back]);
        expect(new Set(first.map(({ notice }) => notice.personId)).size).toBe(first.length);
        const all = live(occurrences, minutes(back, back + 14 * HOUR, STEP));
        for (const one of occurrences) {
          const { dueAt } = one;
          if (one.proposal || dueAt === null || one.metAt !== null || dueAt <= back) continue;
          if (dueAt >= back + 13 * HOUR) continue;
          for (const person of one.owers) {
            const heard = all.some(
              ({ notice }) =>
                notice.personId === person &&
                notice.lines.some((line) => line.kind === 'before' && line.occurrence === one.key),
            );
            expect(heard).toBe(true);
          }
        }
      }),
    );
  });

  it('a notice has the same id whatever the order it was found in, and another for other lines', () => {
    fc.assert(
      fc.property(lived, fc.integer({ min: 0, max: 48 }), (occurrences, hour) => {
        const now = START + hour * HOUR;
        const owed = occurrences.map((one) => seen(one, now));
        const nothing = { lines: new Set<string>(), lastAt: new Map<PersonId, Instant>() };
        const ask = (list: readonly Owed[]) =>
          noticesOwed(list, () => DEFAULT_CHOICES, nothing, now)
            .map(({ id }) => id)
            .sort();
        expect(ask([...owed].reverse())).toEqual(ask(owed));
        expect(new Set(ask(owed)).size).toBe(ask(owed).length);
      }),
    );
  });
});

describe('whom to call', () => {
  const people = ['leader', 'deputy', 'officer'];
  const contact = (personId: string, way: Contact['way'], time: string): Contact => ({
    personId,
    way,
    at: at(5, time),
  });

  it('goes leader, deputy, area officer, and waits for whoever was reached', () => {
    expect(nextToCall(people, [], at(5, '07:40'))).toBe('leader');
    const unanswered = [contact('leader', 'no-answer', '07:40')];
    expect(nextToCall(people, unanswered, at(5, '07:41'))).toBe('deputy');
    const reached = [...unanswered, contact('deputy', 'called', '07:42')];
    expect(nextToCall(people, reached, at(5, '07:50'))).toBe('deputy');
    expect(nextToCall(people, reached, at(5, '08:13'))).toBe('officer');
    const all = [...reached, contact('officer', 'no-answer', '08:15')];
    expect(nextToCall(people, all, at(5, '08:20'))).toBe('leader');
    expect(nextToCall([], all, at(5, '08:20'))).toBeUndefined();
  });

  it('counts a person as reminded by human contact only, and not by a call nobody took', () => {
    expect(isReminded([])).toBe(false);
    expect(isReminded([contact('leader', 'no-answer', '07:40')])).toBe(false);
    expect(isReminded([contact('leader', 'zalo', '07:40')])).toBe(true);
  });
});
