import { describe, expect, it } from 'vitest';
import { instantOf, MINUTE } from '#core/clock.ts';
import { DEFAULT_CHOICES, type Evidence, type Excuse } from '#features/plan/model.ts';
import { act, duty, report, standing, target, version } from '../../../../tests/support/plan-items.ts';

describe('state', () => {
  const quick = [version(1, [report('r', { cadence: { count: 1, per: 'day' }, time: '08:30' })])];
  const broadcast = [version(1, [duty('d', { cadence: { count: 1, per: 'day' } })])];
  const due = instantOf('2025-08-05', '08:30');

  it('of a report turns from upcoming to due to late to missed when nothing comes', () => {
    const at = (instant: number) => standing(quick, 'r', '2025-08-05', { at: instant }).state;
    expect(at(instantOf('2025-08-05') - 1)).toBe('upcoming');
    expect(at(instantOf('2025-08-05'))).toBe('due');
    expect(at(due - 1)).toBe('due');
    expect(at(due)).toBe('late');
    expect(at(instantOf('2025-08-06') - 1)).toBe('late');
    expect(at(instantOf('2025-08-06'))).toBe('missed');
  });

  it('of a report is decided by when it was received, to the millisecond', () => {
    const received = (receivedAt: number) =>
      standing(quick, 'r', '2025-08-05', {
        at: due + 3 * 86_400_000,
        acts: [act('r', '2025-08-05', { receivedAt })],
      });
    expect(received(due - 1)).toMatchObject({ state: 'met', minutesLate: 0 });
    expect(received(due)).toMatchObject({ state: 'late', minutesLate: 1 });
    expect(received(due + 11 * MINUTE + 59_999)).toMatchObject({ state: 'late', minutesLate: 11 });
  });

  it('of a duty done in time and told of next day is met; told of later, late by when it was told', () => {
    const told = (receivedAt: number) =>
      standing(broadcast, 'd', '2025-08-05', {
        at: receivedAt,
        acts: [act('d', '2025-08-05', { receivedAt })],
      });
    expect(told(instantOf('2025-08-06', '22:00')).state).toBe('met');
    expect(told(instantOf('2025-08-07', '00:00'))).toMatchObject({ state: 'late', minutesLate: 24 * 60 });
    expect(standing(broadcast, 'd', '2025-08-05', { at: instantOf('2025-08-06', '23:59') }).state).toBe(
      'late',
    );
    expect(standing(broadcast, 'd', '2025-08-05', { at: instantOf('2025-08-07') }).state).toBe('missed');
  });

  it('is met by what was told in time, whatever earlier act was told of late', () => {
    const weekly = [version(1, [duty('d', { cadence: { count: 1, per: 'week' } })])];
    const acts = [
      act('d', '2025-08-05', { receivedAt: instantOf('2025-08-13') }),
      act('d', '2025-08-06', { receivedAt: instantOf('2025-08-06', '20:00') }),
    ];
    const at = instantOf('2025-08-14');
    expect(standing(weekly, 'd', '2025-08-04', { at, acts }).state).toBe('met');
    expect(standing(weekly, 'd', '2025-08-04', { at, acts: acts.slice(0, 1) })).toMatchObject({
      state: 'late',
      minutesLate: 2 * 24 * 60,
    });
  });

  it('says how long is left and how much is lacking', () => {
    const monthly = [
      version(1, [target('t')], {
        days: { from: '2025-08-01', to: '2025-08-31' },
        inForceFrom: '2025-08-01',
      }),
    ];
    expect(
      standing(monthly, 't', '2025-08-01', {
        at: instantOf('2025-08-31', '22:00'),
        acts: [act('t', '2025-08-03', { count: 2 })],
      }),
    ).toMatchObject({ state: 'due', done: 2, required: 5, timeLeft: 2 * 60 * MINUTE });
  });

  it('is as it was seen at the moment asked about: later evidence, undoing and excuses are not known yet', () => {
    const sent = act('r', '2025-08-05', { receivedAt: due - 10 * MINUTE, undoneAt: due + MINUTE });
    const excuse: Excuse = {
      itemId: 'r',
      areaId: null,
      periodStart: '2025-08-05',
      grantedAt: due + 5 * MINUTE,
      revokedAt: due + 9 * MINUTE,
    };
    const at = (instant: number) =>
      standing(quick, 'r', '2025-08-05', { at: instant, acts: [sent], excuses: [excuse] }).state;
    expect(at(due - 11 * MINUTE)).toBe('due');
    expect(at(due)).toBe('met');
    expect(at(due + MINUTE)).toBe('late');
    expect(at(due + 5 * MINUTE)).toBe('excused');
    expect(at(due + 9 * MINUTE)).toBe('late');
  });

  it('of a proposal is never late or missed', () => {
    const asked = [version(1, [duty('d', { proposal: true, cadence: { count: 1, per: 'week' } })])];
    const at = (instant: number, acts: Evidence[] = []) =>
      standing(asked, 'd', '2025-08-04', { at: instant, acts }).state;
    expect(at(instantOf('2025-08-05'))).toBe('due');
    expect(at(instantOf('2025-08-11'))).toBe('no-information');
    expect(at(instantOf('2026-08-11'))).toBe('no-information');
    expect(
      at(instantOf('2025-08-20'), [act('d', '2025-08-06', { receivedAt: instantOf('2025-08-19') })]),
    ).toBe('met');
  });

  it('of standing work without a figure is ongoing, never behind', () => {
    const check = [version(1, [duty('d', { standing: true })])];
    const at = (instant: number, acts: Evidence[] = []) =>
      standing(check, 'd', '2025-08-02', { at: instant, acts });
    expect(at(instantOf('2025-08-01')).state).toBe('upcoming');
    expect(at(instantOf('2026-08-11')).state).toBe('ongoing');
    expect(at(instantOf('2025-08-11'), [act('d', '2025-08-06')])).toMatchObject({
      state: 'ongoing',
      done: 1,
      required: 0,
    });
  });

  it('of work owed once is late when done after its day, and missed only when the campaign is over', () => {
    const banner = [version(1, [duty('d', { by: { on: '2025-08-08', time: null } })])];
    const at = (instant: number, acts: Evidence[] = []) =>
      standing(banner, 'd', '2025-08-02', { at: instant, acts }).state;
    expect(at(instantOf('2025-08-09'))).toBe('late');
    expect(at(instantOf('2025-08-16'))).toBe('missed');
    expect(at(instantOf('2025-08-12'), [act('d', '2025-08-12')])).toBe('late');
    expect(at(instantOf('2025-08-12'), [act('d', '2025-08-08')])).toBe('met');
    expect(at(instantOf('2025-08-12'), [act('d', '2025-07-30')])).toBe('met');
  });
});

