-- What comes from the doors. field_records is the journal: one row for each accepted record, which is its own audit row
-- (who, by which phone, when, received when, a keyed hash of what it said) and holds the answer once given. The rows
-- beside it (dwellings, households, visits, pledges …) are what it meant. Everything a phone pulls carries its feed and
-- change number; moving a row to another group's feed leaves a tombstone in the old one.

create table field_records (
  ward_id int not null constraint field_records_ward references wards (ward_id),
  id uuid not null,
  campaign_id uuid not null,
  type text not null,
  type_version smallint not null,
  -- The group as recorded, for ever; the feed and number are those of the answer, for ever.
  group_id uuid not null,
  feed_id uuid not null,
  n bigint not null,
  subject_id uuid,
  author_id uuid not null,
  entered_by uuid,
  device_id uuid,
  recorded_at timestamptz not null,
  clock_offset bigint,
  happened_at timestamptz not null,
  work_on date not null,
  received_at timestamptz not null,
  stored_at timestamptz not null,
  body_hash bytea not null,
  -- Emptied when its household is erased; the hash stays, so a phone that sends it again revives nothing.
  body jsonb,
  released_by uuid,
  constraint field_records_pkey primary key (ward_id, id)
);
select protect_ward_table('field_records');
create index field_records_by_subject on field_records (ward_id, subject_id) where subject_id is not null;

-- Received, kept, outside the figures: rights had ended, the phone was reported lost, or its time cannot be believed.
create table held_records (
  ward_id int not null constraint held_records_ward references wards (ward_id),
  id uuid not null,
  campaign_id uuid not null,
  type text not null,
  group_id uuid not null,
  author_id uuid not null,
  entered_by uuid,
  device_id uuid,
  recorded_at timestamptz not null,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  stored_at timestamptz not null,
  body_hash bytea not null,
  record jsonb,
  why text not null constraint held_records_why check (
    why in ('rights-ended', 'device-ended', 'time-unbelievable')),
  settled_at timestamptz,
  settled_by uuid,
  settled_how text constraint held_records_settled_how check (settled_how in ('applied', 'dropped')),
  settled_reason text,
  constraint held_records_pkey primary key (ward_id, id),
  constraint held_records_settled check ((settled_at is null) = (settled_how is null))
);
select protect_ward_table('held_records');
create index held_records_open on held_records (ward_id, received_at) where settled_at is null;

create table feed_tombstones (
  ward_id int not null,
  feed_id uuid not null,
  kind text not null,
  id uuid not null,
  change_n bigint not null,
  constraint feed_tombstones_pkey primary key (ward_id, feed_id, kind, id),
  constraint feed_tombstones_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id)
);
select protect_ward_table('feed_tombstones');
create index feed_tombstones_by_change on feed_tombstones (ward_id, feed_id, change_n);
grant delete on feed_tombstones to tungnha_app;

-- What each phone has told and fetched: the office sees who has not been heard of.
create table device_syncs (
  ward_id int not null,
  device_id uuid not null,
  pushed_at timestamptz,
  pulled_at timestamptz,
  pulled_feed uuid,
  pulled_n bigint,
  waiting int,
  constraint device_syncs_pkey primary key (ward_id, device_id),
  constraint device_syncs_device foreign key (ward_id, device_id) references devices (ward_id, id)
);
select protect_ward_table('device_syncs');

-- ── households
create table dwellings (
  ward_id int not null,
  id uuid not null,
  lane_id uuid not null,
  group_id uuid not null,
  house_number text not null,
  kind text not null constraint dwellings_kind check (kind in ('house', 'flat', 'boarding-house')),
  position_lat real,
  position_lon real,
  marks jsonb not null default '{}',
  closed_at timestamptz,
  created_at timestamptz not null,
  import_id uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint dwellings_pkey primary key (ward_id, id),
  constraint dwellings_lane foreign key (ward_id, lane_id) references areas (ward_id, id),
  constraint dwellings_group foreign key (ward_id, group_id) references areas (ward_id, id)
);
select protect_ward_table('dwellings');
create index dwellings_by_change on dwellings (ward_id, feed_id, change_n);
create index dwellings_by_lane on dwellings (ward_id, lane_id);

-- The order in which a lane's doors are walked; the latest said wins.
create table lane_orders (
  ward_id int not null,
  lane_id uuid not null,
  dwelling_ids uuid[] not null,
  ordered_at timestamptz not null,
  record_id uuid not null,
  constraint lane_orders_pkey primary key (ward_id, lane_id),
  constraint lane_orders_lane foreign key (ward_id, lane_id) references areas (ward_id, id)
);
select protect_ward_table('lane_orders');

