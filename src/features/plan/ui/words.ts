// Words for what a plan's items say: closed lists in the reader's language, and one line of facts for each item.
import { m } from '#messages/messages.js';
import { getLocale } from '#messages/runtime.js';
import { GROUPS } from '#features/plan/model.ts';
import type { ItemReply, UnitReply } from '#features/plan/api-schema.ts';
import type { Activity, Channel, Per, ReportKind } from '#features/plan/reader/reading.ts';
import { OUTSIDE } from '#features/plan/unit-keys.ts';
import { formatCount, formatDate } from '#ui/format.ts';

type Word = () => string;
type Body = ItemReply['body'];
type OwedBody = Exclude<Body, { kind: 'target' }>;

export const ACTIVITY_WORDS: Readonly<Record<Activity, Word>> = {
  advise: m.plan_activity_advise,
  broadcast: m.plan_activity_broadcast,
  check: m.plan_activity_check,
  coordinate: m.plan_activity_coordinate,
  display: m.plan_activity_display,
  distribute: m.plan_activity_distribute,
  fund: m.plan_activity_fund,
  guide: m.plan_activity_guide,
  inform: m.plan_activity_inform,
  launch: m.plan_activity_launch,
  list: m.plan_activity_list,
  meet: m.plan_activity_meet,
  other: m.plan_activity_other,
  patrol: m.plan_activity_patrol,
  phase: m.plan_activity_phase,
  pledge: m.plan_activity_pledge,
  post: m.plan_activity_post,
  receive: m.plan_activity_receive,
  report: m.plan_activity_report,
  'set-up': m.plan_activity_set_up,
  train: m.plan_activity_train,
  visit: m.plan_activity_visit,
};

export const CHANNEL_WORDS: Readonly<Record<Channel, Word>> = {
  banner: m.plan_channel_banner,
  email: m.plan_channel_email,
  facebook: m.plan_channel_facebook,
  'home-visit': m.plan_channel_home_visit,
  leaflet: m.plan_channel_leaflet,
  loudspeaker: m.plan_channel_loudspeaker,
  meeting: m.plan_channel_meeting,
  other: m.plan_channel_other,
  panel: m.plan_channel_panel,
  phone: m.plan_channel_phone,
  poster: m.plan_channel_poster,
  press: m.plan_channel_press,
  school: m.plan_channel_school,
  social: m.plan_channel_social,
  television: m.plan_channel_television,
  video: m.plan_channel_video,
  website: m.plan_channel_website,
  zalo: m.plan_channel_zalo,
  'zalo-group': m.plan_channel_zalo_group,
};

export const PER_WORDS: Readonly<Record<Per, Word>> = {
  day: m.plan_per_day,
  week: m.plan_per_week,
  fortnight: m.plan_per_fortnight,
  month: m.plan_per_month,
  quarter: m.plan_per_quarter,
  'half-year': m.plan_per_half_year,
  year: m.plan_per_year,
  campaign: m.plan_per_campaign,
};

export const REPORT_WORDS: Readonly<Record<ReportKind, Word>> = {
  quick: m.plan_report_quick,
  periodic: m.plan_report_periodic,
  final: m.plan_report_final,
  'ad-hoc': m.plan_report_ad_hoc,
};

export const KIND_WORDS: Readonly<Record<ItemReply['kind'], Word>> = {
  target: m.plan_kind_target,
  duty: m.plan_kind_duty,
  report: m.plan_kind_report,
};

const COMPARE = {
  '>=': m.plan_compare_at_least,
  '>': m.plan_compare_more,
  '<=': m.plan_compare_at_most,
  '<': m.plan_compare_less,
  '=': m.plan_compare_equal,
} as const;

export const dayWord = (day: string): string => formatDate(day, getLocale());

export function unitWord(key: string | null, units: readonly UnitReply[], said = ''): string {
  if (key === GROUPS) return m.plan_who_groups();
  if (key === OUTSIDE) return said || m.plan_who_outside();
  const unit = units.find(({ id }) => id === key);
  if (unit) return unit.name;
  return said === '' ? m.plan_who_nobody() : m.plan_who_unknown({ name: said });
}

export const whoAnswers = (body: Body, units: readonly UnitReply[]): string =>
  unitWord(body.accountable, units, body.kind === 'target' ? '' : body.actor);

export function targetFigure(body: Extract<Body, { kind: 'target' }>): string {
  const locale = getLocale();
  const figure = formatCount(body.value, locale);
  const value = body.unit === 'percent' ? `${figure}%` : `${figure} ${body.unit}`;
  const words = COMPARE[body.comparator]({ value });
  return body.per === null ? words : `${words}/${PER_WORDS[body.per]()}`;
}

