/**
 * An item as a form holds it, all text, and back. What the form does not show (marks, a relative deadline) comes along
 * unchanged. Pure, so that no field can be lost on the way through the form.
 */
import { DEFAULT_CHOICES, GROUPS } from '#features/plan/model.ts';
import type { ItemReply } from '#features/plan/api-schema.ts';
import { ACTIVITIES, CHANNELS, PERIODS } from '#features/plan/reader/reading.ts';

type Body = ItemReply['body'];
type Kind = Body['kind'];
type OwedBody = Exclude<Body, { kind: 'target' }>;

export interface ItemForm {
  kind: Kind;
  title: string;
  accountable: string;
  cooperating: string[];
  scope: 'ward' | 'group';
  activity: string;
  channels: string[];
  count: string;
  per: string;
  from: string;
  to: string;
  byOn: string;
  time: string;
  lastDay: 'included' | 'excluded';
  weekdays: string[];
  standing: boolean;
  proposal: boolean;
  weekends: 'counted' | 'skipped';
  partialPeriods: 'owed' | 'prorata' | 'waived';
  value: string;
  unit: string;
  comparator: string;
  subject: string;
  measure: string;
  reportKind: string;
  addressee: string;
}

/** Field → which message it needs. */
export type FormFault = 'title' | 'dates' | 'count';
export type FormFaults = Partial<Record<keyof ItemForm, FormFault>>;

const EMPTY: ItemForm = {
  kind: 'duty',
  title: '',
  accountable: '',
  cooperating: [],
  scope: 'ward',
  activity: 'other',
  channels: [],
  count: '',
  per: '',
  from: '',
  to: '',
  byOn: '',
  time: '',
  lastDay: DEFAULT_CHOICES.lastDay,
  weekdays: [],
  standing: false,
  proposal: false,
  weekends: DEFAULT_CHOICES.weekends,
  partialPeriods: DEFAULT_CHOICES.partialPeriods,
  value: '100',
  unit: 'percent',
  comparator: '>=',
  subject: '',
  measure: 'met',
  reportKind: 'quick',
  addressee: '',
};

const common = (body: Body) => ({
  kind: body.kind,
  title: body.title,
  accountable: body.accountable ?? '',
  proposal: body.proposal,
  lastDay: body.choices.lastDay,
  weekends: body.choices.weekends,
  partialPeriods: body.choices.partialPeriods,
});

const owedFields = (body: OwedBody) => ({
  cooperating: [...body.cooperating],
  scope: body.scope,
  count: body.cadence === null ? '' : String(body.cadence.count),
  per: body.cadence?.per ?? '',
  from: body.between?.from ?? '',
  to: body.between?.to ?? '',
  byOn: body.by?.on ?? '',
  time: body.by?.time ?? body.time ?? '',
  weekdays: body.weekdays.map(String),
});

export function formOf(body: Body): ItemForm {
  const form = { ...EMPTY, ...common(body) };
  if (body.kind === 'target') {
    const { value, unit, comparator, subject, measure, per, by, channels } = body;
    return {
      ...form,
      value: String(value),
      unit,
      comparator,
      subject,
      measure,
      per: per ?? '',
      byOn: by ?? '',
      channels: [...channels],
    };
  }
  const owed = { ...form, ...owedFields(body) };
  if (body.kind === 'duty') {
    const { activity, channels, standing } = body;
    return { ...owed, activity, channels: [...channels], standing };
  }
  return { ...owed, reportKind: body.reportKind, addressee: body.addressee ?? '' };
}

/** A new item from selected words: the words are its name until somebody gives a better one. */
export const blankForm = (kind: Kind, words: string): ItemForm => ({
  ...EMPTY,
  kind,
  title: words.replace(/\s+/g, ' ').trim().slice(0, 110),
  cooperating: [],
  channels: [],
  weekdays: [],
});

export function faultsOf(form: ItemForm): FormFaults {
  const faults: FormFaults = {};
  if (form.title.trim() === '') faults.title = 'title';
  if (form.from !== '' && form.to !== '' && form.to < form.from) faults.to = 'dates';
  const isWhole = (text: string) => /^\d{1,6}$/.test(text.trim()) && Number(text) >= 1;
  if (form.kind !== 'target' && form.per !== '' && !isWhole(form.count)) faults.count = 'count';
  if (form.kind === 'target' && !(Number(form.value.replace(',', '.')) >= 0 && form.value.trim() !== ''))
    faults.value = 'count';
  if (form.kind === 'target' && form.unit.trim() === '') faults.unit = 'count';
  return faults;
}

const oneOf = <T extends string>(list: readonly T[], value: string): T | null =>
  list.find((known) => known === value) ?? null;

const COMPARATORS = ['>=', '>', '<=', '<', '='] as const;
const REPORT_KINDS = ['quick', 'periodic', 'final', 'ad-hoc'] as const;

function owedOf(form: ItemForm, before: OwedBody | null) {
  const per = oneOf(PERIODS, form.per);
  const time = form.time === '' ? null : form.time;
  const hasRange = form.from !== '' || form.to !== '';
  return {
    actor: before?.actor ?? '',
    partners: before?.partners ?? [],
    cooperating: form.cooperating,
    scope: form.accountable === GROUPS ? ('group' as const) : form.scope,
    cadence: per === null ? null : { count: Number(form.count), per },
    between: hasRange ? { from: form.from || null, to: form.to || null } : null,
    by: form.byOn === '' ? null : { on: form.byOn, time },
    time: form.byOn === '' ? time : null,
    weekdays: form.weekdays.map(Number).sort((a, b) => a - b),
    dayOfMonth: before?.dayOfMonth ?? null,
    relative: before?.relative ?? null,
  };
}

/** @param before the item being mended, or null for a new one; the form has no faults */
export function bodyOf(form: ItemForm, before: Body | null): Body {
  const base = {
    title: form.title.trim(),
    proposal: form.proposal,
    accountable: form.accountable || null,
    marks: before?.marks ?? [],
    choices: {
      ...(before?.choices ?? DEFAULT_CHOICES),
      lastDay: form.lastDay,
      weekends: form.weekends,
      partialPeriods: form.partialPeriods,
    },
  };
  const channels = CHANNELS.filter((name) => form.channels.includes(name));
  if (form.kind === 'target')
    return {
      kind: 'target',
      ...base,
      subject: form.subject.trim(),
      measure: form.measure.trim(),
      comparator: oneOf(COMPARATORS, form.comparator) ?? '>=',
      value: Number(form.value.replace(',', '.')),
      unit: form.unit.trim(),
      per: oneOf(PERIODS, form.per),
      by: form.byOn || null,
      channels,
    };
  const owed = owedOf(form, before?.kind === form.kind ? before : null);
  if (form.kind === 'duty') {
    const duty = before?.kind === 'duty' ? before : null;
    return {
      kind: 'duty',
      ...base,
      ...owed,
      activity: oneOf(ACTIVITIES, form.activity) ?? 'other',
      channels,
      audience: duty?.audience ?? null,
      windows: duty?.windows ?? [],
      standing: form.standing,
    };
  }
  const report = before?.kind === 'report' ? before : null;
  return {
    kind: 'report',
    ...base,
    ...owed,
    reportKind: oneOf(REPORT_KINDS, form.reportKind) ?? 'quick',
    addressee: form.addressee || null,
    to: report?.to ?? null,
    covers: report?.covers ?? null,
  };
}
