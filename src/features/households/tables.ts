// The feature's tables and the views it publishes, as Kysely reads them. Types only.
import type { Generated } from 'kysely';

interface Feed {
  feed_id: string;
  change_n: number;
}

export interface DwellingsTable extends Feed {
  ward_id: number;
  id: string;
  lane_id: string;
  group_id: string;
  house_number: string;
  kind: 'house' | 'flat' | 'boarding-house';
  position_lat: number | null;
  position_lon: number | null;
  marks: Generated<unknown>;
  closed_at: Generated<Date | null>;
  created_at: Date;
  import_id: Generated<string | null>;
}

export interface HouseholdsTable extends Feed {
  ward_id: number;
  id: string;
  dwelling_id: string;
  group_id: string;
  n: number;
  head_name: string;
  search: Generated<string>;
  residence: 'permanent' | 'temporary' | 'boarding';
  members: unknown;
  phone: string | null;
  address_written: Generated<string | null>;
  smartphone: Generated<boolean | null>;
  head_born_year: Generated<number | null>;
  identity_masked: Generated<string | null>;
  respected: Generated<boolean>;
  marks: Generated<unknown>;
  merged_into: Generated<string | null>;
  closed_at: Generated<Date | null>;
  closed_why: Generated<string | null>;
  erased_at: Generated<Date | null>;
  created_at: Date;
  created_by: string | null;
  import_id: Generated<string | null>;
}

export interface ExclusionsTable extends Feed {
  ward_id: number;
  id: string;
  campaign_id: string;
  household_id: string;
  reason: string;
  note: Generated<string | null>;
  asked_by: string;
  asked_at: Date;
  asked_team: Generated<string[]>;
  from_on: string;
  decided_at: Date | null;
  decided_by: string | null;
  decision: 'approved' | 'refused' | null;
  decided_reason: Generated<string | null>;
  ended_at: Generated<Date | null>;
  ended_by: Generated<string | null>;
  ended_reason: Generated<string | null>;
}

export interface HouseholdImportsTable {
  ward_id: number;
  id: string;
  file_name: string;
  file: Buffer | null;
  sheet: number;
  columns: unknown;
  group_id: string | null;
  accepted: number[];
  state: 'draft' | 'running' | 'done' | 'failed' | 'undone' | 'dropped';
  total: number;
  done: number;
  made: number;
  report: unknown;
  created_at: Date;
  created_by: string;
  confirmed_at: Generated<Date | null>;
  confirmed_by: Generated<string | null>;
  finished_at: Generated<Date | null>;
  undone_at: Generated<Date | null>;
  undone_by: Generated<string | null>;
}

export type HouseholdTables = {
  dwellings: DwellingsTable;
  households: HouseholdsTable;
  exclusions: ExclusionsTable;
  household_imports: HouseholdImportsTable;
  household_aliases: {
    ward_id: number;
    id: string;
    absorbed_id: string;
    household_id: string;
    merged_at: Date;
    merged_by: string;
    reason: string | null;
    undone_at: Generated<Date | null>;
    undone_by: Generated<string | null>;
  };
  feed_tombstones: { ward_id: number; feed_id: string; kind: string; id: string; change_n: number };
};
