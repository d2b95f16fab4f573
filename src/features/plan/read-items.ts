/**
 * What a reading becomes when people begin to work on it: items with ids of their own, questions and links that name
 * those ids (never the reader's), and the days of the campaign. Pure; the maker of ids is an argument.
 */
import type { Cadence as PlanCadence } from '#features/plan/model.ts';
import { DEFAULT_CHOICES } from '#features/plan/model.ts';
import { WEEKDAYS } from '#features/plan/reader/reading.ts';
import type {
  Cadence,
  Duty,
  Quote,
  Reading,
  Report,
  Target,
  Weekday,
} from '#features/plan/reader/reading.ts';
import type { CampaignDays, ItemBody } from '#features/plan/schema.ts';
import { meansGroups } from '#features/plan/unit-names.ts';

export interface ReadItem {
  readonly id: string;
  readonly body: ItemBody;
  readonly quote: Quote;
}

export interface Doubt {
  readonly id: string;
  readonly kind: string;
  readonly about: readonly string[];
  readonly options: readonly string[];
  readonly quote: Quote;
}

/** What the paper says beside its items, kept with the version. */
export interface PaperFacts {
  readonly title: string;
  readonly issuer: string | null;
  readonly number: string | null;
  readonly issuedOn: string | null;
  readonly period: Reading['period'];
  readonly slogan: Reading['slogan'];
  readonly segments: readonly string[];
  readonly pillars: Reading['pillars'];
  readonly recipients: readonly string[];
  readonly signer: Reading['signer'];
  readonly doubts: readonly Doubt[];
}

export interface ReadDraft {
  readonly items: readonly ReadItem[];
  readonly links: readonly (readonly [string, string])[];
  readonly facts: PaperFacts;
  readonly days: CampaignDays | null;
}

const TITLE_LENGTH = 110;

/** One line for lists, in the paper's own words: from the first word to where the sense may pause. */
export function titleOf(words: string): string {
  const line = words
    .replace(/[*_]{2,}/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^(?:[-–+•*]|\(?\d{1,2}[.)]|\(?[a-zđ][.)])\s*/i, '')
    .trim();
  const sentence = /^(.{40,}?)[.;](?:\s|$)/.exec(line)?.[1] ?? line.replace(/[.;:,\s]+$/, '');
  if (sentence.length <= TITLE_LENGTH) return sentence;
  const pause = sentence.slice(0, TITLE_LENGTH);
  const comma = Math.max(pause.lastIndexOf(', '), pause.lastIndexOf(' ('), pause.lastIndexOf('; '));
  const end = comma > TITLE_LENGTH / 2 ? comma : pause.lastIndexOf(' ');
  return `${pause.slice(0, end > 0 ? end : TITLE_LENGTH).replace(/[,;:\s]+$/, '')}…`;
}

const cadenceOf = (cadence: Cadence | null): PlanCadence | null =>
  // "ít nhất 01 điểm" without a period is owed once in the campaign.
  cadence && { count: Math.max(1, Math.round(cadence.count)), per: cadence.per ?? 'campaign' };

const weekdaysOf = (names: readonly Weekday[]) => names.map((name) => WEEKDAYS.indexOf(name) + 1);

const lineOf = (name: string | null): string | null => name?.trim().slice(0, 400) || null;
const linesOf = (names: readonly string[]) => names.flatMap((name) => lineOf(name) ?? []).slice(0, 60);

const base = (source: string, item: { quote: Quote; marks: readonly Target['marks'][number][] }) => ({
  title: titleOf(source.slice(item.quote.start, item.quote.end)) || '—',
  choices: DEFAULT_CHOICES,
  accountable: null,
  marks: item.marks.slice(0, 60).map(({ start, end, kind }) => ({ start, end, kind })),
});

const targetBody = (source: string, target: Target): ItemBody => ({
  kind: 'target',
  ...base(source, target),
  proposal: false,
  subject: target.subject,
  measure: target.measure,
  comparator: target.comparator,
  value: target.value,
  unit: target.unit,
  per: target.per,
  by: target.by,
  channels: [],
});

