// Posts, gaps and what a phone carries, in words.
import { m } from '#messages/messages.js';
import { getLocale } from '#messages/runtime.js';
import { PHONE_BUDGET } from '#features/assignment/model.ts';
import type { GapKind, PhoneLoad, Post } from '#features/assignment/model.ts';
import { formatCount, formatDate } from '#ui/format.ts';
import type { IconName } from '#ui/icons.ts';
import type { Tone } from '#ui/states.ts';

const POST: Readonly<Record<Post, () => string>> = {
  'area-officer': () => m.people_role_area_officer(),
  'group-leader': () => m.people_role_group_leader(),
  'deputy-leader': () => m.people_role_deputy_leader(),
  'field-member': () => m.assignment_post_team(),
};
export const postWord = (post: Post): string => POST[post]();

/** Of a role that may be stood in for: a post of a group, or the head of a unit. */
export const roleWord = (role: Post | 'unit-head'): string =>
  role === 'unit-head' ? m.people_role_unit_head() : postWord(role);

export interface GapLook {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly word: string;
}

export function gapLook({ kind, on }: { readonly kind: GapKind; readonly on: string | null }): GapLook {
  if (kind === 'vacant') return { tone: 'danger', icon: 'alert', word: m.assignment_gap_vacant() };
  if (kind === 'away') return { tone: 'danger', icon: 'alert', word: m.assignment_gap_away() };
  return {
    tone: 'attention',
    icon: 'late',
    word: m.assignment_gap_ahead({ day: on === null ? '' : formatDate(on, getLocale()) }),
  };
}

/** "3 tổ · 812 hộ" */
export function loadWord({ groups, households }: Pick<PhoneLoad, 'groups' | 'households'>): string {
  if (groups === 0) return m.assignment_load_none();
  return m.assignment_load({ groups, households: formatCount(households, getLocale()) });
}

export const overWord = (name: string, load: PhoneLoad): string =>
  m.assignment_over({
    name,
    households: formatCount(load.households, getLocale()),
    megabytes: load.megabytes,
    most: formatCount(PHONE_BUDGET.households, getLocale()),
  });
