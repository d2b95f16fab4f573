// The feature's tables as Kysely sees them, and what it reads of groups, units and people. SQL stands in the stores only.
import type { WardTransaction } from '#platform/database/database.server.ts';
import type { Figures } from '#features/reports/figures.ts';
import type { Proof, ReportBody, WindowKind } from '#features/reports/model.ts';

type Way = 'zalo' | 'phone' | 'paper' | 'in-person';

interface ReportsTable {
  ward_id: number;
  campaign_id: string;
  id: string;
  item_id: string;
  area_id: string | null;
  unit_id: string | null;
  report_on: string;
  version: number;
  due_at: Date;
  window_kind: WindowKind;
  window_from: Date;
  window_to: Date;
  body: ReportBody;
  itemised: Figures;
  counted_n: number | null;
  complete: boolean;
  composed_at: Date | null;
  received_at: Date;
  decided_at: Date;
  author_id: string;
  entered_by: string | null;
  reached_by: Way | null;
  reached_at: Date | null;
  proof: Proof | null;
  proof_sha256: Buffer | null;
  words: string | null;
  correction: string | null;
  body_hash: Buffer;
  feed_id: string;
  change_n: number;
}

export type DocumentKind =
  'daily-report' | 'weekly-report' | 'period-report' | 'final-report' | 'plan' | 'notice' | 'minutes';
export type DocumentState =
  | 'draft'
  | 'content-checked'
  | 'form-checked'
  | 'signed'
  | 'numbered'
  | 'sealed'
  | 'issued'
  | 'filed'
  | 'replaced';

interface DocumentsTable {
  ward_id: number;
  campaign_id: string;
  id: string;
  kind: DocumentKind;
  from_on: string;
  to_on: string;
  state: DocumentState;
  data: unknown;
  data_hash: Buffer;
  words: unknown;
  revision: number;
  number: string | null;
  dated_on: string | null;
  replaces_id: string | null;
  replaces_why: string | null;
  edited_sha256: Buffer | null;
  signed_sha256: Buffer | null;
  made_at: Date;
  made_by: string;
  feed_id: string;
  change_n: number;
}

export type ReportTables = {
  reports: ReportsTable;
  report_settings: {
    ward_id: number;
    campaign_id: string;
    version: number;
    settings: unknown;
    set_at: Date;
    set_by: string | null;
  };
  report_drafts: {
    ward_id: number;
    campaign_id: string;
    item_id: string;
    place_id: string;
    report_on: string;
    body: ReportBody;
    saved_at: Date;
    saved_by: string;
  };
  report_mornings: {
    ward_id: number;
    campaign_id: string;
    item_id: string;
    report_on: string;
    frozen_at: Date;
    picture: unknown;
    hash: Buffer;
  };
  official_documents: DocumentsTable;
  official_document_steps: {
    ward_id: number;
    campaign_id: string;
    document_id: string;
    n: number;
    step: string;
    at: Date;
    by: string;
    note: string | null;
  };
  stated_figures: {
    ward_id: number;
    campaign_id: string;
    id: string;
    figure: string;
    of_on: string;
    value: number;
    source: string;
    stated_at: Date;
    stated_by: string;
  };
  superior_forms: {
    ward_id: number;
    campaign_id: string;
    id: string;
    name: string;
    media_sha256: Buffer;
    media_kind: 'xlsx' | 'docx';
    cells: unknown;
    uploaded_at: Date;
    uploaded_by: string;
    closed_at: Date | null;
  };
  paper_reserves: {
    ward_id: number;
    campaign_id: string;
    made_on: string;
    area_id: string | null;
    place_id: string;
    sha256: Buffer;
    bytes: number;
    made_at: Date;
  };
  check_visits: {
    ward_id: number;
    campaign_id: string;
    id: string;
    area_id: string | null;
    unit_id: string | null;
    checked_on: string;
    checkers: string;
    accountable: string | null;
    item_id: string | null;
    findings: string;
    follow_up: string | null;
    follow_up_by: string | null;
    done_at: Date | null;
    done_note: string | null;
    recorded_at: Date;
    recorded_by: string;
  };
  // Published by areas, people, plan.
  areas: {
    ward_id: number;
    id: string;
    kind: string;
    name: string;
    short_name: string;
    feed_id: string;
    valid_from: string;
    valid_to: string | null;
  };
  area_paths: { ward_id: number; area_id: string; path: string[] };
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
  units: {
    ward_id: number;
    id: string;
    name: string;
    short_name: string;
    kind: string;
    valid_to: string | null;
  };
  people: { ward_id: number; id: string; name: string; phone: string | null };
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

export const reportTables = (trx: WardTransaction) => trx.withTables<ReportTables>();