const owed = (item: Duty | Report) => ({
  cadence: cadenceOf(item.cadence),
  between: item.between && { from: item.between.from, to: item.between.to },
  weekdays: weekdaysOf(item.weekdays),
  dayOfMonth: item.dayOfMonth,
  relative: item.relative,
  proposal: item.proposal,
  cooperating: [],
});

const dutyBody = (source: string, duty: Duty): ItemBody => ({
  kind: 'duty',
  ...base(source, duty),
  ...owed(duty),
  actor: duty.actor.trim().slice(0, 400),
  partners: linesOf(duty.partners),
  activity: duty.activity,
  channels: [...new Set([...(duty.channel ? [duty.channel] : []), ...duty.channels])],
  audience: null,
  scope: duty.scope,
  windows: duty.windows.map(({ name, from, to }) => ({ name, from, to })),
  by: duty.by === null ? null : { on: duty.by, time: duty.time },
  time: duty.by === null ? duty.time : null,
  standing: duty.standing,
});

const reportBody = (source: string, report: Report): ItemBody => ({
  kind: 'report',
  ...base(source, report),
  ...owed(report),
  actor: report.from.trim().slice(0, 400),
  partners: [],
  reportKind: report.kind,
  addressee: null,
  to: lineOf(report.to),
  covers: null,
  scope: meansGroups(report.from) ? 'group' : 'ward',
  by: report.before?.date ? { on: report.before.date, time: report.before.time } : null,
  time: report.before?.date ? null : (report.before?.time ?? null),
});

export function readDraft(reading: Reading, newId: () => string): ReadDraft {
  const { source } = reading;
  const ids = new Map<string, string>();
  const beforeDay = new Set(
    reading.questions.flatMap(({ kind, about }) => (kind === 'before-which-end' ? about : [])),
  );
  const take = (readerId: string, said: ItemBody, quote: Quote): ReadItem => {
    const id = newId();
    ids.set(readerId, id);
    // "trước ngày 14/8" is read strictly until somebody has answered.
    const body = beforeDay.has(readerId)
      ? { ...said, choices: { ...said.choices, lastDay: 'excluded' as const } }
      : said;
    return { id, body, quote: { start: quote.start, end: quote.end } };
  };
  const items = [
    ...reading.targets.map((item) => take(item.id, targetBody(source, item), item.quote)),
    ...reading.duties.map((item) => take(item.id, dutyBody(source, item), item.quote)),
    ...reading.reports.map((item) => take(item.id, reportBody(source, item), item.quote)),
  ].sort((a, b) => a.quote.start - b.quote.start || a.quote.end - b.quote.end);
  const known = (readerIds: readonly string[]) => readerIds.flatMap((id) => ids.get(id) ?? []);
  const doubts: Doubt[] = reading.questions.map(({ kind, about, options, quote }) => ({
    id: newId(),
    kind,
    about: known(about),
    options,
    quote: { start: quote.start, end: quote.end },
  }));
  const events = items.flatMap(({ id, body, quote }): Doubt[] =>
    body.kind !== 'target' && body.relative !== null && body.by === null
      ? [{ id: newId(), kind: 'event-day', about: [id], options: [], quote }]
      : [],
  );
  const links = reading.links.flatMap(({ duties: [one, other] }) => {
    const [a, b] = [ids.get(one), ids.get(other)];
    return a !== undefined && b !== undefined && a !== b ? [[a, b] as const] : [];
  });
  const { title, issuer, number, issuedOn, period, slogan, segments, pillars, recipients, signer } = reading;
  const facts = { title, issuer, number, issuedOn, period, slogan, segments, pillars, recipients, signer };
  return {
    items,
    links,
    facts: { ...facts, doubts: [...doubts, ...events] },
    days: period && { from: period.from, to: period.to },
  };
}
