-- Places where something hangs: cultural houses, schools, markets, boards, banners, the pano. A site stands under a
-- channel of posters, banners or panels, which says whose it is; that something was hung is a post in that channel, and
-- so evidence of the duties that ask for it. And the printed matter: what was printed, given out, and is left.

create table sites (
  ward_id int not null,
  id uuid not null,
  channel_id uuid not null,
  kind text not null constraint sites_kind check (
    kind in ('cultural-house', 'school', 'market', 'office', 'board', 'banner', 'pano', 'other')),
  name text not null,
  address text,
  check_days int not null constraint sites_check_days check (check_days between 1 and 366),
  opened_on date not null,
  closed_on date,
  constraint sites_pkey primary key (ward_id, id),
  constraint sites_channel foreign key (ward_id, channel_id) references channels (ward_id, id)
);
select protect_ward_table('sites');
create unique index sites_name_once on sites (ward_id, channel_id, name) where closed_on is null;

create table hangings (
  ward_id int not null,
  -- the post's own id: one act, one row, whoever looks for it
  id uuid not null,
  site_id uuid not null,
  what text not null,
  copies int not null constraint hangings_copies check (copies between 1 and 1000),
  hung_on date not null,
  down_on date,
  down_by uuid,
  constraint hangings_pkey primary key (ward_id, id),
  constraint hangings_post foreign key (ward_id, id) references posts (ward_id, id),
  constraint hangings_site foreign key (ward_id, site_id) references sites (ward_id, id),
  constraint hangings_down_by foreign key (ward_id, down_by) references people (ward_id, id),
  constraint hangings_down check ((down_on is null) = (down_by is null)),
  constraint hangings_days check (down_on >= hung_on)
);
select protect_ward_table('hangings');
create index hangings_by_site on hangings (ward_id, site_id);

create table site_checks (
  ward_id int not null,
  id uuid not null,
  site_id uuid not null,
  condition text not null constraint site_checks_condition check (condition in ('good', 'worn', 'damaged', 'gone')),
  picture_sha256 bytea constraint site_checks_picture check (length(picture_sha256) = 32),
  note text,
  checked_at timestamptz not null,
  checked_by uuid not null,
  constraint site_checks_pkey primary key (ward_id, id),
  constraint site_checks_site foreign key (ward_id, site_id) references sites (ward_id, id),
  constraint site_checks_by foreign key (ward_id, checked_by) references people (ward_id, id)
);
select protect_ward_table('site_checks');
create index site_checks_by_site on site_checks (ward_id, site_id, checked_at desc);

create table print_runs (
  ward_id int not null,
  id uuid not null,
  kind text not null constraint print_runs_kind check (kind in ('poster', 'leaflet', 'banner')),
  what text not null,
  printed int not null constraint print_runs_printed check (printed between 1 and 1000000),
  printed_on date not null,
  noted_by uuid not null,
  constraint print_runs_pkey primary key (ward_id, id),
  constraint print_runs_by foreign key (ward_id, noted_by) references people (ward_id, id)
);
select protect_ward_table('print_runs');

create table print_handouts (
  ward_id int not null,
  run_id uuid not null,
  id uuid not null,
  -- null: to somebody who is no residential group, named in the note
  area_id uuid,
  copies int not null constraint print_handouts_copies check (copies between 1 and 1000000),
  note text,
  given_on date not null,
  given_by uuid not null,
  constraint print_handouts_pkey primary key (ward_id, run_id, id),
  constraint print_handouts_run foreign key (ward_id, run_id) references print_runs (ward_id, id),
  constraint print_handouts_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint print_handouts_by foreign key (ward_id, given_by) references people (ward_id, id)
);
select protect_ward_table('print_handouts');
