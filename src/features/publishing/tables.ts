// The feature's tables as Kysely sees them. SQL stands in the stores only.
import type { Pillar, TextState } from '#features/publishing/model.ts';

interface TextVersionsTable {
  ward_id: number;
  text_id: string;
  version: number;
  body: unknown;
  search: string;
  state: TextState;
  written_by: string;
  written_at: Date;
  checked_by: string | null;
  checked_at: Date | null;
  approved_by: string | null;
  approved_at: Date | null;
  withdrawn_by: string | null;
  withdrawn_at: Date | null;
  withdrawn_reason: string | null;
}

/** A type and not an interface: `withTables` asks for an open record. */
export type PublishingTables = {
  texts: {
    ward_id: number;
    id: string;
    pillar: Pillar;
    slug: string;
    audience: string[];
    valid_from: string | null;
    valid_to: string | null;
    is_starter: boolean;
    created_at: Date;
    feed_id: string;
    change_n: number;
  };
  text_versions: TextVersionsTable;
  text_pieces: {
    ward_id: number;
    text_id: string;
    version: number;
    form: string;
    body: string | null;
    edited_by: string;
    edited_at: Date;
  };
  publishing_settings: {
    ward_id: number;
    speaker_name: string | null;
    hotline: string | null;
    office_hours: string | null;
    address: string | null;
    syllables_per_minute: number | null;
    spoken_words: unknown;
    updated_by: string;
    updated_at: Date;
  };
  people: { ward_id: number; id: string; name: string };
  wards: { ward_id: number; name: string };
  ward_addresses: { ward_id: number; code: string };
};
