// Tables the floor itself reads and writes. A feature describes its own in its store.server.ts.
import type { Generated } from 'kysely';

export interface PlatformTables {
  installation: InstallationTable;
  wards: WardsTable;
  ward_codes: {
    ward_id: number;
    code: string;
    city_code: string;
    valid_from: string;
    valid_to: string | null;
  };
  ward_addresses: { code: string; ward_id: number };
  feeds: { ward_id: number; feed_id: string; kind: 'ward' | 'group'; n: Generated<number> };
  audit_entries: AuditEntriesTable;
  audit_values: { ward_id: number; entry_id: string; salt: Buffer; before: unknown; after: unknown };
  audit_seals: AuditSealsTable;
  media: MediaTable;
  account_wards: { account_id: string; ward_id: number; person_id: string };
}

interface InstallationTable {
  one: Generated<boolean>;
  kind: 'rehearsal' | 'real';
  epoch: string;
  campaign_now_ms: number | null;
  created_at: Generated<Date>;
}

interface WardsTable {
  ward_id: Generated<number>;
  name: string;
  settings: Generated<Record<string, unknown>>;
  created_at: Date;
}

interface AuditEntriesTable {
  ward_id: number;
  id: string;
  at: Date;
  campaign_at: Date;
  person_id: string | null;
  role: string | null;
  origin: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  value_hash: Buffer;
  seal_n: number | null;
}

interface AuditSealsTable {
  ward_id: number;
  n: number;
  previous_hash: Buffer;
  entries: number;
  hash: Buffer;
  sealed_at: Date;
}

interface MediaTable {
  ward_id: number;
  sha256: Buffer;
  media_type: string;
  bytes: number;
  stored_at: Date;
  stored_by: string | null;
}
