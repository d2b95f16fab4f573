// What a doubt asks, and the answers it takes, in words.
import { m } from '#messages/messages.js';
import type { PlanReply } from '#features/plan/api-schema.ts';
import { GROUPS } from '#features/plan/model.ts';
import { OUTSIDE } from '#features/plan/unit-keys.ts';
import { dayWord } from '#features/plan/ui/words.ts';
import type { Choice } from '#ui/forms.ts';

export type Doubt = PlanReply['paper']['doubts'][number];

const QUESTIONS: Readonly<Record<string, () => string>> = {
  'before-which-end': m.plan_doubt_before_which_end,
  'each-channel-or-together': m.plan_doubt_each_channel_or_together,
  'each-window-or-either': m.plan_doubt_each_window_or_either,
  'who-does-it': m.plan_doubt_who_does_it,
  'counting-window': m.plan_doubt_counting_window,
  'event-day': m.plan_doubt_event_day,
  'year-taken': m.plan_doubt_year_taken,
};

export const questionWord = (kind: string): string => (QUESTIONS[kind] ?? m.plan_doubt_other)();

export function answerWord(kind: string, answer: string): string {
  switch (answer) {
    case 'each':
      return kind === 'each-window-or-either' ? m.plan_answer_each_window() : m.plan_answer_each();
    case 'together':
      return m.plan_answer_together();
    case 'either':
      return m.plan_answer_either();
    case 'calendar-day-before':
      return m.plan_answer_calendar_day_before();
    case 'since-last-report':
      return m.plan_answer_since_last_report();
    default:
      if (!/^\d{4}-\d{2}-\d{2}$/.test(answer)) return answer;
      return kind === 'before-which-end' ? m.plan_answer_until({ day: dayWord(answer) }) : dayWord(answer);
  }
}

/** Units of the ward, the groups, somebody outside. */
export const whoChoices = (plan: Pick<PlanReply, 'units'>): Choice[] => [
  ...plan.units.map(({ id, name }) => ({ value: id, label: name })),
  { value: GROUPS, label: m.plan_who_groups() },
  { value: OUTSIDE, label: m.plan_who_outside() },
];
