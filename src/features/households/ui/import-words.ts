// Words of lists that come as files: what a column is, what is wrong in a row, why a line was left out.
import { m } from '#messages/messages.js';
import type { Field } from '#features/households/import/columns.ts';

const FAULTS: Readonly<Record<string, () => string>> = {
  'no-head': m.households_fault_no_head,
  'no-group': m.households_fault_no_group,
  'unknown-group': m.households_fault_unknown_group,
  'cell-error': m.households_fault_cell_error,
  'twice-in-file': m.households_fault_twice_in_file,
  'in-register': m.households_fault_in_register,
  'no-lane': m.households_fault_no_lane,
  'no-house': m.households_fault_no_house,
  'phone-unreadable': m.households_fault_phone_unreadable,
  'members-unreadable': m.households_fault_members_unreadable,
  'residence-unknown': m.households_fault_residence_unknown,
  'name-odd': m.households_fault_name_odd,
  'similar-in-register': m.households_fault_similar,
  'old-unit': m.households_fault_old_unit,
  'house-was-date': m.households_fault_house_was_date,
  'phone-renewed': m.households_fault_phone_renewed,
  'phone-zero': m.households_fault_phone_zero,
  'name-capitals': m.households_fault_name_capitals,
  'two-phones': m.households_fault_two_phones,
};
export const faultWord = (fault: string): string => FAULTS[fault]?.() ?? fault;

const WEIGHTS: Readonly<Record<string, () => string>> = {
  error: m.households_weight_error,
  ask: m.households_weight_ask,
  check: m.households_weight_check,
  fixed: m.households_weight_fixed,
};
export const weightWord = (weight: string): string => WEIGHTS[weight]?.() ?? weight;

const LEFT: Readonly<Record<string, () => string>> = {
  title: m.households_left_out_title,
  numbers: m.households_left_out_numbers,
  'head-again': m.households_left_out_head_again,
  sum: m.households_left_out_sum,
  foot: m.households_left_out_foot,
  section: m.households_left_out_section,
};
export const leftOutWord = (why: string): string => LEFT[why]?.() ?? why;

const STATES: Readonly<Record<string, () => string>> = {
  draft: m.households_import_draft,
  running: m.households_import_running,
  done: m.households_import_done,
  failed: m.households_import_failed,
  undone: m.households_import_undone,
};
export const importStateWord = (state: string): string => STATES[state]?.() ?? state;

/** The fields a person can choose a column for; the others only help reading. */
export const CHOOSABLE: readonly (readonly [Field, () => string])[] = [
  ['head', m.households_head],
  ['group', m.households_group],
  ['lane', m.households_lane],
  ['house', m.households_house_number],
  ['address', m.households_address_column],
  ['members', m.households_members],
  ['phone', m.households_phone],
  ['residence', m.households_residence],
  ['relation', m.households_relation],
];
