// The feature's tables as Kysely reads them. Types only.
import type { Generated } from 'kysely';

export interface VisitsTable {
  ward_id: number;
  id: string;
  campaign_id: string;
  household_id: string;
  group_id: string;
  outcome: string;
  channel: string;
  place: string;
  how: string;
  come_back_at: Date | null;
  met_who: string | null;
  members_told: number | null;
  topics: Generated<string[]>;
  zalo_state: string | null;
  zalo_received_by: string | null;
  flyer_left: boolean | null;
  team_id: Generated<string | null>;
  media: Generated<number>;
  author_id: string;
  entered_by: string | null;
  done_at: Date;
  work_on: string;
  received_at: Date;
  flags: string[];
  taken_back_at: Generated<Date | null>;
  taken_back_by: Generated<string | null>;
  taken_back_reason: Generated<string | null>;
  feed_id: string;
  change_n: number;
}

export type VisitTables = {
  visits: VisitsTable;
  visit_reviews: { ward_id: number; visit_id: string; reviewed_by: string; reviewed_at: Date };
};
