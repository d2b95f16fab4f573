// Roles and kinds of units in words.
import { m } from '#messages/messages.js';
import { ROLES } from '#platform/api/actor.ts';
import type { Role } from '#platform/api/actor.ts';
import { UNIT_KINDS } from '#features/people/model.ts';
import type { UnitRow } from '#features/people/schema-register.ts';
import type { Choice } from '#ui/forms.ts';

const ROLE: Readonly<Record<Role, () => string>> = {
  administrator: () => m.people_role_administrator(),
  leader: () => m.people_role_leader(),
  'unit-head': () => m.people_role_unit_head(),
  'unit-member': () => m.people_role_unit_member(),
  'area-officer': () => m.people_role_area_officer(),
  'group-leader': () => m.people_role_group_leader(),
  'deputy-leader': () => m.people_role_deputy_leader(),
  'field-member': () => m.people_role_field_member(),
  'duty-desk': () => m.people_role_duty_desk(),
  clerk: () => m.people_role_clerk(),
  'city-viewer': () => m.people_role_city_viewer(),
  auditor: () => m.people_role_auditor(),
};

export const roleWord = (role: Role): string => ROLE[role]();

/** "Tổ trưởng · TDP Đình Hạ 2" */
export const roleAt = (held: { readonly role: Role; readonly place: string | null }): string =>
  held.place === null ? roleWord(held.role) : `${roleWord(held.role)} · ${held.place}`;

/** One line for each role, its places together: an area officer has five groups. */
export function rolesTogether(
  held: readonly { readonly role: Role; readonly place: string | null }[],
): string[] {
  return [...new Set(held.map(({ role }) => role))].map((role) => {
    const places = held.flatMap((one) => (one.role === role && one.place !== null ? [one.place] : []));
    return roleAt({ role, place: places.length > 0 ? places.join(', ') : null });
  });
}

export const roleChoices = (): Choice[] => ROLES.map((role) => ({ value: role, label: roleWord(role) }));

const KIND: Readonly<Record<UnitRow['kind'], () => string>> = {
  police: () => m.people_unit_police(),
  office: () => m.people_unit_office(),
  service: () => m.people_unit_service(),
  party: () => m.people_unit_party(),
  front: () => m.people_unit_front(),
  union: () => m.people_unit_union(),
  military: () => m.people_unit_military(),
  school: () => m.people_unit_school(),
  clinic: () => m.people_unit_clinic(),
  other: () => m.people_unit_other(),
};

export const kindWord = (kind: UnitRow['kind']): string => KIND[kind]();
export const kindChoices = (): Choice[] => UNIT_KINDS.map((kind) => ({ value: kind, label: kindWord(kind) }));

const ACTION: Readonly<Record<string, () => string>> = {
  'people.added': () => m.people_did_added(),
  'people.changed': () => m.people_did_changed(),
  'people.closed': () => m.people_did_closed(),
  'people.reopened': () => m.people_did_reopened(),
  'people.role-given': () => m.people_did_role_given(),
  'people.role-ended': () => m.people_did_role_ended(),
  'people.account-given': () => m.people_did_account_given(),
  'people.account-ended': () => m.people_did_account_ended(),
  'people.password-reset': () => m.people_did_password_reset(),
  'people.password-changed': () => m.people_did_password_changed(),
  'people.card-issued': () => m.people_did_card_issued(),
  'people.signed-in': () => m.people_did_signed_in(),
  'people.signed-out': () => m.people_did_signed_out(),
  'people.sessions-ended': () => m.people_did_sessions_ended(),
  'people.second-factor-on': () => m.people_did_second_factor_on(),
  'people.second-factor-off': () => m.people_did_second_factor_off(),
  'people.passkey-added': () => m.people_did_passkey_added(),
  'people.passkey-removed': () => m.people_did_passkey_removed(),
  'people.proved': () => m.people_did_proved(),
  'people.reset-at-machine': () => m.people_did_reset_at_machine(),
};

export const actionWord = (action: string): string => ACTION[action]?.() ?? action;
