-- Quick reports of groups and units, the picture of each morning, and the ward's official documents. What was sent is
-- never changed: a correction is the next version beside it. The picture of a morning and a document's figures are frozen
-- with a hash.

create table report_settings (
  ward_id int not null,
  campaign_id uuid not null,
  version int not null constraint report_settings_version check (version > 0),
  settings jsonb not null,
  set_at timestamptz not null,
  set_by uuid,
  constraint report_settings_pkey primary key (ward_id, campaign_id, version),
  constraint report_settings_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id)
);
select protect_ward_table('report_settings');
revoke update on report_settings from tungnha_app;

create table reports (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  -- Who reports: a group or a unit.
  area_id uuid,
  unit_id uuid,
  -- The day it is due.
  report_on date not null,
  version int not null constraint reports_version_number check (version > 0),
  due_at timestamptz not null,
  window_kind text not null constraint reports_window_kind check (window_kind in ('day-before', 'hour-to-hour')),
  window_from timestamptz not null,
  window_to timestamptz not null,
  body jsonb not null,
  itemised jsonb not null,
  -- The group's feed number at which the records were counted.
  counted_n bigint,
  complete boolean not null,
  composed_at timestamptz,
  received_at timestamptz not null,
  -- When it counts as having reached the ward police: see decidingInstant.
  decided_at timestamptz not null,
  author_id uuid not null,
  entered_by uuid,
  reached_by text constraint reports_reached_by check (reached_by in ('zalo', 'phone', 'paper', 'in-person')),
  reached_at timestamptz,
  proof text constraint reports_proof check (proof in ('zalo-picture', 'call')),
  proof_sha256 bytea,
  -- The pasted message, as it was typed.
  words text,
  correction text,
  body_hash bytea not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint reports_pkey primary key (ward_id, campaign_id, id),
  constraint reports_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint reports_item foreign key (ward_id, campaign_id, item_id) references plan_items (ward_id, campaign_id, id),
  constraint reports_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint reports_unit foreign key (ward_id, unit_id) references units (ward_id, id),
  constraint reports_author foreign key (ward_id, author_id) references people (ward_id, id),
  constraint reports_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id),
  constraint reports_one_place check ((area_id is null) <> (unit_id is null)),
  constraint reports_entered_for_another check (
    (entered_by is null) = (reached_by is null) and (reached_by is null) = (reached_at is null)
    and (proof is null or reached_at is not null)),
  constraint reports_correction check (version = 1 or length(btrim(coalesce(correction, ''))) > 0)
);
select protect_ward_table('reports');
revoke update on reports from tungnha_app;
create unique index reports_version_once on reports (
  ward_id, campaign_id, item_id, coalesce(area_id, unit_id), report_on, version);
create index reports_by_morning on reports (ward_id, campaign_id, report_on);
create index reports_by_change on reports (ward_id, feed_id, change_n);

-- What a leader has begun and not sent: one for each owed report.
create table report_drafts (
  ward_id int not null,
  campaign_id uuid not null,
  item_id uuid not null,
  place_id uuid not null,
  report_on date not null,
  body jsonb not null,
  saved_at timestamptz not null,
  saved_by uuid not null,
  constraint report_drafts_pkey primary key (ward_id, campaign_id, item_id, place_id, report_on),
  constraint report_drafts_item foreign key (ward_id, campaign_id, item_id)
    references plan_items (ward_id, campaign_id, id)
);
select protect_ward_table('report_drafts');
grant delete on report_drafts to tungnha_app;

-- Taken once, at the hour the reports are owed; never changed.
create table report_mornings (
  ward_id int not null,
  campaign_id uuid not null,
  item_id uuid not null,
  report_on date not null,
  frozen_at timestamptz not null,
  picture jsonb not null,
  hash bytea not null,
  constraint report_mornings_pkey primary key (ward_id, campaign_id, item_id, report_on),
  constraint report_mornings_item foreign key (ward_id, campaign_id, item_id)
    references plan_items (ward_id, campaign_id, id)
);
select protect_ward_table('report_mornings');
revoke update on report_mornings from tungnha_app;

