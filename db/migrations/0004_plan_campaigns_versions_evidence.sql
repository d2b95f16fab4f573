-- A campaign owns versions of its plan. Ids of targets, duties and reports are made at first confirmation and last
-- across versions, so evidence stays with its duty through every amendment. States are computed, never stored.

create table campaigns (
  ward_id int not null constraint campaigns_ward references wards (ward_id),
  id uuid not null,
  name text not null,
  short_name text not null,
  leading_unit_id uuid,
  from_on date not null,
  to_on date not null,
  state text not null constraint campaigns_state check (state in ('draft', 'active', 'closed')),
  settings jsonb not null default '{}',
  copied_from uuid,
  created_at timestamptz not null,
  created_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint campaigns_pkey primary key (ward_id, id),
  constraint campaigns_unit foreign key (ward_id, leading_unit_id) references units (ward_id, id),
  constraint campaigns_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id),
  constraint campaigns_dates check (to_on >= from_on)
);
select protect_ward_table('campaigns');

-- source is the text exactly as read: every item's quote is a stretch of it, in UTF-16 code units.
create table plan_versions (
  ward_id int not null,
  campaign_id uuid not null,
  version int not null constraint plan_versions_number check (version > 0),
  state text not null constraint plan_versions_state check (state in ('draft', 'confirmed', 'discarded')),
  source text not null,
  document_name text,
  document_sha256 bytea,
  reading jsonb not null,
  answers jsonb not null default '{}',
  in_force_from date,
  amending_number text,
  amending_on date,
  amending_note text,
  created_at timestamptz not null,
  created_by uuid,
  confirmed_at timestamptz,
  confirmed_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint plan_versions_pkey primary key (ward_id, campaign_id, version),
  constraint plan_versions_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint plan_versions_document foreign key (ward_id, document_sha256) references media (ward_id, sha256),
  constraint plan_versions_confirmed check (
    (state = 'confirmed') = (confirmed_at is not null) and (state <> 'confirmed' or in_force_from is not null))
);
select protect_ward_table('plan_versions');
create unique index plan_versions_one_draft on plan_versions (ward_id, campaign_id) where state = 'draft';

create table plan_items (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null constraint plan_items_kind check (kind in ('target', 'duty', 'report')),
  constraint plan_items_pkey primary key (ward_id, campaign_id, id),
  constraint plan_items_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id)
);
select protect_ward_table('plan_items');

create table plan_version_items (
  ward_id int not null,
  campaign_id uuid not null,
  version int not null,
  item_id uuid not null,
  position int not null,
  body jsonb not null,
  quote_start int,
  quote_end int,
  review text not null constraint plan_version_items_review check (review in ('open', 'accepted', 'ignored')),
  ignored_reason text,
  constraint plan_version_items_pkey primary key (ward_id, campaign_id, version, item_id),
  constraint plan_version_items_version foreign key (ward_id, campaign_id, version)
    references plan_versions (ward_id, campaign_id, version),
  constraint plan_version_items_item foreign key (ward_id, campaign_id, item_id)
    references plan_items (ward_id, campaign_id, id),
  constraint plan_version_items_quote check (
    (quote_start is null) = (quote_end is null) and (quote_start is null or quote_end > quote_start)),
  constraint plan_version_items_reason check ((review = 'ignored') = (ignored_reason is not null))
);
select protect_ward_table('plan_version_items');

-- The plan's issue and the launch of the peak are dated acts of their own (W0).
create table campaign_acts (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null constraint campaign_acts_kind check (kind in ('issued', 'launched')),
  done_on date not null,
  number text,
  note text,
  link text,
  media_sha256 bytea,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  undone_at timestamptz,
  constraint campaign_acts_pkey primary key (ward_id, campaign_id, id),
  constraint campaign_acts_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint campaign_acts_media foreign key (ward_id, media_sha256) references media (ward_id, sha256)
);
select protect_ward_table('campaign_acts');
create unique index campaign_acts_once on campaign_acts (ward_id, campaign_id, kind) where undone_at is null;

-- What was done. work_on is the day it counts for; done_at what the phone or person says; received_at the server's word.
create table evidence (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  area_id uuid,
  unit_id uuid,
  work_on date not null,
  done_at timestamptz not null,
  received_at timestamptz not null,
  author_id uuid not null,
  entered_by uuid,
  channel text,
  note text,
  link text,
  count int not null default 1 constraint evidence_count check (count between 1 and 1000000),
  source text not null default 'typed',
  undone_at timestamptz,
  undone_by uuid,
  undone_reason text,
  feed_id uuid not null,
  change_n bigint not null,
  constraint evidence_pkey primary key (ward_id, campaign_id, id),
  constraint evidence_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint evidence_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint evidence_unit foreign key (ward_id, unit_id) references units (ward_id, id),
  constraint evidence_author foreign key (ward_id, author_id) references people (ward_id, id),
  constraint evidence_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id)
);
select protect_ward_table('evidence');
create index evidence_by_day on evidence (ward_id, campaign_id, work_on);

-- One act can serve several linked duties; it is counted once for each and once in every total.
create table evidence_items (
  ward_id int not null,
  campaign_id uuid not null,
  evidence_id uuid not null,
  item_id uuid not null,
  constraint evidence_items_pkey primary key (ward_id, campaign_id, evidence_id, item_id),
  constraint evidence_items_evidence foreign key (ward_id, campaign_id, evidence_id)
    references evidence (ward_id, campaign_id, id),
  constraint evidence_items_item foreign key (ward_id, campaign_id, item_id)
    references plan_items (ward_id, campaign_id, id)
);
select protect_ward_table('evidence_items');
create index evidence_items_by_item on evidence_items (ward_id, campaign_id, item_id);

create table evidence_media (
  ward_id int not null,
  campaign_id uuid not null,
  evidence_id uuid not null,
  sha256 bytea not null,
  constraint evidence_media_pkey primary key (ward_id, campaign_id, evidence_id, sha256),
  constraint evidence_media_evidence foreign key (ward_id, campaign_id, evidence_id)
    references evidence (ward_id, campaign_id, id),
  constraint evidence_media_file foreign key (ward_id, sha256) references media (ward_id, sha256)
);
select protect_ward_table('evidence_media');

-- A person entitled says an occurrence is not owed, with a reason. area_id null: the ward's own occurrence.
create table excuses (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  area_id uuid,
  period_start date not null,
  reason text not null constraint excuses_reason check (length(btrim(reason)) > 0),
  granted_at timestamptz not null,
  granted_by uuid not null,
  revoked_at timestamptz,
  revoked_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint excuses_pkey primary key (ward_id, campaign_id, id),
  constraint excuses_item foreign key (ward_id, campaign_id, item_id) references plan_items (ward_id, campaign_id, id),
  constraint excuses_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint excuses_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id)
);
select protect_ward_table('excuses');
create unique index excuses_once on excuses (
  ward_id, campaign_id, item_id, coalesce(area_id, '00000000-0000-0000-0000-000000000000'), period_start)
  where revoked_at is null;
