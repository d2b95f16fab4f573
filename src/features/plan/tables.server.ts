// The plan's tables as Kysely sees them. SQL on them stands in store.server.ts and draft-store.server.ts only.
import type { ColumnType, Generated } from 'kysely';
import type { WardTransaction } from '#platform/database/database.server.ts';

export type CampaignState = 'draft' | 'active' | 'closed';
export type VersionState = 'draft' | 'confirmed' | 'discarded';
export type ItemKind = 'target' | 'duty' | 'report';
export type ItemReview = 'open' | 'accepted' | 'ignored';
export type ItemOrigin = 'read' | 'added' | 'copied';
export type PhraseState = 'open' | 'read' | 'ignored';
export type LinkState = 'proposed' | 'linked' | 'apart';

/** Written as JSON text, read as a value. */
type Json<T> = ColumnType<T, string | undefined, string>;

export type PlanTables = {
  campaigns: {
    ward_id: number;
    id: string;
    name: string;
    short_name: string;
    leading_unit_id: string | null;
    from_on: string;
    to_on: string;
    state: CampaignState;
    settings: Json<Record<string, unknown>>;
    copied_from: string | null;
    created_at: Date;
    created_by: string | null;
    feed_id: string;
    change_n: number;
  };
  plan_versions: {
    ward_id: number;
    campaign_id: string;
    version: number;
    state: VersionState;
    source: string;
    document_name: string | null;
    document_sha256: Buffer | null;
    reading: unknown;
    answers: Json<Record<string, unknown>>;
    in_force_from: string | null;
    amending_number: string | null;
    amending_on: string | null;
    amending_note: string | null;
    created_at: Date;
    created_by: string | null;
    confirmed_at: Date | null;
    confirmed_by: string | null;
    feed_id: string;
    change_n: number;
    days: unknown;
  };
  plan_items: { ward_id: number; campaign_id: string; id: string; kind: ItemKind };
  plan_version_items: {
    ward_id: number;
    campaign_id: string;
    version: number;
    item_id: string;
    position: number;
    body: unknown;
    quote_start: number | null;
    quote_end: number | null;
    review: ItemReview;
    ignored_reason: string | null;
    revision: Generated<number>;
    origin: Generated<ItemOrigin>;
    changed_in: number | null;
    edited_at: Date | null;
    edited_by: string | null;
  };
  plan_version_phrases: {
    ward_id: number;
    campaign_id: string;
    version: number;
    id: string;
    quote_start: number;
    quote_end: number;
    lacks: string;
    why: string;
    state: PhraseState;
    item_id: string | null;
    reason: string | null;
    revision: Generated<number>;
  };
  plan_version_links: {
    ward_id: number;
    campaign_id: string;
    version: number;
    item_a: string;
    item_b: string;
    state: LinkState;
  };
  plan_actor_names: {
    ward_id: number;
    name_key: string;
    name: string;
    meaning: 'unit' | 'groups' | 'outside';
    unit_id: string | null;
    said_at: Date;
    said_by: string | null;
  };
  people: { ward_id: number; id: string; name: string };
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
};

export const planTables = (trx: WardTransaction) => trx.withTables<PlanTables>();
