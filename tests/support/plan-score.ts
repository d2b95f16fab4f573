/**
 * Holds a reading against an annotated plan. Every figure of a reading becomes one claim (a target's value, a
 * duty's rhythm, end or stretch, a report's schedule); recall asks which annotated figures a claim answers, precision
 * which claims the annotations bear out at the place quoted. Annotations: `*.expect.json` beside the texts.
 */
import type { Reading } from '#features/plan/reader/reading.ts';
import { Finder, type Range, bare } from './plan-words.ts';

export interface Expected {
  kind: 'target' | 'cadence' | 'count' | 'report' | 'deadline' | 'duty' | 'none';
  near: string;
  nth?: number;
  zone?: [string, string];
  actor?: string | string[];
  or?: Partial<Expected>[];
  as?: Expected['kind'][];
  optional?: boolean;
  value?: number;
  unit?: string;
  count?: number;
  per?: string | null;
  date?: string | null;
  from?: string | null;
  to?: string | null;
  time?: string | null;
}
export interface Annotated {
  file: string;
  year?: number;
  period: { from: string; to: string } | null;
  plan?: false;
  items: Expected[];
}

interface Claim {
  kind: 'share' | 'amount' | 'rhythm' | 'end' | 'stretch' | 'schedule';
  quote: Range;
  who: string | null;
  value?: number;
  per?: string | null;
  date?: string | null;
  time?: string | null;
  from?: string | null;
  to?: string | null;
  of: 'target' | 'duty' | 'report' | 'period';
}

interface Place {
  words: Range;
  wide: Range | null;
  line: Range;
}
const overlap = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end;

function placeOf(finder: Finder, item: Expected): Place | null {
  const words = finder.find(item.near, item.nth);
  if (!words) return null;
  const { text } = finder;
  const stop = text.indexOf('\n', words.end);
  const line = { start: text.lastIndexOf('\n', words.start - 1) + 1, end: stop < 0 ? text.length : stop };
  const a = item.zone && finder.find(item.zone[0]);
  const b = item.zone && finder.find(item.zone[1]);
  return {
    words,
    wide: a && b ? { start: a.start, end: b.end } : null,
    line: line.end - line.start > 2500 ? words : line,
  };
}

/** 2 at the words themselves, 1 on their line, 0 elsewhere or quoted so widely that it points at nothing. */
function touches(quote: Range, place: Place | null, length: number): 0 | 1 | 2 {
  if (!place || quote.end - quote.start > Math.min(1600, Math.max(600, length / 4))) return 0;
  if (overlap(quote, place.words) || (place.wide && overlap(quote, place.wide))) return 2;
  return overlap(quote, place.line) ? 1 : 0;
}

function claimsOf(reading: Reading): Claim[] {
  const claims: Claim[] = [];
  for (const target of reading.targets) {
    claims.push({
      kind: target.unit === 'percent' ? 'share' : 'amount',
      of: 'target',
      who: null,
      quote: target.quote,
      value: target.value,
      per: target.per,
    });
    if (target.by)
      claims.push({ kind: 'end', of: 'target', who: null, quote: target.quote, date: target.by, time: null });
  }
  for (const duty of reading.duties) {
    const base = { who: duty.actor, quote: duty.quote, of: 'duty' as const };
    if (duty.cadence)
      claims.push({ ...base, kind: 'rhythm', value: duty.cadence.count, per: duty.cadence.per });
    if (duty.by) claims.push({ ...base, kind: 'end', date: duty.by, time: duty.time });
    if (duty.between) claims.push({ ...base, kind: 'stretch', from: duty.between.from, to: duty.between.to });
  }
  for (const report of reading.reports) {
    const date = report.before?.date ?? null;
    const time = report.before?.time ?? null;
    if (!report.cadence && !date && !time) continue;
    claims.push({
      kind: 'schedule',
      of: 'report',
      who: report.from,
      quote: report.quote,
      value: report.cadence?.count ?? 1,
      per: report.cadence?.per ?? null,
      date,
      time,
      from: report.between?.from ?? null,
      to: report.between?.to ?? null,
    });
  }
  return claims;
}

const single = (per: string | null | undefined): boolean =>
  per === null || per === undefined || per === 'campaign';
const same = (want: string | null | undefined, got: string | null | undefined): boolean =>
  want === null || want === undefined || want === got;

