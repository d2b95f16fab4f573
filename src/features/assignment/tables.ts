// The table this feature owns and the views it reads (a type and not an interface: `withTables` asks for an open record).
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Role } from '#platform/api/actor.ts';

export type AssignmentTables = {
  absences: {
    ward_id: number;
    id: string;
    person_id: string;
    from_on: string;
    to_on: string;
    reason: string;
    noted_by: string;
    noted_at: Date;
    ended_at: Date | null;
    ended_by: string | null;
  };
  duty_hands: {
    ward_id: number;
    id: string;
    campaign_id: string;
    item_id: string;
    unit_id: string;
    person_id: string;
    from_at: Date;
    to_at: Date | null;
    handed_by: string;
    ended_by: string | null;
  };
  /** Published by people. */
  responsibilities: {
    ward_id: number;
    grant_id: string;
    person_id: string;
    person: string;
    role: Role;
    area_id: string | null;
    unit_id: string | null;
    from_at: Date;
    to_at: Date | null;
    stands_in_for: string | null;
    reason: string | null;
    granted_by: string | null;
    end_reason: string | null;
    ended_by: string | null;
  };
  people: {
    ward_id: number;
    id: string;
    name: string;
    sort_key: string;
    title: string | null;
    phone: string | null;
    closed_at: Date | null;
  };
  /** Published by people: who has a phone bound by a card. */
  bound_phones: { ward_id: number; person_id: string; bound_at: Date };
  units: { ward_id: number; id: string; name: string; short_name: string };
  /** Published by areas. */
  group_households: {
    ward_id: number;
    group_id: string;
    name: string;
    short_name: string;
    position: number;
    valid_from: string;
    valid_to: string | null;
    households: number | null;
    stated_households: number | null;
  };
  campaigns: {
    ward_id: number;
    id: string;
    leading_unit_id: string | null;
    state: 'draft' | 'active' | 'closed';
    from_on: string;
    to_on: string;
    short_name: string;
  };
};

export const assignmentTables = (trx: WardTransaction) => trx.withTables<AssignmentTables>();