describe('channels and windows', () => {
  const windows = [
    { name: 'early-morning', from: '05:00', to: '07:30' },
    { name: 'late-afternoon', from: '16:30', to: '18:30' },
  ];
  const plan = (choices: Partial<typeof DEFAULT_CHOICES>) => [
    version(1, [
      duty('d', {
        cadence: { count: 1, per: 'day' },
        channels: ['zalo', 'facebook'],
        windows,
        choices: { ...DEFAULT_CHOICES, ...choices },
      }),
    ]),
  ];
  const at = (time: string, channel: string | null = null) =>
    act('d', '2025-08-05', { doneAt: instantOf('2025-08-05', time), channel });
  const after = (choices: Partial<typeof DEFAULT_CHOICES>, acts: Evidence[]) =>
    standing(plan(choices), 'd', '2025-08-05', { at: instantOf('2025-08-06'), acts });

  it('are owed together or each, as chosen', () => {
    expect(after({}, [at('17:00', 'zalo')])).toMatchObject({ state: 'met', required: 1 });
    expect(after({ channels: 'each' }, [at('17:00', 'zalo'), at('17:10', 'zalo')])).toMatchObject({
      state: 'late',
      required: 2,
      done: 2,
      fulfilled: 1,
    });
    expect(after({ channels: 'each' }, [at('17:00', 'zalo'), at('17:10', 'facebook')]).state).toBe('met');
    expect(after({ windows: 'each' }, [at('06:00'), at('06:30')])).toMatchObject({
      state: 'late',
      required: 2,
      fulfilled: 1,
    });
    expect(after({ windows: 'each' }, [at('06:00'), at('17:00')]).state).toBe('met');
    expect(after({ windows: 'each', channels: 'each' }, [at('06:00', 'zalo')]).required).toBe(4);
  });

  it('count what was done outside the hours of the plan, and say so; after the last hours it is late', () => {
    expect(after({}, [at('12:00')])).toMatchObject({ state: 'met', outsideWindows: 1 });
    expect(after({}, [at('19:00')])).toMatchObject({ state: 'late', minutesLate: 30, outsideWindows: 1 });
    expect(after({ windows: 'each' }, [at('12:00')])).toMatchObject({ fulfilled: 0, unplaced: 1 });
  });
});