-- marks: field → [when it was said, by which record]; the latest said wins whatever the order of arrival.
create table households (
  ward_id int not null,
  id uuid not null,
  dwelling_id uuid not null,
  group_id uuid not null,
  n int not null constraint households_n check (n between 1 and 500),
  head_name text not null,
  search text generated always as (search_key(head_name)) stored,
  residence text not null constraint households_residence check (residence in ('permanent', 'temporary', 'boarding')),
  members jsonb,
  phone text constraint households_phone_e164 check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  address_written text,
  smartphone boolean,
  respected boolean not null default false,
  marks jsonb not null default '{}',
  -- Absorbed by another entry of the same household; the id stays valid for ever.
  merged_into uuid,
  closed_at timestamptz,
  closed_why text,
  erased_at timestamptz,
  created_at timestamptz not null,
  created_by uuid,
  import_id uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint households_pkey primary key (ward_id, id),
  constraint households_dwelling foreign key (ward_id, dwelling_id) references dwellings (ward_id, id),
  constraint households_group foreign key (ward_id, group_id) references areas (ward_id, id),
  constraint households_merged foreign key (ward_id, merged_into) references households (ward_id, id),
  constraint households_not_into_itself check (merged_into <> id)
);
select protect_ward_table('households');
create index households_by_change on households (ward_id, feed_id, change_n);
create index households_by_dwelling on households (ward_id, dwelling_id);
create index households_by_group on households (ward_id, group_id);

create table household_aliases (
  ward_id int not null,
  id uuid not null,
  absorbed_id uuid not null,
  household_id uuid not null,
  merged_at timestamptz not null,
  merged_by uuid not null,
  reason text,
  undone_at timestamptz,
  undone_by uuid,
  constraint household_aliases_pkey primary key (ward_id, id),
  constraint household_aliases_absorbed foreign key (ward_id, absorbed_id) references households (ward_id, id),
  constraint household_aliases_into foreign key (ward_id, household_id) references households (ward_id, id)
);
select protect_ward_table('household_aliases');
create unique index household_aliases_one_live on household_aliases (ward_id, absorbed_id) where undone_at is null;

-- Two people changed one field without knowing of each other: both values stand here until somebody has looked.
create table field_conflicts (
  ward_id int not null,
  id uuid not null,
  subject_kind text not null constraint field_conflicts_kind check (subject_kind in ('household', 'dwelling')),
  subject_id uuid not null,
  field text not null,
  record_id uuid not null,
  other_record_id uuid,
  kept jsonb,
  other jsonb,
  group_id uuid not null,
  noted_at timestamptz not null,
  reviewed_at timestamptz,
  reviewed_by uuid,
  constraint field_conflicts_pkey primary key (ward_id, id)
);
select protect_ward_table('field_conflicts');
create index field_conflicts_open on field_conflicts (ward_id, group_id) where reviewed_at is null;
create index field_conflicts_by_subject on field_conflicts (ward_id, subject_id);

-- The only way out of the denominator: asked by one person, approved by another.
create table exclusions (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  household_id uuid not null,
  reason text not null constraint exclusions_reason check (
    reason in ('moved-away', 'vacant', 'duplicate', 'ineligible', 'inaccessible')),
  note text,
  asked_by uuid not null,
  asked_at timestamptz not null,
  asked_team uuid[] not null default '{}',
  from_on date not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text constraint exclusions_decision check (decision in ('approved', 'refused')),
  decided_reason text,
  ended_at timestamptz,
  ended_by uuid,
  ended_reason text,
  feed_id uuid not null,
  change_n bigint not null,
  constraint exclusions_pkey primary key (ward_id, id),
  constraint exclusions_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint exclusions_household foreign key (ward_id, household_id) references households (ward_id, id),
  constraint exclusions_decided check ((decided_at is null) = (decision is null)),
  constraint exclusions_two_persons check (decided_by is null or decision = 'refused' or decided_by <> asked_by)
);
select protect_ward_table('exclusions');
create index exclusions_by_household on exclusions (ward_id, campaign_id, household_id);
create index exclusions_by_change on exclusions (ward_id, feed_id, change_n);

-- A code random per household and campaign, printed on its form; means nothing without sign-in.
create table form_codes (
  ward_id int not null,
  campaign_id uuid not null,
  household_id uuid not null,
  code text not null,
  made_at timestamptz not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint form_codes_pkey primary key (ward_id, campaign_id, household_id),
  constraint form_codes_once unique (ward_id, campaign_id, code),
  constraint form_codes_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint form_codes_household foreign key (ward_id, household_id) references households (ward_id, id)
);
select protect_ward_table('form_codes');
create index form_codes_by_change on form_codes (ward_id, feed_id, change_n);

