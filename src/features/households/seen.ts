// Lanes, dwellings and households as a record meets them: what the readers of records.server.ts give.
import type { EditableHousehold } from '#features/households/engine/merging.ts';

export interface LaneRow {
  readonly id: string;
  readonly group_id: string;
}

export interface DwellingRow {
  readonly id: string;
  readonly group_id: string;
  readonly house_number: string;
  readonly kind: string;
  readonly claim_person: string | null;
  /** Milliseconds. */
  readonly claim_until: number | null;
}

export interface HouseholdRow extends EditableHousehold {
  readonly id: string;
  readonly group_id: string;
  readonly dwelling_id: string;
  readonly position_lat: number | null;
  readonly position_lon: number | null;
  readonly erased_at: string | null;
}
