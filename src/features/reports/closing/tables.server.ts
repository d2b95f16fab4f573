// Tables and published views of closing, as Kysely sees them.
import type { WardTransaction } from '#platform/database/database.server.ts';

export type Act = 'closed' | 'reopened' | 'listed' | 'deletion-set' | 'deleted' | 'exported';

export type ClosingTables = {
  closing_acts: {
    ward_id: number;
    campaign_id: string;
    n: number;
    act: Act;
    at: Date;
    by: string | null;
    note: string | null;
    data: unknown;
  };
  closing_remarks: {
    ward_id: number;
    campaign_id: string;
    id: string;
    subject: string;
    note: string;
    at: Date;
    by: string;
  };
  commendations: {
    ward_id: number;
    campaign_id: string;
    id: string;
    kind: 'group' | 'person';
    name: string;
    words: string;
    figures: unknown;
    state: 'proposed' | 'kept' | 'dropped';
    revision: number;
    changed_at: Date;
    changed_by: string;
  };
};

export const closingTables = (trx: WardTransaction) => trx.withTables<ClosingTables>();