-- ── visits
create table visits (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  household_id uuid not null,
  group_id uuid not null,
  outcome text not null constraint visits_outcome check (
    outcome in ('met', 'nobody-home', 'working-away', 'refused', 'moved-away', 'vacant', 'duplicate', 'ineligible',
                'inaccessible')),
  channel text not null constraint visits_channel check (channel in ('direct', 'phone', 'zalo')),
  place text not null constraint visits_place check (
    place in ('home', 'leader-house', 'culture-house', 'meeting', 'elsewhere')),
  how text not null constraint visits_how check (how in ('on-the-spot', 'from-paper')),
  come_back_at timestamptz,
  met_who text,
  members_told smallint,
  topics text[] not null default '{}',
  zalo_state text constraint visits_zalo_state check (
    zalo_state in ('own-member', 'received-by', 'no-smartphone', 'not-yet')),
  zalo_received_by text,
  flyer_left boolean,
  team_id uuid,
  position_lat real,
  position_lon real,
  media smallint not null default 0,
  author_id uuid not null,
  entered_by uuid,
  done_at timestamptz not null,
  work_on date not null,
  received_at timestamptz not null,
  -- Advice to the area officer; never changes a figure.
  flags text[] not null default '{}',
  taken_back_at timestamptz,
  taken_back_by uuid,
  taken_back_reason text,
  feed_id uuid not null,
  change_n bigint not null,
  constraint visits_pkey primary key (ward_id, id),
  constraint visits_household foreign key (ward_id, household_id) references households (ward_id, id)
);
select protect_ward_table('visits');
create index visits_by_household on visits (ward_id, household_id, campaign_id);
create index visits_by_change on visits (ward_id, feed_id, change_n);
create index visits_by_author on visits (ward_id, author_id, done_at);

create table record_media (
  ward_id int not null,
  record_id uuid not null,
  sha256 bytea not null,
  household_id uuid,
  group_id uuid not null,
  constraint record_media_pkey primary key (ward_id, record_id, sha256)
);
select protect_ward_table('record_media');
create index record_media_by_file on record_media (ward_id, sha256);
create index record_media_by_household on record_media (ward_id, household_id);

-- A door is taken by one person and comes free again by itself.
create table door_claims (
  ward_id int not null,
  dwelling_id uuid not null,
  campaign_id uuid not null,
  record_id uuid not null,
  person_id uuid not null,
  claimed_at timestamptz not null,
  until timestamptz not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint door_claims_pkey primary key (ward_id, dwelling_id),
  constraint door_claims_dwelling foreign key (ward_id, dwelling_id) references dwellings (ward_id, id)
);
select protect_ward_table('door_claims');
create index door_claims_by_change on door_claims (ward_id, feed_id, change_n);

-- Only the time, household or not, and whom it was told: no name, no story.
create table victim_signals (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  at timestamptz not null,
  is_household boolean not null,
  told text not null constraint victim_signals_told check (told in ('duty-desk', 'area-officer', 'none')),
  author_id uuid not null,
  received_at timestamptz not null,
  constraint victim_signals_pkey primary key (ward_id, id)
);
select protect_ward_table('victim_signals');

-- ── pledges
create table pledge_texts (
  ward_id int not null,
  campaign_id uuid not null,
  version int not null constraint pledge_texts_version check (version > 0),
  title text not null,
  body text not null,
  consents jsonb not null default '[]',
  audio_sha256 bytea,
  source text,
  in_force_from date not null,
  made_at timestamptz not null,
  made_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint pledge_texts_pkey primary key (ward_id, campaign_id, version),
  constraint pledge_texts_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id)
);
select protect_ward_table('pledge_texts');

create table pledges (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  household_id uuid not null,
  visit_id uuid,
  group_id uuid not null,
  original text not null constraint pledges_original check (original in ('paper', 'phone')),
  signer text not null constraint pledges_signer check (
    signer in ('head', 'spouse', 'adult-member', 'owner', 'relative-for-signer')),
  witness text,
  strokes bytea,
  text_version int not null,
  -- 128 random bits made on the phone; asked for by anyone who holds the copy.
  receipt_code bytea constraint pledges_receipt_code check (octet_length(receipt_code) = 16),
  members_told smallint,
  consents text[] not null default '{}',
  media smallint not null default 0,
  author_id uuid not null,
  entered_by uuid,
  signed_at timestamptz not null,
  work_on date not null,
  received_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  withdrawn_reason text,
  taken_back_at timestamptz,
  feed_id uuid not null,
  change_n bigint not null,
  constraint pledges_pkey primary key (ward_id, id),
  constraint pledges_household foreign key (ward_id, household_id) references households (ward_id, id)
);
select protect_ward_table('pledges');
alter table pledges alter column strokes set storage external;
create index pledges_by_household on pledges (ward_id, household_id, campaign_id);
create index pledges_by_change on pledges (ward_id, feed_id, change_n);
create unique index pledges_receipt_once on pledges (ward_id, receipt_code) where receipt_code is not null;

