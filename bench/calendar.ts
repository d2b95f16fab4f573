/**
 * How long a ward-year takes: 30 daily duties of 45 groups over 365 days, 492,750 occurrences, six in ten of them
 * with evidence. Run: node bench/calendar.ts. The API must open such a year in 100 ms; what is printed as
 * "opened" is the engine's part of that, what is printed as "index" can be kept between requests.
 */
import { addDays } from '#core/calendar.ts';
import { instantOf, type Instant } from '#core/clock.ts';
import { actsOf } from '#features/plan/engine/acts.ts';
import { calendarOf, occurrences, stateOfOccurrence } from '#features/plan/engine/calendar.ts';
import { summarise, totalCount } from '#features/plan/engine/summary.ts';
import {
  DEFAULT_CHOICES,
  type Area,
  type Duty,
  type Evidence,
  type PlanVersion,
} from '#features/plan/model.ts';

const DUTIES = 30;
const GROUPS = 45;
const YEAR = { from: '2025-01-01', to: '2025-12-31' };
const SHARE = 0.6;

function duty(n: number): Duty {
  return {
    kind: 'duty',
    id: `duty-${n}`,
    quote: null,
    title: '',
    proposal: n % 10 === 9,
    choices: DEFAULT_CHOICES,
    actor: '',
    accountable: `unit-${n % 20}`,
    partners: [],
    cooperating: [],
    scope: 'group',
    cadence: { count: 1, per: 'day' },
    between: null,
    by: null,
    time: null,
    weekdays: [],
    dayOfMonth: null,
    activity: 'post',
    channels: [],
    audience: null,
    windows: [],
    standing: false,
  };
}

/** A fixed sequence, so that two runs time the same work. */
function random(): () => number {
  let seed = 20_250_805;
  return () => (seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
}

function evidence(): Evidence[] {
  const next = random();
  const rows: Evidence[] = [];
  for (let day = 0; day < 365; day++) {
    const workOn = addDays(YEAR.from, day);
    const at = instantOf(workOn, '17:00');
    for (let d = 0; d < DUTIES; d++) {
      for (let g = 0; g < GROUPS; g++) {
        if (next() > SHARE) continue;
        rows.push({
          id: `e-${rows.length}`,
          itemIds: [`duty-${d}`],
          areaId: `group-${g}`,
          workOn,
          doneAt: at,
          channel: null,
          count: 1,
          receivedAt: at,
          undoneAt: null,
        });
      }
    }
  }
  return rows;
}

/** Processor time beside time passed: the first says what the work costs, whatever else the machine does. */
function timed<T>(name: string, runs: number, work: () => T): T {
  const passed: number[] = [];
  const spent: number[] = [];
  let result = work();
  for (let i = 0; i < runs; i++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    result = work();
    const { user, system } = process.cpuUsage(cpu);
    passed.push(performance.now() - start);
    spent.push((user + system) / 1000);
  }
  console.log(`${name.padEnd(58)} ${median(passed)} ms passed, ${median(spent)} ms of processor`);
  return result;
}

function median(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.floor(sorted.length / 2)] ?? 0).toFixed(1).padStart(7);
}

const items = Array.from({ length: DUTIES }, (_, n) => duty(n));
const version: PlanVersion = {
  number: 1,
  inForceFrom: YEAR.from,
  inForceTo: null,
  days: YEAR,
  items,
  links: [],
};
const areas = Array.from({ length: GROUPS }, (_, n): Area => ({
  id: `group-${n}`,
  validFrom: '2024-01-01',
  validTo: null,
  successors: [],
}));
const history = { versions: [version], areas, daysOff: new Set<string>() };
const now: Instant = instantOf('2025-12-20', '09:00');
const rows = evidence();
console.log(`${DUTIES} duties, ${GROUPS} groups, 365 days, ${rows.length.toLocaleString('en')} acts`);

const calendar = timed('calendar: the periods of all duties', 20, () => calendarOf(history, YEAR.to));
const acts = timed('index: all acts of the year', 10, () => actsOf(rows, history.versions, now));
const none = new Set<string>();
const summary = timed('opened: the year by unit, group, duty and day', 20, () =>
  summarise(calendar, YEAR, acts, none),
);
timed('opened: periods and summary, acts indexed before', 20, () =>
  summarise(calendarOf(history, YEAR.to), YEAR, acts, none),
);
timed('opened: everything from rows', 10, () =>
  summarise(calendarOf(history, YEAR.to), YEAR, actsOf(rows, history.versions, now), none),
);
const day = { from: '2025-12-19', to: '2025-12-19' };
const owed = timed('one day: 1,350 occurrences with their states', 20, () =>
  occurrences(calendar, day).map((one) => stateOfOccurrence(one, acts, none)),
);
const week = { from: '2025-12-15', to: '2025-12-21' };
timed('one week: 9,450 occurrences with their states', 20, () =>
  occurrences(calendar, week).map((one) => stateOfOccurrence(one, acts, none)),
);
console.log(
  `occurrences counted: ${totalCount(summary.total).toLocaleString('en')}, in the day shown: ${owed.length}`,
);
console.log(
  Object.entries(summary.total)
    .map(([state, n]) => `${state} ${n}`)
    .join(' · '),
);