/** Monday first, as in Vietnam: Thứ Hai … Chủ nhật. */
export function weekdayWord(day: number): string {
  const names = [
    m.ui_weekday_1,
    m.ui_weekday_2,
    m.ui_weekday_3,
    m.ui_weekday_4,
    m.ui_weekday_5,
    m.ui_weekday_6,
    m.ui_weekday_0,
  ];
  return names[day - 1]?.() ?? '';
}

function deadlineWord(body: OwedBody): string | null {
  if (body.by === null) return body.time === null ? null : m.plan_fact_before_time({ time: body.time });
  const day = dayWord(body.by.on);
  if (body.by.time !== null) return m.plan_fact_by_time({ time: body.by.time, day });
  return body.choices.lastDay === 'included' ? m.plan_fact_until({ day }) : m.plan_fact_before_day({ day });
}

function stretchWord(body: OwedBody): string | null {
  const { from = null, to = null } = body.between ?? {};
  if (from !== null && to !== null) return m.plan_fact_between({ from: dayWord(from), to: dayWord(to) });
  if (to !== null) return m.plan_fact_until({ day: dayWord(to) });
  return from === null ? null : m.plan_fact_from({ from: dayWord(from) });
}

export function cadenceWord({ cadence }: OwedBody): string | null {
  if (cadence === null) return null;
  const count = formatCount(cadence.count, getLocale());
  return cadence.per === 'campaign'
    ? m.plan_fact_cadence_campaign({ count })
    : m.plan_fact_cadence({ count, per: PER_WORDS[cadence.per]() });
}

/** What is owed and by when, in short pieces. */
export function factsOf(body: Body): string[] {
  if (body.kind === 'target')
    return [targetFigure(body), ...(body.by === null ? [] : [m.plan_fact_until({ day: dayWord(body.by) })])];
  const facts = [
    cadenceWord(body),
    body.kind === 'duty' && body.windows.length > 0
      ? m.plan_fact_windows({ windows: body.windows.map(({ from, to }) => `${from}–${to}`).join(', ') })
      : null,
    body.weekdays.length > 0
      ? m.plan_fact_weekday({ days: body.weekdays.map(weekdayWord).join(', ') })
      : null,
    body.dayOfMonth === null ? null : m.plan_fact_day_of_month({ day: body.dayOfMonth }),
    deadlineWord(body),
    stretchWord(body),
    body.kind === 'duty' && body.standing ? m.plan_fact_standing() : null,
  ].filter((fact) => fact !== null);
  return facts.length > 0 ? facts : [m.plan_fact_once()];
}

/** What kind of thing it is: activity and channels, or kind of report and to whom. */
export function sortOf(body: Body, units: readonly UnitReply[]): string[] {
  if (body.kind === 'target') return body.subject === '' ? [] : [body.subject];
  const scope = body.scope === 'group' ? [m.plan_fact_each_group()] : [];
  if (body.kind === 'duty')
    return [ACTIVITY_WORDS[body.activity](), ...body.channels.map((name) => CHANNEL_WORDS[name]()), ...scope];
  const to =
    body.addressee === null && body.to === null ? null : unitWord(body.addressee, units, body.to ?? '');
  return [REPORT_WORDS[body.reportKind](), ...(to === null ? [] : [m.plan_fact_to({ to })]), ...scope];
}

const FIELD_WORDS: Readonly<Record<string, Word>> = {
  title: m.plan_field_title,
  accountable: m.plan_field_accountable,
  actor: m.plan_field_actor,
  partners: m.plan_field_partners,
  cooperating: m.plan_field_partners,
  cadence: m.plan_field_cadence,
  by: m.plan_field_deadline,
  between: m.plan_field_deadline,
  time: m.plan_field_deadline,
  weekdays: m.plan_field_deadline,
  dayOfMonth: m.plan_field_deadline,
  value: m.plan_field_value,
  unit: m.plan_field_value,
  comparator: m.plan_field_value,
  per: m.plan_field_value,
  channels: m.plan_field_channels,
  activity: m.plan_field_activity,
  scope: m.plan_field_scope,
  choices: m.plan_field_choices,
  standing: m.plan_field_standing,
  proposal: m.plan_field_proposal,
};

export const fieldWords = (fields: readonly string[]): string =>
  [...new Set(fields.map((field) => (FIELD_WORDS[field] ?? m.plan_field_other)()))].join(', ');
