// Words of figures: the same sentence on the screen, on paper and in a screen reader.
import { m } from '#messages/messages.js';
import { daysBetween, type DateOn } from '#core/calendar.ts';
import type { ForecastView, Tally, TargetLine } from '#features/dashboards/schema.ts';
import { formatCount, formatDate, formatWeekday, type Language } from '#ui/format.ts';
import type { HeatCell } from '#ui/heat.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/states.ts';

const MEASURES: Readonly<Record<string, () => string>> = {
  'household.reached': m.dashboards_measure_household_reached,
  'household.pledged': m.dashboards_measure_household_pledged,
  'household.in-chat': m.dashboards_measure_household_in_chat,
  'organisation.reached': m.dashboards_measure_organisation_reached,
  'member.reached': m.dashboards_measure_member_reached,
  'tip.handled': m.dashboards_measure_tip_handled,
};

/** A short name a leader knows; the plan's own words where there is none. */
export function lineName({ measure, unit, title }: Pick<TargetLine, 'measure' | 'unit' | 'title'>): string {
  if (unit !== 'percent') return /tin|bài/i.test(unit) ? m.dashboards_measure_items() : title;
  return MEASURES[measure]?.() ?? title;
}

export const lineUnit = ({ unit, measure }: Pick<TargetLine, 'measure' | 'unit'>): string =>
  unit === 'percent' ? (measure.startsWith('household.') ? m.dashboards_households() : '') : unit;

export interface ForecastWords {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

export function forecastWords(forecast: ForecastView, unit: string, locale: Language): ForecastWords {
  const short = { n: formatCount(forecast.shortBy, locale), unit };
  switch (forecast.status) {
    case 'done':
      return { tone: 'done', icon: 'done', word: m.dashboards_forecast_done() };
    case 'on-pace':
      return {
        tone: 'action',
        icon: 'check',
        word: m.dashboards_forecast_on({ date: formatDate(forecast.expectedOn ?? '', locale) }),
      };
    case 'short':
      return { tone: 'attention', icon: 'alert', word: m.dashboards_forecast_short(short).trim() };
    case 'no-pace':
      return { tone: 'attention', icon: 'pause', word: m.dashboards_forecast_no_pace(short).trim() };
    case 'too-early':
      return { tone: 'neutral', icon: 'clock', word: m.dashboards_forecast_early() };
  }
}

/** How sure the forecast is: the same question asked of the best and the worst stretch of the last days. */
export function spreadWords(
  { status, expectedOn, earliestOn, latestOn }: ForecastView,
  locale: Language,
): string {
  if (status === 'short') {
    return expectedOn === null
      ? m.dashboards_never_on()
      : m.dashboards_late_on({ date: formatDate(expectedOn, locale) });
  }
  if (status !== 'on-pace' || earliestOn === null) return '';
  const from = formatDate(earliestOn, locale);
  if (latestOn === null) return m.dashboards_spread_open({ from });
  return latestOn === earliestOn
    ? m.dashboards_spread_one()
    : m.dashboards_spread({ from, to: formatDate(latestOn, locale) });
}

export function paceWords(forecast: ForecastView, locale: Language): string {
  if (forecast.status === 'done' || forecast.status === 'too-early') return '';
  const pace = formatCount(Math.round(forecast.pace * 10) / 10, locale);
  return forecast.paceNeeded === null
    ? m.dashboards_pace_over({ pace })
    : m.dashboards_pace({ pace, needed: formatCount(forecast.paceNeeded, locale) });
}

export function leadWords(
  campaign: { fromOn: DateOn; toOn: DateOn },
  today: DateOn,
  locale: Language,
): string {
  const length = daysBetween(campaign.fromOn, campaign.toOn) + 1;
  const day = daysBetween(campaign.fromOn, today) + 1;
  const date = formatWeekday(today, locale);
  if (day < 1) return m.dashboards_lead_before({ date, days: 1 - day });
  return day > length ? m.dashboards_lead_after({ date }) : m.dashboards_lead({ date, day, length });
}

export function tallyWords(tally: Tally): string {
  return [
    tally.owed > 0 ? m.dashboards_cell({ met: tally.met, owed: tally.owed }) : '',
    tally.late > 0 ? m.dashboards_cell_late({ n: tally.late }) : '',
    tally.missed > 0 ? m.dashboards_cell_missed({ n: tally.missed }) : '',
    tally.due > 0 ? m.dashboards_cell_due({ n: tally.due }) : '',
    tally.excused > 0 ? m.dashboards_cell_excused({ n: tally.excused }) : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/**
 * All in time recedes, nothing done stands out, in between the share in time. What is open but falls due on a later day
 * (a weekly post on Monday) lies ahead and asks for nothing yet.
 */
export function cellOf(tally: Tally, href: string, isAhead: boolean): HeatCell | undefined {
  const { owed, met, late, due, upcoming, excused } = tally;
  const detail = tallyWords(tally);
  if (owed === 0) {
    if (due > 0) return { state: isAhead ? 'upcoming' : 'due', detail, href };
    if (excused > 0) return { state: 'excused', detail, href };
    return upcoming > 0 ? { state: 'upcoming', detail, href } : undefined;
  }
  if (met === owed) return { state: due > 0 && !isAhead ? 'due' : 'met', detail, href };
  if (met > 0) return { share: met / owed, detail, href };
  return { state: late > 0 ? 'late' : 'missed', detail, href };
}

/** The address of the rows behind a figure. */
export function owedHref(filter: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams(
    Object.entries(filter).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  return `/tong-quan/viec?${query.toString()}`;
}