-- The group where a group's work belongs today: a closed group with one successor hands on to it. A group that was
-- split names several; its doors say themselves where they went, and whatever names no door stays with the old id.
create function present_group(ward int, named uuid) returns uuid
  language sql stable parallel safe
  begin atomic
    with recursive chain (id, depth) as (
      select named, 0
      union all
      select s.successor_id, c.depth + 1
      from chain c
      join areas a on a.ward_id = ward and a.id = c.id and a.valid_to is not null
      join area_successors s on s.ward_id = ward and s.area_id = c.id
      where c.depth < 20
        and (select count(*) from area_successors o where o.ward_id = ward and o.area_id = c.id) = 1
    )
    select id from chain order by depth desc limit 1;
  end;

-- Where a household stands in a campaign: the last visit that stands, what was reached, pledged and on Zalo. One row per
-- household and campaign that has a visit or pledge; counts a household once however often it was visited.
create view household_progress with (security_invoker = true) as
  with standing as (
    select v.*, coalesce(h.merged_into, h.id) as counted_household, h.group_id as present_group
    from visits v
    join households h on h.ward_id = v.ward_id and h.id = v.household_id
    where v.taken_back_at is null
  ), ranked as (
    select s.*, row_number() over w as rank
    from standing s
    window w as (partition by ward_id, campaign_id, counted_household order by done_at desc, id desc)
  ), seen as (
    select ward_id, campaign_id, counted_household as household_id,
      count(*)::int as visits,
      bool_or(outcome = 'met' and channel = 'direct') as reached,
      min(work_on) filter (where outcome = 'met' and channel = 'direct') as reached_on,
      bool_or(outcome = 'met' and channel <> 'direct') as reached_remotely,
      min(work_on) filter (where outcome = 'met' and channel <> 'direct') as reached_remotely_on,
      (array_agg(zalo_state order by done_at desc, id desc) filter (where zalo_state is not null))[1] as zalo_state,
      min(work_on) filter (where zalo_state in ('own-member', 'received-by')) as on_zalo_on,
      max(id::text) filter (where rank = 1)::uuid as last_visit_id,
      max(outcome) filter (where rank = 1) as last_outcome,
      max(channel) filter (where rank = 1) as last_channel,
      max(done_at) filter (where rank = 1) as last_done_at,
      max(work_on) filter (where rank = 1) as last_work_on,
      max(come_back_at) filter (where rank = 1) as come_back_at,
      max(author_id::text) filter (where rank = 1)::uuid as last_author_id,
      count(*) filter (where flags <> '{}')::int as flagged
    from ranked
    group by ward_id, campaign_id, counted_household
  ), signed as (
    select p.ward_id, p.campaign_id, coalesce(h.merged_into, h.id) as household_id,
      (array_agg(p.id order by p.signed_at, p.id))[1] as pledge_id,
      (array_agg(p.original order by p.signed_at, p.id))[1] as original,
      min(p.work_on) as pledged_on
    from pledges p
    join households h on h.ward_id = p.ward_id and h.id = p.household_id
    where p.withdrawn_at is null and p.taken_back_at is null
    group by p.ward_id, p.campaign_id, coalesce(h.merged_into, h.id)
  )
  select coalesce(s.ward_id, g.ward_id) as ward_id, coalesce(s.campaign_id, g.campaign_id) as campaign_id,
    coalesce(s.household_id, g.household_id) as household_id,
    coalesce(s.visits, 0) as visits, coalesce(s.reached, false) as reached, s.reached_on,
    coalesce(s.reached_remotely, false) as reached_remotely, s.reached_remotely_on,
    g.pledge_id, g.original as pledge_original, g.pledged_on,
    s.zalo_state, s.on_zalo_on, s.last_visit_id, s.last_outcome, s.last_channel, s.last_done_at, s.last_work_on,
    s.come_back_at, s.last_author_id, coalesce(s.flagged, 0) as flagged
  from seen s
  full join signed g
    on g.ward_id = s.ward_id and g.campaign_id = s.campaign_id and g.household_id = s.household_id;
grant select on household_progress to tungnha_app;
