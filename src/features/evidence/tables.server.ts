// The feature's tables as Kysely sees them, and what it reads of people and areas. SQL stands in the stores only.
import type { WardTransaction } from '#platform/database/database.server.ts';

interface EvidenceTable {
  ward_id: number;
  campaign_id: string;
  id: string;
  area_id: string | null;
  unit_id: string | null;
  work_on: string;
  done_at: Date;
  received_at: Date;
  author_id: string;
  entered_by: string | null;
  channel: string | null;
  note: string | null;
  link: string | null;
  count: number;
  source: string;
  undone_at: Date | null;
  undone_by: string | null;
  undone_reason: string | null;
  reached_by: 'zalo' | 'phone' | 'paper' | 'in-person' | null;
  reached_at: Date | null;
  feed_id: string;
  change_n: number;
}

interface ExcusesTable {
  ward_id: number;
  campaign_id: string;
  id: string;
  item_id: string;
  area_id: string | null;
  period_start: string;
  reason: string;
  granted_at: Date;
  granted_by: string;
  revoked_at: Date | null;
  revoked_by: string | null;
  revoked_reason: string | null;
  feed_id: string;
  change_n: number;
}

interface CampaignActsTable {
  ward_id: number;
  campaign_id: string;
  id: string;
  kind: 'issued' | 'launched';
  done_on: string;
  number: string | null;
  note: string | null;
  link: string | null;
  media_sha256: Buffer | null;
  recorded_at: Date;
  recorded_by: string;
  undone_at: Date | null;
  undone_by: string | null;
  undone_reason: string | null;
  feed_id: string;
  change_n: number;
}

/** A type and not an interface: `withTables` asks for an open record. */
export type EvidenceTables = {
  evidence: EvidenceTable;
  evidence_items: { ward_id: number; campaign_id: string; evidence_id: string; item_id: string };
  evidence_media: { ward_id: number; campaign_id: string; evidence_id: string; sha256: Buffer };
  evidence_answers: {
    ward_id: number;
    campaign_id: string;
    record_id: string;
    body_hash: Buffer;
    answer: string;
  };
  evidence_uploads: { ward_id: number; sha256: Buffer; person_id: string; uploaded_at: Date };
  excuses: ExcusesTable;
  campaign_acts: CampaignActsTable;
  campaigns: {
    ward_id: number;
    id: string;
    name: string;
    short_name: string;
    leading_unit_id: string | null;
    from_on: string;
    to_on: string;
    state: 'draft' | 'active' | 'closed';
  };
  plan_confirmed_versions: {
    ward_id: number;
    campaign_id: string;
    version: number;
    in_force_from: string;
    in_force_to: string | null;
    days: unknown;
    links: unknown;
    amending_number: string | null;
    amending_on: string | null;
  };
  plan_confirmed_items: {
    ward_id: number;
    campaign_id: string;
    version: number;
    item_id: string;
    position: number;
    body: unknown;
    quote_start: number | null;
    quote_end: number | null;
    words: string | null;
  };
  area_successors: { ward_id: number; area_id: string; successor_id: string };
  area_paths: { ward_id: number; area_id: string; path: string[] };
  areas: {
    ward_id: number;
    id: string;
    kind: 'group' | 'lane';
    parent_id: string | null;
    name: string;
    short_name: string;
    position: number;
    valid_from: string;
    valid_to: string | null;
    feed_id: string;
  };
  units: {
    ward_id: number;
    id: string;
    kind: string;
    name: string;
    short_name: string;
    position: number;
    valid_from: string;
    valid_to: string | null;
  };
  people: { ward_id: number; id: string; name: string; sort_key: string; title: string | null };
  grants: {
    ward_id: number;
    person_id: string;
    role: string;
    area_id: string | null;
    unit_id: string | null;
    from_at: Date;
    to_at: Date | null;
  };
};

export const evidenceTables = (trx: WardTransaction) => trx.withTables<EvidenceTables>();
