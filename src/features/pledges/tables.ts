// The feature's tables as Kysely reads them. Types only.
import type { Generated } from 'kysely';

export interface PledgesTable {
  ward_id: number;
  id: string;
  campaign_id: string;
  household_id: string;
  visit_id: string | null;
  group_id: string;
  original: 'paper' | 'phone';
  signer: string;
  witness: Generated<string | null>;
  strokes: Generated<Buffer | null>;
  text_version: number;
  receipt_code: Generated<Buffer | null>;
  members_told: Generated<number | null>;
  consents: Generated<string[]>;
  author_id: string;
  entered_by: string | null;
  signed_at: Date;
  work_on: string;
  received_at: Date;
  withdrawn_at: Generated<Date | null>;
  taken_back_at: Generated<Date | null>;
  feed_id: string;
  change_n: number;
}

export type PledgeTables = {
  pledges: PledgesTable;
  pledge_texts: {
    ward_id: number;
    campaign_id: string;
    version: number;
    title: string;
    body: string;
    consents: unknown;
    source: string | null;
    in_force_from: string;
    made_at: Date;
    made_by: string | null;
    feed_id: string;
    change_n: number;
  };
  paper_prints: {
    ward_id: number;
    id: string;
    campaign_id: string;
    group_id: string;
    lane_id: string | null;
    kind: 'pair' | 'blank' | 'collective';
    forms: number;
    printed_at: Date;
    printed_by: string;
  };
  paper_handovers: {
    ward_id: number;
    id: string;
    campaign_id: string;
    group_id: string;
    handed_at: Date;
    handed_by: string;
    note: string | null;
    taken_at: Date | null;
    taken_by: string | null;
    filed_at: Date | null;
    filed_by: string | null;
    filed_where: string | null;
  };
  paper_handover_pledges: { ward_id: number; pledge_id: string; handover_id: string };
  form_codes: {
    ward_id: number;
    campaign_id: string;
    household_id: string;
    code: string;
    made_at: Date;
    feed_id: string;
    change_n: number;
  };
};