function says(claim: Claim, want: Expected, kind: Expected['kind']): boolean {
  const rhythmic = claim.kind === 'rhythm' || claim.kind === 'schedule' || claim.kind === 'amount';
  switch (kind) {
    case 'target':
      if (want.unit === 'percent') return claim.kind === 'share' && claim.value === want.value;
      return (
        (claim.kind === 'amount' || claim.kind === 'rhythm') &&
        claim.value === want.value &&
        (want.per ? claim.per === want.per : single(claim.per))
      );
    case 'count':
      return (
        (claim.kind === 'amount' || claim.kind === 'rhythm') &&
        claim.value === want.count &&
        single(claim.per)
      );
    case 'cadence':
      return rhythmic && claim.value === (want.count ?? 1) && claim.per === want.per;
    case 'report':
      return (
        claim.kind === 'schedule' &&
        (!want.per || (claim.per === want.per && claim.value === (want.count ?? 1))) &&
        same(want.time, claim.time) &&
        same(want.date, claim.date) &&
        same(want.from, claim.from) &&
        same(want.to, claim.to)
      );
    case 'deadline':
      if (!want.date && !want.from) return claim.time === want.time;
      if (claim.kind === 'stretch') return same(want.date, claim.to) && same(want.from, claim.from);
      return (
        (claim.kind === 'end' || claim.kind === 'schedule') &&
        !want.from &&
        claim.date === want.date &&
        (!want.time || !claim.time || want.time === claim.time)
      );
    default:
      return false;
  }
}

const forms = (item: Expected): Expected[] => [
  item,
  ...(item.or ?? []).map((other) => ({ ...item, ...other })),
];
const answers = (claim: Claim, item: Expected): boolean =>
  forms(item).some((want) => [want.kind, ...(want.as ?? [])].some((kind) => says(claim, want, kind)));
/** Right as far as it goes: a report's day filed as a deadline, its rhythm as a duty's. */
const bearsOut = (claim: Claim, item: Expected): boolean =>
  answers(claim, item) ||
  forms(item).some(
    (want) =>
      (claim.kind === 'end' &&
        (want.kind === 'deadline' || want.kind === 'report') &&
        !!want.date &&
        claim.date === want.date) ||
      (claim.kind === 'rhythm' && want.kind === 'report' && says(claim, want, 'cadence')) ||
      (claim.kind === 'stretch' &&
        want.kind === 'report' &&
        !!(want.from ?? want.to) &&
        same(want.from, claim.from) &&
        same(want.to, claim.to)),
  );

