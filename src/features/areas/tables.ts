// The feature's tables and the views it publishes, as Kysely reads them. Types only.
import type { Generated } from 'kysely';

export interface AreasTable {
  ward_id: number;
  id: string;
  kind: 'group' | 'lane';
  parent_id: string | null;
  name: string;
  short_name: string;
  position: Generated<number>;
  search: Generated<string>;
  valid_from: string;
  valid_to: string | null;
  decision: string | null;
  decision_on: string | null;
  closed_by: string | null;
  closed_by_on: string | null;
  feed_id: string;
  change_n: number;
}

export interface AreaNamesTable {
  ward_id: number;
  area_id: string;
  name: string;
  short_name: string | null;
  valid_from: string;
  valid_to: string | null;
  decision: string | null;
  decision_on: string | null;
}

export interface AreaDeclarationsTable {
  ward_id: number;
  area_id: string;
  version: number;
  households: number;
  temporary_households: number;
  stated_by: string;
  stated_at: Date;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  counted_on: string | null;
  note: string | null;
}

export type AreaTables = {
  areas: AreasTable;
  area_names: AreaNamesTable;
  area_successors: { ward_id: number; area_id: string; successor_id: string };
  area_declarations: AreaDeclarationsTable;
  reference_units: {
    code: string;
    level: 'country' | 'city' | 'ward';
    name: string;
    parent_code: string | null;
    valid_from: string;
    valid_to: string | null;
    source: string;
  };
};
