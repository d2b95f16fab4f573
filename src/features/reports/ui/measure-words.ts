/** Words for what the code names: figures, states, ways, questions. */
import { m } from '#messages/messages.js';
import type { Measure } from '#features/reports/figures.ts';
import type { Question } from '#features/reports/message/message.ts';
import type { Proof, ReportState, WindowKind } from '#features/reports/model.ts';
import type { StateName } from '#ui/states.ts';

const NAMES: Readonly<Record<Measure | 'households', () => string>> = {
  reached: m.reports_m_reached,
  pledged: m.reports_m_pledged,
  absent: m.reports_m_absent,
  away: m.reports_m_away,
  refused: m.reports_m_refused,
  unsigned: m.reports_m_unsigned,
  zaloGroups: m.reports_m_zaloGroups,
  zaloMembers: m.reports_m_zaloMembers,
  posts: m.reports_m_posts,
  broadcasts: m.reports_m_broadcasts,
  leaflets: m.reports_m_leaflets,
  notices: m.reports_m_notices,
  sessions: m.reports_m_sessions,
  attendees: m.reports_m_attendees,
  tips: m.reports_m_tips,
  households: m.reports_m_households,
};

export const measureName = (measure: string): string =>
  Object.hasOwn(NAMES, measure) ? NAMES[measure as Measure]() : measure;

export const stateName = (state: ReportState): StateName =>
  state === 'on-time-for-another' ? 'report-on-time-by-hand' : `report-${state}`;

const WAYS: Readonly<Record<string, () => string>> = {
  zalo: m.reports_way_zalo,
  phone: m.reports_way_phone,
  paper: m.reports_way_paper,
  'in-person': m.reports_way_in_person,
};
export const wayName = (way: string): string => WAYS[way]?.() ?? way;

export const proofName = (proof: Proof | null): string =>
  proof === null
    ? m.reports_no_proof()
    : proof === 'call'
      ? m.reports_proof_call()
      : m.reports_proof_zalo_picture();

export const windowName = (kind: WindowKind): string =>
  kind === 'day-before' ? m.reports_window_day_before() : m.reports_window_hour_to_hour();

type Params = Question['params'];
const text = (params: Params, name: string): string => String(params[name] ?? '');

/** A question in words; the codes are closed, so each has its own sentence. */
export function questionText({ code, params }: Pick<Question, 'code' | 'params'>): string {
  const p = (name: string) => text(params, name);
  const measure = measureName(p('measure'));
  switch (code) {
    case 'which-group':
      return m.reports_q_which_group();
    case 'group-unknown':
      return m.reports_q_group_unknown({ name: p('name') });
    case 'said-twice':
      return m.reports_q_said_twice({ measure, first: p('first'), second: p('second') });
    case 'above-households':
      return m.reports_q_above_households({ measure, number: p('number'), households: p('households') });
    case 'households-differ':
      return m.reports_q_households_differ({ said: p('said'), known: p('known') });
    case 'pledged-above-reached':
      return m.reports_q_pledged_above_reached({ reached: p('reached'), pledged: p('pledged') });
    case 'total-below-day':
      return m.reports_q_total_below_day({ measure, day: p('day'), total: p('total') });
    case 'total-below-earlier':
      return m.reports_q_total_below_earlier({ measure, total: p('total'), earlier: p('earlier') });
    case 'share-differs':
      return m.reports_q_share_differs({ said: p('said'), counted: p('counted') });
    case 'pair-meaning':
      return m.reports_q_pair_meaning({ first: p('first'), second: p('second') });
    case 'check-meaning':
      return m.reports_q_check_meaning({ measure });
    case 'about':
      return m.reports_q_about({ number: p('number') });
    case 'unread-number':
      return m.reports_q_unread_number({ number: p('number') });
    case 'other-day':
      return m.reports_q_other_day({ day: p('day') });
    case 'late-by-own-words':
      return m.reports_q_late_by_own_words({ time: p('time') });
    case 'window-differs':
      return m.reports_q_window_differs({ from: p('from'), to: p('to'), own: p('own') });
    case 'no-work-yet-figures':
      return m.reports_q_no_work_yet_figures();
    case 'no-reason':
      return m.reports_q_no_reason();
    case 'tip-story':
      return m.reports_q_tip_story();
    case 'corrects-earlier':
      return m.reports_q_corrects_earlier();
    case 'nothing-read':
      return m.reports_q_nothing_read();
  }
}