-- Official documents: figures frozen when drafting begins, words edited until signing, then a chain of dated steps.
create table official_documents (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null constraint official_documents_kind check (
    kind in ('daily-report', 'weekly-report', 'period-report', 'final-report', 'plan', 'notice', 'minutes')),
  from_on date not null,
  to_on date not null,
  state text not null constraint official_documents_state check (
    state in ('draft', 'content-checked', 'form-checked', 'signed', 'numbered', 'sealed', 'issued', 'filed', 'replaced')),
  data jsonb not null,
  data_hash bytea not null,
  words jsonb not null,
  revision int not null,
  number text,
  dated_on date,
  replaces_id uuid,
  replaces_why text,
  -- What the office made of it in its word processor, and the signed paper.
  edited_sha256 bytea,
  signed_sha256 bytea,
  made_at timestamptz not null,
  made_by uuid not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint official_documents_pkey primary key (ward_id, campaign_id, id),
  constraint official_documents_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint official_documents_replaces foreign key (ward_id, campaign_id, replaces_id)
    references official_documents (ward_id, campaign_id, id),
  constraint official_documents_edited foreign key (ward_id, edited_sha256) references media (ward_id, sha256),
  constraint official_documents_signed foreign key (ward_id, signed_sha256) references media (ward_id, sha256),
  constraint official_documents_dates check (to_on >= from_on),
  constraint official_documents_number check (
    (number is null) = (dated_on is null)
    and (state not in ('numbered', 'sealed', 'issued', 'filed') or number is not null))
);
select protect_ward_table('official_documents');

create table official_document_steps (
  ward_id int not null,
  campaign_id uuid not null,
  document_id uuid not null,
  n int not null,
  step text not null,
  at timestamptz not null,
  by uuid not null,
  note text,
  constraint official_document_steps_pkey primary key (ward_id, campaign_id, document_id, n),
  constraint official_document_steps_document foreign key (ward_id, campaign_id, document_id)
    references official_documents (ward_id, campaign_id, id)
);
select protect_ward_table('official_document_steps');
revoke update on official_document_steps from tungnha_app;

-- Figures nobody itemises yet: who stated them, of which day, from what. A newer one stands beside the older.
create table stated_figures (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  figure text not null,
  of_on date not null,
  value bigint not null,
  source text not null constraint stated_figures_source check (length(btrim(source)) > 0),
  stated_at timestamptz not null,
  stated_by uuid not null,
  constraint stated_figures_pkey primary key (ward_id, campaign_id, id),
  constraint stated_figures_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint stated_figures_person foreign key (ward_id, stated_by) references people (ward_id, id)
);
select protect_ward_table('stated_figures');
revoke update on stated_figures from tungnha_app;

-- The superior's own form: uploaded once, its cells tied to figures.
create table superior_forms (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  name text not null,
  media_sha256 bytea not null,
  media_kind text not null constraint superior_forms_kind check (media_kind in ('xlsx', 'docx')),
  cells jsonb not null default '[]',
  uploaded_at timestamptz not null,
  uploaded_by uuid not null,
  closed_at timestamptz,
  constraint superior_forms_pkey primary key (ward_id, campaign_id, id),
  constraint superior_forms_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint superior_forms_file foreign key (ward_id, media_sha256) references media (ward_id, sha256)
);
select protect_ward_table('superior_forms');

-- Files kept for the morning when everything fails.
create table paper_reserves (
  ward_id int not null,
  campaign_id uuid not null,
  made_on date not null,
  -- Null: the ward's own sheet.
  area_id uuid,
  place_id uuid not null,
  sha256 bytea not null,
  bytes int not null,
  made_at timestamptz not null,
  constraint paper_reserves_pkey primary key (ward_id, campaign_id, made_on, place_id),
  constraint paper_reserves_file foreign key (ward_id, sha256) references media (ward_id, sha256)
);
select protect_ward_table('paper_reserves');

create table check_visits (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  area_id uuid,
  unit_id uuid,
  checked_on date not null,
  findings text not null,
  follow_up text,
  follow_up_by date,
  done_at timestamptz,
  done_note text,
  recorded_at timestamptz not null,
  recorded_by uuid not null,
  constraint check_visits_pkey primary key (ward_id, campaign_id, id),
  constraint check_visits_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint check_visits_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint check_visits_unit foreign key (ward_id, unit_id) references units (ward_id, id)
);
select protect_ward_table('check_visits');

-- What reports count. Households met and signed, each visit by the household it counts for today and the group it was
-- recorded in; acts of a group by their way.
create view visits_told with (security_invoker = true) as
  select v.ward_id, v.campaign_id, v.group_id, coalesce(h.merged_into, h.id) as household_id, v.outcome, v.channel,
    v.done_at, v.received_at, v.taken_back_at, v.change_n
  from visits v
  join households h on h.ward_id = v.ward_id and h.id = v.household_id;
grant select on visits_told to tungnha_app;

create view pledges_told with (security_invoker = true) as
  select p.ward_id, p.campaign_id, p.group_id, coalesce(h.merged_into, h.id) as household_id, p.signed_at, p.received_at,
    coalesce(p.withdrawn_at, p.taken_back_at) as ended_at, p.change_n
  from pledges p
  join households h on h.ward_id = p.ward_id and h.id = p.household_id;
grant select on pledges_told to tungnha_app;

create view evidence_told with (security_invoker = true) as
  select ward_id, campaign_id, id, area_id, unit_id, channel, count, done_at, received_at, source, undone_at
  from evidence;
grant select on evidence_told to tungnha_app;