const name = (text: string): string =>
  bare(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
function sameUnit(want: string | string[], said: string | null | undefined): boolean {
  const got = name(said ?? '');
  return (
    got.length >= 3 &&
    [want]
      .flat()
      .map(name)
      .some((one) => got.includes(one) || one.includes(got))
  );
}

/** The largest pairing of items with claims, each claim used once. */
function matching(choices: number[][]): number[] {
  const taken = new Map<number, number>();
  const place = (item: number, seen: Set<number>): boolean =>
    (choices[item] ?? []).some((choice) => {
      if (seen.has(choice)) return false;
      seen.add(choice);
      const holder = taken.get(choice);
      if (holder !== undefined && !place(holder, seen)) return false;
      taken.set(choice, item);
      return true;
    });
  choices.forEach((_, item) => place(item, new Set()));
  const result = choices.map(() => -1);
  for (const [choice, item] of taken) result[item] = choice;
  return result;
}

export type Share = [right: number, of: number];
export interface Score {
  recall: Share;
  precision: Share;
  actor: Share;
  duty: Share;
  quotes: Share;
  notes: string[];
}

export function scorePlan(expected: Annotated, reading: Reading): Score {
  const score: Score = {
    recall: [0, 0],
    precision: [0, 0],
    actor: [0, 0],
    duty: [0, 0],
    quotes: [0, 0],
    notes: [],
  };
  const finder = new Finder(reading.source);
  const length = reading.source.length;
  const items = expected.items.map((item) => ({ item, place: placeOf(finder, item) }));
  const claims = claimsOf(reading);
  const all: Claim[] = reading.period
    ? [
        ...claims,
        {
          kind: 'stretch',
          of: 'period',
          who: null,
          quote: reading.period.quote,
          from: reading.period.from,
          to: reading.period.to,
        },
      ]
    : claims;
  const units = [
    ...reading.duties.map((one) => ({ who: one.actor, quote: one.quote })),
    ...reading.reports.map((one) => ({ who: one.from, quote: one.quote })),
  ];
  const judge = (item: Expected, who: (string | null)[]): void => {
    score.actor[1]++;
    if (who.some((one) => sameUnit(item.actor ?? '', one))) score.actor[0]++;
    else
      score.notes.push(
        `actor ${item.kind} «${item.near}» wants ${JSON.stringify(item.actor)} got ${JSON.stringify([...new Set(who)])}`,
      );
  };
  const figures = items.filter(({ item }) => !item.optional && item.kind !== 'duty' && item.kind !== 'none');
  const choices = figures.map(({ item, place }) =>
    all.flatMap((claim, at) => (touches(claim.quote, place, length) > 0 && answers(claim, item) ? [at] : [])),
  );
  const paired = matching(choices);
  figures.forEach(({ item, place }, at) => {
    score.recall[1]++;
    if ((paired[at] ?? -1) < 0) {
      score.notes.push(
        `missed ${item.kind} «${item.near}»${place ? '' : ' (not in the source)'} ${JSON.stringify({ value: item.value, count: item.count, per: item.per, from: item.from, date: item.date, time: item.time, to: item.to })}`,
      );
      return;
    }
    score.recall[0]++;
    if (!item.actor) return;
    const good = (choices[at] ?? []).flatMap((one) => all[one] ?? []);
    const named = good
      .filter((claim) => claim.of === 'duty' || claim.of === 'report')
      .map((claim) => claim.who);
    const beside = units.filter((unit) => touches(unit.quote, place, length) > 0).map((unit) => unit.who);
    if (named.length === 0 && item.kind === 'count' && !beside.some((who) => sameUnit(item.actor ?? '', who)))
      return;
    judge(item, named.length > 0 ? named : beside);
  });
  const duties = items.filter(({ item }) => !item.optional && item.kind === 'duty');
  const beside = duties.map(({ place }) =>
    units.flatMap((unit, at) => (touches(unit.quote, place, length) > 0 ? [at] : [])),
  );
  const met = matching(beside);
  duties.forEach(({ item }, at) => {
    score.duty[1]++;
    if ((met[at] ?? -1) < 0) {
      score.notes.push(`missed duty «${item.near}»`);
      return;
    }
    score.duty[0]++;
    if (item.actor)
      judge(
        item,
        (beside[at] ?? []).map((one) => units[one]?.who ?? null),
      );
  });
  judgePrecision(expected, items, claims, length, reading, score);
  const quoted = [
    ...reading.targets,
    ...reading.duties,
    ...reading.reports,
    ...reading.unread,
    ...reading.pillars,
    ...(reading.slogan?.items ?? []),
    ...(reading.period ? [reading.period] : []),
  ];
  for (const { quote } of quoted) {
    score.quotes[1]++;
    if (quote.start >= 0 && quote.end <= length && reading.source.slice(quote.start, quote.end).trim() !== '')
      score.quotes[0]++;
  }
  return score;
}

function judgePrecision(
  expected: Annotated,
  items: { item: Expected; place: Place | null }[],
  claims: Claim[],
  length: number,
  reading: Reading,
  score: Score,
): void {
  const truths = items.filter(({ item }) => item.kind !== 'duty' && item.kind !== 'none');
  const traps = items.filter(({ item }) => item.kind === 'none');
  const frames = [
    expected.period,
    ...truths
      .flatMap(({ item }) => forms(item))
      .map((item) => (item.from && item.date ? { from: item.from, to: item.date } : null)),
  ];
  for (const claim of claims) {
    const best = Math.max(
      0,
      ...truths.map(({ item, place }) => (bearsOut(claim, item) ? touches(claim.quote, place, length) : 0)),
    );
    const trapped = traps.some(({ place }) => touches(claim.quote, place, length) === 2);
    const right = best === 2 || (best === 1 && !trapped);
    const inherited =
      (claim.kind === 'stretch' &&
        frames.some((frame) => frame && frame.from === claim.from && frame.to === claim.to)) ||
      (claim.kind === 'end' && expected.period?.to === claim.date) ||
      (claim.kind === 'rhythm' && claim.value === 1 && claim.per === 'campaign');
    if (!right && inherited) continue;
    score.precision[1]++;
    if (right) score.precision[0]++;
    else {
      const { quote, ...values } = claim;
      score.notes.push(
        `wrong ${JSON.stringify(values)} at «${reading.source.slice(quote.start, quote.end).replace(/\s+/g, ' ').slice(0, 110)}»`,
      );
    }
  }
}
