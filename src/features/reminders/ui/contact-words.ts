// The words of human contact and of roles, as the call board says them.
import { m } from '#messages/messages.js';
import type { ContactWay } from '#features/reminders/model.ts';

/** In the order of use: most calls are taken. */
export const WAYS: readonly ContactWay[] = ['called', 'no-answer', 'zalo', 'sms', 'met'];

const WORDS: Record<ContactWay, () => string> = {
  called: () => m.reminders_way_called(),
  'no-answer': () => m.reminders_way_no_answer(),
  zalo: () => m.reminders_way_zalo(),
  sms: () => m.reminders_way_sms(),
  met: () => m.reminders_way_met(),
};
export const contactWords = (way: ContactWay): string => WORDS[way]();

const ROLES: Readonly<Record<string, () => string>> = {
  'group-leader': () => m.reminders_role_leader(),
  'deputy-leader': () => m.reminders_role_deputy(),
  'area-officer': () => m.reminders_role_officer(),
  'unit-head': () => m.reminders_role_head(),
};
export const roleWords = (role: string): string => ROLES[role]?.() ?? m.reminders_role_member();
