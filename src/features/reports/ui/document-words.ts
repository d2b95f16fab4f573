/** Words for kinds, states and steps of official documents. */
import { m } from '#messages/messages.js';

const KINDS: Readonly<Record<string, () => string>> = {
  'daily-report': m.documents_kind_daily_report,
  'weekly-report': m.documents_kind_weekly_report,
  'period-report': m.documents_kind_period_report,
  'final-report': m.documents_kind_final_report,
  minutes: m.documents_kind_minutes,
};
const STATES: Readonly<Record<string, () => string>> = {
  draft: m.documents_state_draft,
  'content-checked': m.documents_state_content_checked,
  'form-checked': m.documents_state_form_checked,
  signed: m.documents_state_signed,
  numbered: m.documents_state_numbered,
  sealed: m.documents_state_sealed,
  issued: m.documents_state_issued,
  filed: m.documents_state_filed,
  replaced: m.documents_state_replaced,
};
const STEPS: Readonly<Record<string, () => string>> = {
  drafted: m.documents_step_drafted,
  'check-content': m.documents_step_check_content,
  'check-form': m.documents_step_check_form,
  sign: m.documents_step_sign,
  number: m.documents_step_number,
  seal: m.documents_step_seal,
  issue: m.documents_step_issue,
  file: m.documents_step_file,
  'send-back': m.documents_step_send_back,
  edited: m.documents_step_edited,
  'edited-dropped': m.documents_step_edited_dropped,
  'signed-file': m.documents_step_signed_file,
};

export const documentKind = (kind: string): string => KINDS[kind]?.() ?? kind;
export const documentState = (state: string): string => STATES[state]?.() ?? state;
export const documentStep = (step: string): string => STEPS[step]?.() ?? step;
