// The tables this feature owns and what it reads of others (a type and not an interface: `withTables` asks for an open
// record).
import type { ColumnType, Generated } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';

export type ProposalState = 'proposed' | 'accepted' | 'set-aside';

export type DirectiveTables = {
  directives: {
    ward_id: number;
    id: string;
    number: string;
    issued_on: string;
    issuer: string;
    subject: string;
    file_sha256: Buffer | null;
    file_name: string | null;
    source: string | null;
    search: Generated<string>;
    entered_by: string;
    entered_at: Date;
    withdrawn_by: string | null;
    withdrawn_at: Date | null;
    withdrawn_reason: string | null;
  };
  directive_proposals: {
    ward_id: number;
    directive_id: string;
    id: string;
    position: number;
    /** Written as JSON text, read as a value. */
    body: ColumnType<unknown, string, string>;
    words: string;
    state: Generated<ProposalState>;
    reason: string | null;
    campaign_id: string | null;
    item_id: string | null;
    decided_by: string | null;
    decided_at: Date | null;
  };
  directive_citations: {
    ward_id: number;
    directive_id: string;
    id: string;
    campaign_id: string;
    item_id: string | null;
    made_by: string;
    made_at: Date;
    undone_by: string | null;
    undone_at: Date | null;
  };
  media: {
    ward_id: number;
    sha256: Buffer;
    media_type: string;
    bytes: number;
    stored_at: Date;
    stored_by: string | null;
  };
  people: { ward_id: number; id: string; name: string };
  campaigns: { ward_id: number; id: string; short_name: string; leading_unit_id: string | null };
  /** Published by plan: of each item the newest confirmed wording. */
  plan_confirmed_items: {
    ward_id: number;
    campaign_id: string;
    version: number;
    item_id: string;
    body: unknown;
  };
};

export const directiveTables = (trx: WardTransaction) => trx.withTables<DirectiveTables>();
