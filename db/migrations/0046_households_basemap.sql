-- A ward's own file of map tiles (PMTiles), drawn beneath its doors. One at a time; a new one takes the place of the old.
create table ward_basemaps (
  ward_id int not null,
  -- null: taken away again
  sha256 bytea constraint ward_basemaps_sha256 check (length(sha256) = 32),
  kind text not null constraint ward_basemaps_kind check (kind in ('vector', 'png', 'jpeg', 'webp')),
  min_zoom int not null,
  max_zoom int not null,
  -- degrees: west, south, east, north
  bounds float8[] not null constraint ward_basemaps_bounds check (cardinality(bounds) = 4),
  -- who made the map, in plain words; shown beneath it
  attribution text constraint ward_basemaps_attribution check (length(attribution) <= 300),
  -- what a vector tile holds, by the names its file gives
  layers text[] not null default '{}',
  brought_at timestamptz not null,
  brought_by uuid not null,
  constraint ward_basemaps_pkey primary key (ward_id),
  constraint ward_basemaps_zooms check (0 <= min_zoom and min_zoom <= max_zoom and max_zoom <= 24),
  constraint ward_basemaps_media foreign key (ward_id, sha256) references media (ward_id, sha256),
  constraint ward_basemaps_by foreign key (ward_id, brought_by) references people (ward_id, id)
);
select protect_ward_table('ward_basemaps');
