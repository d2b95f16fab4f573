/**
 * Every state a badge can show: word + icon + tone, never colour alone. Three families share the look: work with a
 * due time, records on their way from the phone, and reports against a deadline.
 */
import { m } from '#messages/messages.js';
import type { IconName } from './icons.ts';

export type Tone = 'neutral' | 'action' | 'attention' | 'danger' | 'done';

export interface StateLook {
  tone: Tone;
  icon: IconName;
  /** Nothing is known: drawn with a broken edge, so that it is not read as a result. */
  open?: boolean;
  word: () => string;
}

export const STATES = {
  upcoming: { tone: 'neutral', icon: 'calendar', word: () => m.ui_state_upcoming() },
  due: { tone: 'attention', icon: 'clock', word: () => m.ui_state_due() },
  met: { tone: 'done', icon: 'done', word: () => m.ui_state_met() },
  late: { tone: 'danger', icon: 'late', word: () => m.ui_state_late() },
  missed: { tone: 'danger', icon: 'missed', word: () => m.ui_state_missed() },
  excused: { tone: 'neutral', icon: 'pause', word: () => m.ui_state_excused() },
  'no-information': { tone: 'neutral', icon: 'help', open: true, word: () => m.ui_state_no_information() },

  'not-sent': { tone: 'attention', icon: 'upload', word: () => m.ui_sync_not_sent() },
  received: { tone: 'action', icon: 'inbox', word: () => m.ui_sync_received() },
  'in-figures': { tone: 'done', icon: 'check', word: () => m.ui_sync_in_figures() },

  'report-not-sent': { tone: 'attention', icon: 'clock', word: () => m.ui_report_not_sent() },
  'report-drafted': { tone: 'action', icon: 'pen', word: () => m.ui_report_drafted() },
  'report-on-time': { tone: 'done', icon: 'done', word: () => m.ui_report_on_time() },
  'report-on-time-by-hand': { tone: 'done', icon: 'phone', word: () => m.ui_report_on_time_by_hand() },
  'report-late': { tone: 'danger', icon: 'late', word: () => m.ui_report_late() },
  'report-no-figures': { tone: 'attention', icon: 'alert', open: true, word: () => m.ui_report_no_figures() },
  'report-missing': { tone: 'danger', icon: 'missed', word: () => m.ui_report_missing() },
  'report-excused': { tone: 'neutral', icon: 'pause', word: () => m.ui_report_excused() },
} as const satisfies Record<string, StateLook>;

export type StateName = keyof typeof STATES;
