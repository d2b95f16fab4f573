-- Residential groups and lanes with dates of validity: groups merge, split and are renamed by decision of the ward's
-- council (Decree 185/2026 art. 9; before it Decree 27/2018), so an id never dies and a closed group names successors.

create table areas (
  ward_id int not null constraint areas_ward references wards (ward_id),
  id uuid not null,
  kind text not null constraint areas_kind check (kind in ('group', 'lane')),
  parent_id uuid,
  name text not null,
  short_name text not null,
  position int not null default 0,
  search text generated always as (search_key(name)) stored,
  valid_from date not null,
  valid_to date,
  decision text,
  feed_id uuid not null,
  change_n bigint not null,
  constraint areas_pkey primary key (ward_id, id),
  constraint areas_parent foreign key (ward_id, parent_id) references areas (ward_id, id),
  constraint areas_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id),
  constraint areas_lane_has_group check ((kind = 'lane') = (parent_id is not null)),
  constraint areas_dates check (valid_to is null or valid_to >= valid_from)
);
select protect_ward_table('areas');
create unique index areas_group_name_once on areas (ward_id, lower(name)) where kind = 'group' and valid_to is null;

create table area_successors (
  ward_id int not null,
  area_id uuid not null,
  successor_id uuid not null,
  constraint area_successors_pkey primary key (ward_id, area_id, successor_id),
  constraint area_successors_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint area_successors_successor foreign key (ward_id, successor_id) references areas (ward_id, id)
);
select protect_ward_table('area_successors');

create table area_names (
  ward_id int not null,
  area_id uuid not null,
  name text not null,
  valid_from date not null,
  valid_to date,
  decision text,
  constraint area_names_pkey primary key (ward_id, area_id, valid_from),
  constraint area_names_area foreign key (ward_id, area_id) references areas (ward_id, id)
);
select protect_ward_table('area_names');

-- Number of households by the group's own book, stated by one person and confirmed by another, versioned.
create table area_declarations (
  ward_id int not null,
  area_id uuid not null,
  version int not null,
  households int not null constraint area_declarations_households check (households between 0 and 20000),
  temporary_households int not null default 0,
  stated_by uuid not null,
  stated_at timestamptz not null,
  confirmed_by uuid,
  confirmed_at timestamptz,
  constraint area_declarations_pkey primary key (ward_id, area_id, version),
  constraint area_declarations_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint area_declarations_temporary check (temporary_households between 0 and households),
  constraint area_declarations_two_persons check (confirmed_by is null or confirmed_by <> stated_by)
);
select protect_ward_table('area_declarations');
