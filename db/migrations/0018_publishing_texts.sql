-- The ward's library: texts with their versions, who wrote, checked and approved each, and the pieces of the share kit
-- that somebody edited. What is public is computed: the latest approved version, within its days, never withdrawn.

create table texts (
  ward_id int not null,
  id uuid not null,
  pillar text not null constraint texts_pillar check (
    pillar in ('law', 'tactics', 'personal-data', 'results', 'first-hour', 'slogan')),
  slug text not null constraint texts_slug check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  audience text[] not null default '{}',
  valid_from date,
  valid_to date,
  -- Taken over from the starter library that comes with the product.
  is_starter boolean not null default false,
  created_at timestamptz not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint texts_pkey primary key (ward_id, id),
  constraint texts_slug_once unique (ward_id, slug),
  constraint texts_days check (valid_from is null or valid_to is null or valid_from < valid_to),
  constraint texts_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id)
);
select protect_ward_table('texts');

create table text_versions (
  ward_id int not null,
  text_id uuid not null,
  version int not null constraint text_versions_number check (version > 0),
  body jsonb not null,
  -- Folded words of title, summary and lines, for search.
  search text not null,
  state text not null constraint text_versions_state check (state in ('draft', 'checked', 'approved', 'withdrawn')),
  written_by uuid not null,
  written_at timestamptz not null,
  checked_by uuid,
  checked_at timestamptz,
  approved_by uuid,
  approved_at timestamptz,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint text_versions_pkey primary key (ward_id, text_id, version),
  constraint text_versions_text foreign key (ward_id, text_id) references texts (ward_id, id),
  constraint text_versions_writer foreign key (ward_id, written_by) references people (ward_id, id),
  constraint text_versions_checked check (
    (state = 'draft') = (checked_by is null) and (checked_by is null) = (checked_at is null)),
  constraint text_versions_approved check (
    (state in ('approved', 'withdrawn')) = (approved_by is not null) and (approved_by is null) = (approved_at is null)),
  constraint text_versions_withdrawn check (
    (state = 'withdrawn') = (withdrawn_by is not null)
    and (withdrawn_by is null) = (withdrawn_at is null) and (withdrawn_by is null) = (withdrawn_reason is null)),
  -- The second pair of eyes is never the writer's own.
  constraint text_versions_second_person check (checked_by <> written_by and approved_by <> written_by)
);
select protect_ward_table('text_versions');

create table text_pieces (
  ward_id int not null,
  text_id uuid not null,
  version int not null,
  form text not null constraint text_pieces_form check (form in ('zalo', 'page', 'portal', 'loudspeaker')),
  -- Null: somebody went back to what the kit proposes.
  body text,
  edited_by uuid not null,
  edited_at timestamptz not null,
  constraint text_pieces_pkey primary key (ward_id, text_id, version, form),
  constraint text_pieces_version foreign key (ward_id, text_id, version)
    references text_versions (ward_id, text_id, version),
  constraint text_pieces_editor foreign key (ward_id, edited_by) references people (ward_id, id)
);
select protect_ward_table('text_pieces');

-- How the ward speaks: its name on every piece, the number of its duty desk, its readers' pace at the loudspeaker. No
-- row: the ward's own name, no number yet.
create table publishing_settings (
  ward_id int not null,
  speaker_name text,
  hotline text,
  office_hours text,
  address text,
  syllables_per_minute int constraint publishing_settings_pace check (syllables_per_minute between 80 and 320),
  spoken_words jsonb not null default '{}',
  updated_by uuid not null,
  updated_at timestamptz not null,
  constraint publishing_settings_pkey primary key (ward_id)
);
select protect_ward_table('publishing_settings');
