-- Written from the catalogs by `npm run schema`; compared in a test. Not for loading.

-- schema public

table public.absences (
  ward_id integer not null,
  id uuid not null,
  person_id uuid not null,
  from_on date not null,
  to_on date not null,
  reason text not null,
  noted_by uuid not null,
  noted_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint absences_dates CHECK ((to_on >= from_on)),
  constraint absences_ended CHECK (((ended_at IS NULL) = (ended_by IS NULL))),
  constraint absences_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint absences_pkey PRIMARY KEY (ward_id, id)
);
CREATE INDEX absences_by_person ON public.absences USING btree (ward_id, person_id, to_on);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.account_wards (
  account_id uuid not null,
  ward_id integer not null,
  person_id uuid not null,
  constraint account_wards_pkey PRIMARY KEY (account_id, ward_id)
);
CREATE INDEX account_wards_by_ward ON public.account_wards USING btree (ward_id, person_id);
rights tungnha_app: delete, insert, select, update;

table public.area_declarations (
  ward_id integer not null,
  area_id uuid not null,
  version integer not null,
  households integer not null,
  temporary_households integer not null default 0,
  stated_by uuid not null,
  stated_at timestamp with time zone not null,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  counted_on date,
  note text,
  constraint area_declarations_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint area_declarations_households CHECK (((households >= 0) AND (households <= 20000))),
  constraint area_declarations_pkey PRIMARY KEY (ward_id, area_id, version),
  constraint area_declarations_temporary CHECK (((temporary_households >= 0) AND (temporary_households <= households))),
  constraint area_declarations_two_persons CHECK (((confirmed_by IS NULL) OR (confirmed_by <> stated_by)))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.area_names (
  ward_id integer not null,
  area_id uuid not null,
  name text not null,
  valid_from date not null,
  valid_to date,
  decision text,
  short_name text,
  decision_on date,
  constraint area_names_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint area_names_pkey PRIMARY KEY (ward_id, area_id, valid_from)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.area_successors (
  ward_id integer not null,
  area_id uuid not null,
  successor_id uuid not null,
  constraint area_successors_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint area_successors_pkey PRIMARY KEY (ward_id, area_id, successor_id),
  constraint area_successors_successor FOREIGN KEY (ward_id, successor_id) REFERENCES areas(ward_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.areas (
  ward_id integer not null,
  id uuid not null,
  kind text not null,
  parent_id uuid,
  name text not null,
  short_name text not null,
  "position" integer not null default 0,
  search text generated always as (search_key(name)) stored,
  valid_from date not null,
  valid_to date,
  decision text,
  feed_id uuid not null,
  change_n bigint not null,
  decision_on date,
  closed_by text,
  closed_by_on date,
  constraint areas_dates CHECK (((valid_to IS NULL) OR (valid_to >= valid_from))),
  constraint areas_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint areas_kind CHECK ((kind = ANY (ARRAY['group'::text, 'lane'::text]))),
  constraint areas_lane_has_group CHECK (((kind = 'lane'::text) = (parent_id IS NOT NULL))),
  constraint areas_parent FOREIGN KEY (ward_id, parent_id) REFERENCES areas(ward_id, id),
  constraint areas_pkey PRIMARY KEY (ward_id, id),
  constraint areas_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
CREATE UNIQUE INDEX areas_group_name_once ON public.areas USING btree (ward_id, lower(name)) WHERE ((kind = 'group'::text) AND (valid_to IS NULL));
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;
rights tungnha_reader: select;

table public.audit_entries (
  ward_id integer not null,
  id uuid not null,
  at timestamp with time zone not null,
  campaign_at timestamp with time zone not null,
  person_id uuid,
  role text,
  origin text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  value_hash bytea not null,
  seal_n bigint,
  constraint audit_entries_pkey PRIMARY KEY (ward_id, id),
  constraint audit_entries_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
CREATE INDEX audit_entries_by_subject ON public.audit_entries USING btree (ward_id, subject_kind, subject_id);
CREATE INDEX audit_entries_unsealed ON public.audit_entries USING btree (ward_id, id) WHERE (seal_n IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.audit_seals (
  ward_id integer not null,
  n bigint not null,
  previous_hash bytea not null,
  entries integer not null,
  hash bytea not null,
  sealed_at timestamp with time zone not null,
  constraint audit_seals_pkey PRIMARY KEY (ward_id, n),
  constraint audit_seals_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: select;

table public.audit_values (
  ward_id integer not null,
  entry_id uuid not null,
  salt bytea not null,
  before jsonb,
  after jsonb,
  constraint audit_values_entry FOREIGN KEY (ward_id, entry_id) REFERENCES audit_entries(ward_id, id),
  constraint audit_values_pkey PRIMARY KEY (ward_id, entry_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.broadcasts (
  ward_id integer not null,
  id uuid not null,
  channel_id uuid not null,
  on_day date not null,
  at_time text not null,
  text_id uuid not null,
  planned_by uuid not null,
  planned_at timestamp with time zone not null,
  cancelled_by uuid,
  cancelled_at timestamp with time zone,
  post_id uuid,
  constraint broadcasts_cancelled CHECK (((cancelled_by IS NULL) = (cancelled_at IS NULL))),
  constraint broadcasts_canceller FOREIGN KEY (ward_id, cancelled_by) REFERENCES people(ward_id, id),
  constraint broadcasts_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint broadcasts_pkey PRIMARY KEY (ward_id, id),
  constraint broadcasts_planner FOREIGN KEY (ward_id, planned_by) REFERENCES people(ward_id, id),
  constraint broadcasts_post FOREIGN KEY (ward_id, post_id) REFERENCES posts(ward_id, id),
  constraint broadcasts_text FOREIGN KEY (ward_id, text_id) REFERENCES texts(ward_id, id),
  constraint broadcasts_time CHECK ((at_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
);
CREATE INDEX broadcasts_by_day ON public.broadcasts USING btree (ward_id, on_day);
CREATE UNIQUE INDEX broadcasts_once ON public.broadcasts USING btree (ward_id, channel_id, on_day, at_time) WHERE (cancelled_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.calendar_addresses (
  ward_id integer not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  area_id uuid,
  unit_id uuid,
  token_hash bytea not null,
  made_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint calendar_addresses_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint calendar_addresses_kind CHECK ((kind = ANY (ARRAY['person'::text, 'group'::text, 'unit'::text]))),
  constraint calendar_addresses_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint calendar_addresses_pkey PRIMARY KEY (ward_id, id),
  constraint calendar_addresses_subject CHECK ((((kind = 'group'::text) = (area_id IS NOT NULL)) AND ((kind = 'unit'::text) = (unit_id IS NOT NULL)))),
  constraint calendar_addresses_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id)
);
CREATE UNIQUE INDEX calendar_addresses_by_token ON public.calendar_addresses USING btree (ward_id, token_hash);
CREATE UNIQUE INDEX calendar_addresses_one ON public.calendar_addresses USING btree (ward_id, person_id, kind, COALESCE(area_id, unit_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (ended_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.campaign_acts (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null,
  done_on date not null,
  number text,
  note text,
  link text,
  media_sha256 bytea,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  undone_at timestamp with time zone,
  undone_by uuid,
  undone_reason text,
  feed_id uuid not null,
  change_n bigint not null,
  constraint campaign_acts_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint campaign_acts_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint campaign_acts_kind CHECK ((kind = ANY (ARRAY['issued'::text, 'launched'::text]))),
  constraint campaign_acts_media FOREIGN KEY (ward_id, media_sha256) REFERENCES media(ward_id, sha256),
  constraint campaign_acts_pkey PRIMARY KEY (ward_id, campaign_id, id)
);
CREATE INDEX campaign_acts_by_file ON public.campaign_acts USING btree (ward_id, media_sha256) WHERE (media_sha256 IS NOT NULL);
CREATE UNIQUE INDEX campaign_acts_once ON public.campaign_acts USING btree (ward_id, campaign_id, kind) WHERE (undone_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.campaigns (
  ward_id integer not null,
  id uuid not null,
  name text not null,
  short_name text not null,
  leading_unit_id uuid,
  from_on date not null,
  to_on date not null,
  state text not null,
  settings jsonb not null default '{}'::jsonb,
  copied_from uuid,
  created_at timestamp with time zone not null,
  created_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint campaigns_dates CHECK ((to_on >= from_on)),
  constraint campaigns_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint campaigns_pkey PRIMARY KEY (ward_id, id),
  constraint campaigns_state CHECK ((state = ANY (ARRAY['draft'::text, 'active'::text, 'closed'::text]))),
  constraint campaigns_unit FOREIGN KEY (ward_id, leading_unit_id) REFERENCES units(ward_id, id),
  constraint campaigns_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.channels (
  ward_id integer not null,
  id uuid not null,
  kind text not null,
  name text not null,
  unit_id uuid,
  area_id uuid,
  address text,
  opened_on date not null,
  closed_on date,
  feed_id uuid not null,
  change_n bigint not null,
  constraint channels_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint channels_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint channels_kind CHECK ((kind = ANY (ARRAY['zalo-group'::text, 'zalo'::text, 'facebook'::text, 'website'::text, 'loudspeaker'::text, 'poster'::text, 'banner'::text, 'panel'::text]))),
  constraint channels_owner CHECK (((unit_id IS NULL) <> (area_id IS NULL))),
  constraint channels_pkey PRIMARY KEY (ward_id, id),
  constraint channels_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id)
);
CREATE UNIQUE INDEX channels_name_once ON public.channels USING btree (ward_id, kind, name) WHERE (closed_on IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.chat_keepers (
  ward_id integer not null,
  channel_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  part text not null,
  since_on date not null,
  until_on date,
  constraint chat_keepers_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint chat_keepers_part CHECK ((part = ANY (ARRAY['head'::text, 'deputy'::text]))),
  constraint chat_keepers_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint chat_keepers_pkey PRIMARY KEY (ward_id, channel_id, id)
);
CREATE UNIQUE INDEX chat_keepers_once ON public.chat_keepers USING btree (ward_id, channel_id, person_id) WHERE (until_on IS NULL);
CREATE UNIQUE INDEX chat_keepers_one_head ON public.chat_keepers USING btree (ward_id, channel_id) WHERE ((until_on IS NULL) AND (part = 'head'::text));
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.chat_matches (
  ward_id integer not null,
  campaign_id uuid not null,
  household_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  list_id uuid not null,
  found_by text not null,
  matched_at timestamp with time zone not null,
  matched_on date not null,
  matched_by uuid not null,
  undone_at timestamp with time zone,
  undone_by uuid,
  change_n bigint not null default 1,
  constraint chat_matches_by FOREIGN KEY (ward_id, matched_by) REFERENCES people(ward_id, id),
  constraint chat_matches_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint chat_matches_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint chat_matches_found_by CHECK ((found_by = ANY (ARRAY['phone'::text, 'name'::text]))),
  constraint chat_matches_household FOREIGN KEY (ward_id, household_id) REFERENCES households(ward_id, id),
  constraint chat_matches_pkey PRIMARY KEY (ward_id, campaign_id, household_id, id),
  constraint chat_matches_undone CHECK (((undone_at IS NULL) = (undone_by IS NULL))),
  constraint chat_matches_undone_by FOREIGN KEY (ward_id, undone_by) REFERENCES people(ward_id, id)
);
CREATE INDEX chat_matches_by_list ON public.chat_matches USING btree (ward_id, channel_id, list_id);
CREATE UNIQUE INDEX chat_matches_once ON public.chat_matches USING btree (ward_id, campaign_id, household_id) WHERE (undone_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.chat_moderations (
  ward_id integer not null,
  channel_id uuid not null,
  id uuid not null,
  act text not null,
  note text not null,
  done_at timestamp with time zone not null,
  done_by uuid not null,
  constraint chat_moderations_act CHECK ((act = ANY (ARRAY['message-removed'::text, 'member-removed'::text, 'member-warned'::text, 'member-let-in'::text, 'rumour-answered'::text]))),
  constraint chat_moderations_by FOREIGN KEY (ward_id, done_by) REFERENCES people(ward_id, id),
  constraint chat_moderations_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint chat_moderations_pkey PRIMARY KEY (ward_id, channel_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.chat_settings (
  ward_id integer not null,
  channel_id uuid not null,
  keepers_only boolean not null,
  approves_members boolean not null,
  invite_url text,
  members integer,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  constraint chat_settings_by FOREIGN KEY (ward_id, set_by) REFERENCES people(ward_id, id),
  constraint chat_settings_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint chat_settings_members CHECK (((members >= 0) AND (members <= 100000))),
  constraint chat_settings_pkey PRIMARY KEY (ward_id, channel_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.check_visits (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  area_id uuid,
  unit_id uuid,
  checked_on date not null,
  findings text not null,
  follow_up text,
  follow_up_by date,
  done_at timestamp with time zone,
  done_note text,
  recorded_at timestamp with time zone not null,
  recorded_by uuid not null,
  checkers text not null default ''::text,
  accountable text,
  item_id uuid,
  constraint check_visits_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint check_visits_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint check_visits_pkey PRIMARY KEY (ward_id, campaign_id, id),
  constraint check_visits_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id)
);
CREATE INDEX check_visits_by_day ON public.check_visits USING btree (ward_id, campaign_id, checked_on DESC);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.closing_acts (
  ward_id integer not null,
  campaign_id uuid not null,
  n integer not null,
  act text not null,
  at timestamp with time zone not null,
  by uuid,
  note text,
  data jsonb not null default '{}'::jsonb,
  constraint closing_acts_act CHECK ((act = ANY (ARRAY['closed'::text, 'reopened'::text, 'listed'::text, 'deletion-set'::text, 'deleted'::text, 'exported'::text]))),
  constraint closing_acts_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint closing_acts_pkey PRIMARY KEY (ward_id, campaign_id, n)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.closing_remarks (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  subject text not null,
  note text not null,
  at timestamp with time zone not null,
  by uuid not null,
  constraint closing_remarks_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint closing_remarks_pkey PRIMARY KEY (ward_id, campaign_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.commendations (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null,
  name text not null,
  words text not null,
  figures jsonb,
  state text not null,
  revision integer not null,
  changed_at timestamp with time zone not null,
  changed_by uuid not null,
  constraint commendations_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint commendations_kind CHECK ((kind = ANY (ARRAY['group'::text, 'person'::text]))),
  constraint commendations_pkey PRIMARY KEY (ward_id, campaign_id, id),
  constraint commendations_state CHECK ((state = ANY (ARRAY['proposed'::text, 'kept'::text, 'dropped'::text])))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.device_syncs (
  ward_id integer not null,
  device_id uuid not null,
  pushed_at timestamp with time zone,
  pulled_at timestamp with time zone,
  pulled_feed uuid,
  pulled_n bigint,
  waiting integer,
  constraint device_syncs_device FOREIGN KEY (ward_id, device_id) REFERENCES devices(ward_id, id),
  constraint device_syncs_pkey PRIMARY KEY (ward_id, device_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.devices (
  ward_id integer not null,
  id uuid not null,
  person_id uuid not null,
  card_id uuid not null,
  label text not null,
  key_hash bytea not null,
  credential_hash bytea not null,
  pin_hash text,
  wrong_pins integer not null default 0,
  pin_wait_until timestamp with time zone,
  bound_at timestamp with time zone not null,
  last_used_at timestamp with time zone not null,
  unlocked_until timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_why text,
  practised_at timestamp with time zone,
  constraint devices_card FOREIGN KEY (ward_id, card_id) REFERENCES sign_in_cards(ward_id, id),
  constraint devices_ended CHECK (((ended_at IS NULL) = (ended_why IS NULL))),
  constraint devices_ended_why CHECK ((ended_why = ANY (ARRAY['lost'::text, 'replaced'::text, 'wrong-pins'::text, 'left'::text]))),
  constraint devices_one_per_card UNIQUE (ward_id, card_id),
  constraint devices_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint devices_pkey PRIMARY KEY (ward_id, id)
);
CREATE UNIQUE INDEX devices_one_live ON public.devices USING btree (ward_id, person_id) WHERE (ended_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.directive_citations (
  ward_id integer not null,
  directive_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  item_id uuid,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  undone_by uuid,
  undone_at timestamp with time zone,
  constraint directive_citations_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint directive_citations_directive FOREIGN KEY (ward_id, directive_id) REFERENCES directives(ward_id, id),
  constraint directive_citations_pkey PRIMARY KEY (ward_id, directive_id, id),
  constraint directive_citations_undone CHECK (((undone_at IS NULL) = (undone_by IS NULL)))
);
CREATE INDEX directive_citations_by_campaign ON public.directive_citations USING btree (ward_id, campaign_id, item_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX directive_citations_once ON public.directive_citations USING btree (ward_id, directive_id, campaign_id, COALESCE(item_id, '00000000-0000-0000-0000-000000000000'::uuid)) WHERE (undone_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.directive_proposals (
  ward_id integer not null,
  directive_id uuid not null,
  id uuid not null,
  "position" integer not null,
  body jsonb not null,
  words text not null,
  state text not null default 'proposed'::text,
  reason text,
  campaign_id uuid,
  item_id uuid,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint directive_proposals_decided CHECK (((state = 'proposed'::text) = (decided_at IS NULL))),
  constraint directive_proposals_directive FOREIGN KEY (ward_id, directive_id) REFERENCES directives(ward_id, id),
  constraint directive_proposals_pkey PRIMARY KEY (ward_id, directive_id, id),
  constraint directive_proposals_state CHECK ((state = ANY (ARRAY['proposed'::text, 'accepted'::text, 'set-aside'::text])))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.directives (
  ward_id integer not null,
  id uuid not null,
  number text not null,
  issued_on date not null,
  issuer text not null,
  subject text not null,
  file_sha256 bytea,
  file_name text,
  source text,
  search text generated always as (search_key(((((number || ' '::text) || issuer) || ' '::text) || subject))) stored,
  entered_by uuid not null,
  entered_at timestamp with time zone not null,
  withdrawn_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_reason text,
  constraint directives_file FOREIGN KEY (ward_id, file_sha256) REFERENCES media(ward_id, sha256),
  constraint directives_pkey PRIMARY KEY (ward_id, id),
  constraint directives_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id),
  constraint directives_withdrawn CHECK ((((withdrawn_at IS NULL) = (withdrawn_by IS NULL)) AND ((withdrawn_at IS NULL) = (withdrawn_reason IS NULL))))
);
CREATE UNIQUE INDEX directives_number_once ON public.directives USING btree (ward_id, lower(number), lower(issuer), issued_on) WHERE (withdrawn_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.door_claims (
  ward_id integer not null,
  dwelling_id uuid not null,
  campaign_id uuid not null,
  record_id uuid not null,
  person_id uuid not null,
  claimed_at timestamp with time zone not null,
  until timestamp with time zone not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint door_claims_dwelling FOREIGN KEY (ward_id, dwelling_id) REFERENCES dwellings(ward_id, id),
  constraint door_claims_pkey PRIMARY KEY (ward_id, dwelling_id)
);
CREATE INDEX door_claims_by_change ON public.door_claims USING btree (ward_id, feed_id, change_n);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.duty_hands (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  item_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  handed_by uuid not null,
  ended_by uuid,
  constraint duty_hands_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint duty_hands_ended CHECK (((to_at IS NULL) = (ended_by IS NULL))),
  constraint duty_hands_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint duty_hands_pkey PRIMARY KEY (ward_id, id),
  constraint duty_hands_times CHECK (((to_at IS NULL) OR (to_at >= from_at))),
  constraint duty_hands_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id)
);
CREATE INDEX duty_hands_by_unit ON public.duty_hands USING btree (ward_id, campaign_id, unit_id, item_id, from_at);
CREATE UNIQUE INDEX duty_hands_one_now ON public.duty_hands USING btree (ward_id, campaign_id, unit_id, item_id) WHERE (to_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.dwellings (
  ward_id integer not null,
  id uuid not null,
  lane_id uuid not null,
  group_id uuid not null,
  house_number text not null,
  kind text not null,
  position_lat real,
  position_lon real,
  marks jsonb not null default '{}'::jsonb,
  closed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  import_id uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint dwellings_group FOREIGN KEY (ward_id, group_id) REFERENCES areas(ward_id, id),
  constraint dwellings_kind CHECK ((kind = ANY (ARRAY['house'::text, 'flat'::text, 'boarding-house'::text]))),
  constraint dwellings_lane FOREIGN KEY (ward_id, lane_id) REFERENCES areas(ward_id, id),
  constraint dwellings_pkey PRIMARY KEY (ward_id, id)
);
CREATE INDEX dwellings_by_change ON public.dwellings USING btree (ward_id, feed_id, change_n);
CREATE INDEX dwellings_by_import ON public.dwellings USING btree (ward_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX dwellings_by_lane ON public.dwellings USING btree (ward_id, lane_id);
CREATE INDEX dwellings_by_number ON public.dwellings USING btree (ward_id, lower(house_number) text_pattern_ops);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;
rights tungnha_reader: select;

table public.evidence (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  area_id uuid,
  unit_id uuid,
  work_on date not null,
  done_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  author_id uuid not null,
  entered_by uuid,
  channel text,
  note text,
  link text,
  count integer not null default 1,
  source text not null default 'typed'::text,
  undone_at timestamp with time zone,
  undone_by uuid,
  undone_reason text,
  feed_id uuid not null,
  change_n bigint not null,
  reached_by text,
  reached_at timestamp with time zone,
  constraint evidence_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint evidence_author FOREIGN KEY (ward_id, author_id) REFERENCES people(ward_id, id),
  constraint evidence_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint evidence_count CHECK (((count >= 1) AND (count <= 1000000))),
  constraint evidence_entered_for_another CHECK ((((entered_by IS NULL) = (reached_by IS NULL)) AND ((reached_by IS NULL) = (reached_at IS NULL)))),
  constraint evidence_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint evidence_pkey PRIMARY KEY (ward_id, campaign_id, id),
  constraint evidence_reached_by CHECK ((reached_by = ANY (ARRAY['zalo'::text, 'phone'::text, 'paper'::text, 'in-person'::text]))),
  constraint evidence_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id)
);
CREATE INDEX evidence_by_change ON public.evidence USING btree (ward_id, campaign_id, feed_id, change_n);
CREATE INDEX evidence_by_day ON public.evidence USING btree (ward_id, campaign_id, work_on);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.evidence_answers (
  ward_id integer not null,
  campaign_id uuid not null,
  record_id uuid not null,
  body_hash bytea not null,
  answer text not null,
  constraint evidence_answers_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint evidence_answers_pkey PRIMARY KEY (ward_id, campaign_id, record_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.evidence_items (
  ward_id integer not null,
  campaign_id uuid not null,
  evidence_id uuid not null,
  item_id uuid not null,
  constraint evidence_items_evidence FOREIGN KEY (ward_id, campaign_id, evidence_id) REFERENCES evidence(ward_id, campaign_id, id),
  constraint evidence_items_item FOREIGN KEY (ward_id, campaign_id, item_id) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint evidence_items_pkey PRIMARY KEY (ward_id, campaign_id, evidence_id, item_id)
);
CREATE INDEX evidence_items_by_item ON public.evidence_items USING btree (ward_id, campaign_id, item_id);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.evidence_media (
  ward_id integer not null,
  campaign_id uuid not null,
  evidence_id uuid not null,
  sha256 bytea not null,
  constraint evidence_media_evidence FOREIGN KEY (ward_id, campaign_id, evidence_id) REFERENCES evidence(ward_id, campaign_id, id),
  constraint evidence_media_file FOREIGN KEY (ward_id, sha256) REFERENCES media(ward_id, sha256),
  constraint evidence_media_pkey PRIMARY KEY (ward_id, campaign_id, evidence_id, sha256)
);
CREATE INDEX evidence_media_by_file ON public.evidence_media USING btree (ward_id, sha256);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.evidence_uploads (
  ward_id integer not null,
  sha256 bytea not null,
  person_id uuid not null,
  uploaded_at timestamp with time zone not null,
  constraint evidence_uploads_media FOREIGN KEY (ward_id, sha256) REFERENCES media(ward_id, sha256),
  constraint evidence_uploads_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint evidence_uploads_pkey PRIMARY KEY (ward_id, sha256, person_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.exclusions (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  household_id uuid not null,
  reason text not null,
  note text,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  asked_team uuid[] not null default '{}'::uuid[],
  from_on date not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  decision text,
  decided_reason text,
  ended_at timestamp with time zone,
  ended_by uuid,
  ended_reason text,
  feed_id uuid not null,
  change_n bigint not null,
  constraint exclusions_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint exclusions_decided CHECK (((decided_at IS NULL) = (decision IS NULL))),
  constraint exclusions_decision CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text]))),
  constraint exclusions_household FOREIGN KEY (ward_id, household_id) REFERENCES households(ward_id, id),
  constraint exclusions_pkey PRIMARY KEY (ward_id, id),
  constraint exclusions_reason CHECK ((reason = ANY (ARRAY['moved-away'::text, 'vacant'::text, 'duplicate'::text, 'ineligible'::text, 'inaccessible'::text]))),
  constraint exclusions_two_persons CHECK (((decided_by IS NULL) OR (decision = 'refused'::text) OR (decided_by <> asked_by)))
);
CREATE INDEX exclusions_by_change ON public.exclusions USING btree (ward_id, feed_id, change_n);
CREATE INDEX exclusions_by_household ON public.exclusions USING btree (ward_id, campaign_id, household_id);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.excuses (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  area_id uuid,
  period_start date not null,
  reason text not null,
  granted_at timestamp with time zone not null,
  granted_by uuid not null,
  revoked_at timestamp with time zone,
  revoked_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  revoked_reason text,
  constraint excuses_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint excuses_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint excuses_item FOREIGN KEY (ward_id, campaign_id, item_id) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint excuses_pkey PRIMARY KEY (ward_id, campaign_id, id),
  constraint excuses_reason CHECK ((length(btrim(reason)) > 0))
);
CREATE INDEX excuses_by_period ON public.excuses USING btree (ward_id, campaign_id, period_start);
CREATE UNIQUE INDEX excuses_once ON public.excuses USING btree (ward_id, campaign_id, item_id, COALESCE(area_id, '00000000-0000-0000-0000-000000000000'::uuid), period_start) WHERE (revoked_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.feed_tombstones (
  ward_id integer not null,
  feed_id uuid not null,
  kind text not null,
  id uuid not null,
  change_n bigint not null,
  constraint feed_tombstones_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint feed_tombstones_pkey PRIMARY KEY (ward_id, feed_id, kind, id)
);
CREATE INDEX feed_tombstones_by_change ON public.feed_tombstones USING btree (ward_id, feed_id, change_n);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: delete, insert, select, update;

table public.feeds (
  ward_id integer not null,
  feed_id uuid not null,
  kind text not null,
  n bigint not null default 0,
  constraint feeds_kind CHECK ((kind = ANY (ARRAY['ward'::text, 'group'::text]))),
  constraint feeds_pkey PRIMARY KEY (ward_id, feed_id),
  constraint feeds_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
CREATE UNIQUE INDEX feeds_one_for_the_ward ON public.feeds USING btree (ward_id) WHERE (kind = 'ward'::text);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.field_conflicts (
  ward_id integer not null,
  id uuid not null,
  subject_kind text not null,
  subject_id uuid not null,
  field text not null,
  record_id uuid not null,
  other_record_id uuid,
  kept jsonb,
  other jsonb,
  group_id uuid not null,
  noted_at timestamp with time zone not null,
  reviewed_at timestamp with time zone,
  reviewed_by uuid,
  constraint field_conflicts_kind CHECK ((subject_kind = ANY (ARRAY['household'::text, 'dwelling'::text]))),
  constraint field_conflicts_pkey PRIMARY KEY (ward_id, id)
);
CREATE INDEX field_conflicts_by_subject ON public.field_conflicts USING btree (ward_id, subject_id);
CREATE INDEX field_conflicts_open ON public.field_conflicts USING btree (ward_id, group_id) WHERE (reviewed_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.field_records (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  type text not null,
  type_version smallint not null,
  group_id uuid not null,
  feed_id uuid not null,
  n bigint not null,
  subject_id uuid,
  author_id uuid not null,
  entered_by uuid,
  device_id uuid,
  recorded_at timestamp with time zone not null,
  clock_offset bigint,
  happened_at timestamp with time zone not null,
  work_on date not null,
  received_at timestamp with time zone not null,
  stored_at timestamp with time zone not null,
  body_hash bytea not null,
  body jsonb,
  released_by uuid,
  constraint field_records_pkey PRIMARY KEY (ward_id, id),
  constraint field_records_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
CREATE INDEX field_records_by_subject ON public.field_records USING btree (ward_id, subject_id) WHERE (subject_id IS NOT NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.form_codes (
  ward_id integer not null,
  campaign_id uuid not null,
  household_id uuid not null,
  code text not null,
  made_at timestamp with time zone not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint form_codes_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint form_codes_household FOREIGN KEY (ward_id, household_id) REFERENCES households(ward_id, id),
  constraint form_codes_once UNIQUE (ward_id, campaign_id, code),
  constraint form_codes_pkey PRIMARY KEY (ward_id, campaign_id, household_id)
);
CREATE INDEX form_codes_by_change ON public.form_codes USING btree (ward_id, feed_id, change_n);
CREATE INDEX form_codes_by_household ON public.form_codes USING btree (ward_id, household_id);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.grants (
  ward_id integer not null,
  id uuid not null,
  person_id uuid not null,
  role text not null,
  area_id uuid,
  unit_id uuid,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone,
  granted_by uuid,
  reason text,
  ended_by uuid,
  end_reason text,
  stands_in_for uuid,
  constraint grants_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint grants_dates CHECK (((to_at IS NULL) OR (to_at >= from_at))),
  constraint grants_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint grants_pkey PRIMARY KEY (ward_id, id),
  constraint grants_role CHECK ((role = ANY (ARRAY['administrator'::text, 'leader'::text, 'unit-head'::text, 'unit-member'::text, 'area-officer'::text, 'group-leader'::text, 'deputy-leader'::text, 'field-member'::text, 'duty-desk'::text, 'clerk'::text, 'city-viewer'::text, 'auditor'::text]))),
  constraint grants_scope CHECK ((((role = ANY (ARRAY['area-officer'::text, 'group-leader'::text, 'deputy-leader'::text, 'field-member'::text])) = (area_id IS NOT NULL)) AND ((role = ANY (ARRAY['unit-head'::text, 'unit-member'::text])) = (unit_id IS NOT NULL)))),
  constraint grants_stand_in_ends CHECK (((stands_in_for IS NULL) OR (to_at IS NOT NULL))),
  constraint grants_stands_in_for FOREIGN KEY (ward_id, stands_in_for) REFERENCES grants(ward_id, id),
  constraint grants_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id)
);
CREATE INDEX grants_by_area ON public.grants USING btree (ward_id, area_id) WHERE (area_id IS NOT NULL);
CREATE INDEX grants_by_person ON public.grants USING btree (ward_id, person_id);
CREATE INDEX grants_by_stood_in_for ON public.grants USING btree (ward_id, stands_in_for) WHERE (stands_in_for IS NOT NULL);
CREATE INDEX grants_by_unit ON public.grants USING btree (ward_id, unit_id) WHERE (unit_id IS NOT NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.hangings (
  ward_id integer not null,
  id uuid not null,
  site_id uuid not null,
  what text not null,
  copies integer not null,
  hung_on date not null,
  down_on date,
  down_by uuid,
  constraint hangings_copies CHECK (((copies >= 1) AND (copies <= 1000))),
  constraint hangings_days CHECK ((down_on >= hung_on)),
  constraint hangings_down CHECK (((down_on IS NULL) = (down_by IS NULL))),
  constraint hangings_down_by FOREIGN KEY (ward_id, down_by) REFERENCES people(ward_id, id),
  constraint hangings_pkey PRIMARY KEY (ward_id, id),
  constraint hangings_post FOREIGN KEY (ward_id, id) REFERENCES posts(ward_id, id),
  constraint hangings_site FOREIGN KEY (ward_id, site_id) REFERENCES sites(ward_id, id)
);
CREATE INDEX hangings_by_site ON public.hangings USING btree (ward_id, site_id);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.held_records (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  type text not null,
  group_id uuid not null,
  author_id uuid not null,
  entered_by uuid,
  device_id uuid,
  recorded_at timestamp with time zone not null,
  happened_at timestamp with time zone not null,
  received_at timestamp with time zone not null,
  stored_at timestamp with time zone not null,
  body_hash bytea not null,
  record jsonb,
  why text not null,
  settled_at timestamp with time zone,
  settled_by uuid,
  settled_how text,
  settled_reason text,
  constraint held_records_pkey PRIMARY KEY (ward_id, id),
  constraint held_records_settled CHECK (((settled_at IS NULL) = (settled_how IS NULL))),
  constraint held_records_settled_how CHECK ((settled_how = ANY (ARRAY['applied'::text, 'dropped'::text]))),
  constraint held_records_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id),
  constraint held_records_why CHECK ((why = ANY (ARRAY['rights-ended'::text, 'device-ended'::text, 'time-unbelievable'::text])))
);
CREATE INDEX held_records_open ON public.held_records USING btree (ward_id, received_at) WHERE (settled_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.household_aliases (
  ward_id integer not null,
  id uuid not null,
  absorbed_id uuid not null,
  household_id uuid not null,
  merged_at timestamp with time zone not null,
  merged_by uuid not null,
  reason text,
  undone_at timestamp with time zone,
  undone_by uuid,
  constraint household_aliases_absorbed FOREIGN KEY (ward_id, absorbed_id) REFERENCES households(ward_id, id),
  constraint household_aliases_into FOREIGN KEY (ward_id, household_id) REFERENCES households(ward_id, id),
  constraint household_aliases_pkey PRIMARY KEY (ward_id, id)
);
CREATE UNIQUE INDEX household_aliases_one_live ON public.household_aliases USING btree (ward_id, absorbed_id) WHERE (undone_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.household_imports (
  ward_id integer not null,
  id uuid not null,
  file_name text not null,
  file bytea,
  sheet integer not null default 0,
  columns jsonb not null default '{}'::jsonb,
  group_id uuid,
  accepted integer[] not null default '{}'::integer[],
  state text not null,
  total integer not null default 0,
  done integer not null default 0,
  made integer not null default 0,
  report jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  created_by uuid not null,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  finished_at timestamp with time zone,
  undone_at timestamp with time zone,
  undone_by uuid,
  constraint household_imports_group FOREIGN KEY (ward_id, group_id) REFERENCES areas(ward_id, id),
  constraint household_imports_pkey PRIMARY KEY (ward_id, id),
  constraint household_imports_state CHECK ((state = ANY (ARRAY['draft'::text, 'running'::text, 'done'::text, 'failed'::text, 'undone'::text, 'dropped'::text])))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.households (
  ward_id integer not null,
  id uuid not null,
  dwelling_id uuid not null,
  group_id uuid not null,
  n integer not null,
  head_name text not null,
  search text generated always as (search_key(head_name)) stored,
  residence text not null,
  members jsonb,
  phone text,
  address_written text,
  smartphone boolean,
  respected boolean not null default false,
  marks jsonb not null default '{}'::jsonb,
  merged_into uuid,
  closed_at timestamp with time zone,
  closed_why text,
  erased_at timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by uuid,
  import_id uuid,
  feed_id uuid not null,
  change_n bigint not null,
  head_born_year smallint,
  identity_masked text,
  constraint households_dwelling FOREIGN KEY (ward_id, dwelling_id) REFERENCES dwellings(ward_id, id),
  constraint households_group FOREIGN KEY (ward_id, group_id) REFERENCES areas(ward_id, id),
  constraint households_head_born CHECK (((head_born_year >= 1900) AND (head_born_year <= 2100))),
  constraint households_identity_masked CHECK ((identity_masked ~ '^[0-9]{3}•{6}[0-9]{3}$'::text)),
  constraint households_merged FOREIGN KEY (ward_id, merged_into) REFERENCES households(ward_id, id),
  constraint households_n CHECK (((n >= 1) AND (n <= 500))),
  constraint households_not_into_itself CHECK ((merged_into <> id)),
  constraint households_phone_e164 CHECK ((phone ~ '^\+[1-9][0-9]{7,14}$'::text)),
  constraint households_pkey PRIMARY KEY (ward_id, id),
  constraint households_residence CHECK ((residence = ANY (ARRAY['permanent'::text, 'temporary'::text, 'boarding'::text])))
);
CREATE INDEX households_absorbed ON public.households USING btree (ward_id, merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX households_by_change ON public.households USING btree (ward_id, feed_id, change_n);
CREATE INDEX households_by_dwelling ON public.households USING btree (ward_id, dwelling_id);
CREATE INDEX households_by_group ON public.households USING btree (ward_id, group_id, merged_into, closed_at);
CREATE INDEX households_by_import ON public.households USING btree (ward_id, import_id) WHERE (import_id IS NOT NULL);
CREATE INDEX households_by_words ON public.households USING gin (ward_id, search gin_trgm_ops);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;
rights tungnha_reader: select;

table public.installation (
  one boolean not null default true,
  kind text not null,
  epoch uuid not null,
  campaign_now_ms bigint,
  created_at timestamp with time zone not null default now(),
  sample jsonb,
  setup jsonb not null default '{}'::jsonb,
  constraint installation_is_one CHECK (one),
  constraint installation_kind CHECK ((kind = ANY (ARRAY['rehearsal'::text, 'real'::text]))),
  constraint installation_pkey PRIMARY KEY (one)
);
rights tungnha_app: select;

table public.lane_orders (
  ward_id integer not null,
  lane_id uuid not null,
  dwelling_ids uuid[] not null,
  ordered_at timestamp with time zone not null,
  record_id uuid not null,
  constraint lane_orders_lane FOREIGN KEY (ward_id, lane_id) REFERENCES areas(ward_id, id),
  constraint lane_orders_pkey PRIMARY KEY (ward_id, lane_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.media (
  ward_id integer not null,
  sha256 bytea not null,
  media_type text not null,
  bytes integer not null,
  stored_at timestamp with time zone not null,
  stored_by uuid,
  constraint media_bytes CHECK ((bytes > 0)),
  constraint media_pkey PRIMARY KEY (ward_id, sha256),
  constraint media_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.official_document_steps (
  ward_id integer not null,
  campaign_id uuid not null,
  document_id uuid not null,
  n integer not null,
  step text not null,
  at timestamp with time zone not null,
  by uuid not null,
  note text,
  constraint official_document_steps_document FOREIGN KEY (ward_id, campaign_id, document_id) REFERENCES official_documents(ward_id, campaign_id, id),
  constraint official_document_steps_pkey PRIMARY KEY (ward_id, campaign_id, document_id, n)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.official_documents (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null,
  from_on date not null,
  to_on date not null,
  state text not null,
  data jsonb not null,
  data_hash bytea not null,
  words jsonb not null,
  revision integer not null,
  number text,
  dated_on date,
  replaces_id uuid,
  replaces_why text,
  edited_sha256 bytea,
  signed_sha256 bytea,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint official_documents_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint official_documents_dates CHECK ((to_on >= from_on)),
  constraint official_documents_edited FOREIGN KEY (ward_id, edited_sha256) REFERENCES media(ward_id, sha256),
  constraint official_documents_kind CHECK ((kind = ANY (ARRAY['daily-report'::text, 'weekly-report'::text, 'period-report'::text, 'final-report'::text, 'plan'::text, 'notice'::text, 'minutes'::text]))),
  constraint official_documents_number CHECK ((((number IS NULL) = (dated_on IS NULL)) AND ((state <> ALL (ARRAY['numbered'::text, 'sealed'::text, 'issued'::text, 'filed'::text])) OR (number IS NOT NULL)))),
  constraint official_documents_pkey PRIMARY KEY (ward_id, campaign_id, id),
  constraint official_documents_replaces FOREIGN KEY (ward_id, campaign_id, replaces_id) REFERENCES official_documents(ward_id, campaign_id, id),
  constraint official_documents_signed FOREIGN KEY (ward_id, signed_sha256) REFERENCES media(ward_id, sha256),
  constraint official_documents_state CHECK ((state = ANY (ARRAY['draft'::text, 'content-checked'::text, 'form-checked'::text, 'signed'::text, 'numbered'::text, 'sealed'::text, 'issued'::text, 'filed'::text, 'replaced'::text])))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.outlet_accounts (
  ward_id integer not null,
  id uuid not null,
  provider text not null,
  name text not null,
  account_ref text not null,
  app_id text,
  sealed bytea,
  access_expires_at timestamp with time zone,
  renewing_until timestamp with time zone,
  renewals integer not null default 0,
  renewed_at timestamp with time zone,
  state text not null,
  trouble text,
  checked_at timestamp with time zone,
  connected_by uuid not null,
  connected_at timestamp with time zone not null,
  constraint outlet_accounts_by FOREIGN KEY (ward_id, connected_by) REFERENCES people(ward_id, id),
  constraint outlet_accounts_ended CHECK (((state = 'ended'::text) = (sealed IS NULL))),
  constraint outlet_accounts_pkey PRIMARY KEY (ward_id, id),
  constraint outlet_accounts_provider CHECK ((provider = ANY (ARRAY['zalo'::text, 'facebook'::text, 'webhook'::text, 'mail'::text]))),
  constraint outlet_accounts_state CHECK ((state = ANY (ARRAY['unchecked'::text, 'works'::text, 'trouble'::text, 'ended'::text]))),
  constraint outlet_accounts_trouble CHECK (((state = 'trouble'::text) = (trouble IS NOT NULL)))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.outlet_links (
  ward_id integer not null,
  channel_id uuid not null,
  account_id uuid not null,
  way text not null,
  target text,
  cover_url text,
  constraint outlet_links_account FOREIGN KEY (ward_id, account_id) REFERENCES outlet_accounts(ward_id, id),
  constraint outlet_links_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint outlet_links_cover CHECK (((way = 'article'::text) = (cover_url IS NOT NULL))),
  constraint outlet_links_pkey PRIMARY KEY (ward_id, channel_id),
  constraint outlet_links_target CHECK (((way = 'group-message'::text) = (target IS NOT NULL))),
  constraint outlet_links_way CHECK ((way = ANY (ARRAY['article'::text, 'group-message'::text, 'page-post'::text, 'call'::text, 'letter'::text])))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.outlet_sends (
  ward_id integer not null,
  id uuid not null,
  channel_id uuid not null,
  text_id uuid not null,
  text_version integer not null,
  title text not null,
  summary text not null,
  body text not null,
  link text,
  marker text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  state text not null,
  attempts integer not null default 0,
  looks integer not null default 0,
  blind integer not null default 0,
  next_at timestamp with time zone not null,
  begun_at timestamp with time zone,
  ended_at timestamp with time zone,
  receipt text,
  external_id text,
  external_url text,
  last_code text,
  settled_by uuid,
  constraint outlet_sends_by FOREIGN KEY (ward_id, asked_by) REFERENCES people(ward_id, id),
  constraint outlet_sends_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint outlet_sends_end CHECK (((state = ANY (ARRAY['sent'::text, 'failed'::text, 'cancelled'::text])) = (ended_at IS NOT NULL))),
  constraint outlet_sends_making CHECK (((state <> 'making'::text) OR (receipt IS NOT NULL))),
  constraint outlet_sends_marker_once UNIQUE (ward_id, marker),
  constraint outlet_sends_pkey PRIMARY KEY (ward_id, id),
  constraint outlet_sends_settled FOREIGN KEY (ward_id, settled_by) REFERENCES people(ward_id, id),
  constraint outlet_sends_state CHECK ((state = ANY (ARRAY['planned'::text, 'sending'::text, 'making'::text, 'looking'::text, 'unclear'::text, 'sent'::text, 'failed'::text, 'cancelled'::text]))),
  constraint outlet_sends_text FOREIGN KEY (ward_id, text_id, text_version) REFERENCES text_versions(ward_id, text_id, version)
);
CREATE INDEX outlet_sends_by_channel ON public.outlet_sends USING btree (ward_id, channel_id, asked_at DESC);
CREATE INDEX outlet_sends_due ON public.outlet_sends USING btree (ward_id, next_at) WHERE (state = ANY (ARRAY['planned'::text, 'sending'::text, 'making'::text, 'looking'::text]));
CREATE UNIQUE INDEX outlet_sends_once ON public.outlet_sends USING btree (ward_id, channel_id, text_id, text_version) WHERE (state = ANY (ARRAY['planned'::text, 'sending'::text, 'making'::text, 'looking'::text, 'unclear'::text]));
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.paper_handover_pledges (
  ward_id integer not null,
  pledge_id uuid not null,
  handover_id uuid not null,
  constraint paper_handover_pledges_handover FOREIGN KEY (ward_id, handover_id) REFERENCES paper_handovers(ward_id, id),
  constraint paper_handover_pledges_pkey PRIMARY KEY (ward_id, pledge_id),
  constraint paper_handover_pledges_pledge FOREIGN KEY (ward_id, pledge_id) REFERENCES pledges(ward_id, id)
);
CREATE INDEX paper_handover_pledges_by_handover ON public.paper_handover_pledges USING btree (ward_id, handover_id);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.paper_handovers (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  handed_at timestamp with time zone not null,
  handed_by uuid not null,
  note text,
  taken_at timestamp with time zone,
  taken_by uuid,
  filed_at timestamp with time zone,
  filed_by uuid,
  filed_where text,
  undone_at timestamp with time zone,
  undone_by uuid,
  constraint paper_handovers_filed CHECK (((filed_at IS NULL) OR (taken_at IS NOT NULL))),
  constraint paper_handovers_group FOREIGN KEY (ward_id, group_id) REFERENCES areas(ward_id, id),
  constraint paper_handovers_pkey PRIMARY KEY (ward_id, id),
  constraint paper_handovers_taken CHECK (((taken_at IS NULL) = (taken_by IS NULL))),
  constraint paper_handovers_two_persons CHECK (((taken_by IS NULL) OR (taken_by <> handed_by))),
  constraint paper_handovers_undone CHECK (((undone_at IS NULL) OR (taken_at IS NULL)))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.paper_prints (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  lane_id uuid,
  kind text not null,
  forms integer not null,
  printed_at timestamp with time zone not null,
  printed_by uuid not null,
  constraint paper_prints_forms CHECK ((forms > 0)),
  constraint paper_prints_group FOREIGN KEY (ward_id, group_id) REFERENCES areas(ward_id, id),
  constraint paper_prints_kind CHECK ((kind = ANY (ARRAY['pair'::text, 'blank'::text, 'collective'::text]))),
  constraint paper_prints_pkey PRIMARY KEY (ward_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.paper_reserves (
  ward_id integer not null,
  campaign_id uuid not null,
  made_on date not null,
  area_id uuid,
  place_id uuid not null,
  sha256 bytea not null,
  bytes integer not null,
  made_at timestamp with time zone not null,
  constraint paper_reserves_file FOREIGN KEY (ward_id, sha256) REFERENCES media(ward_id, sha256),
  constraint paper_reserves_pkey PRIMARY KEY (ward_id, campaign_id, made_on, place_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.people (
  ward_id integer not null,
  id uuid not null,
  name text not null,
  sort_key text not null,
  search text generated always as (search_key(name)) stored,
  title text,
  phone text,
  email text,
  account_id uuid,
  closed_at timestamp with time zone,
  constraint people_phone_e164 CHECK ((phone ~ '^\+[1-9][0-9]{7,14}$'::text)),
  constraint people_pkey PRIMARY KEY (ward_id, id),
  constraint people_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
CREATE INDEX people_by_account ON public.people USING btree (ward_id, account_id) WHERE (account_id IS NOT NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.plan_actor_names (
  ward_id integer not null,
  name_key text not null,
  name text not null,
  meaning text not null,
  unit_id uuid,
  said_at timestamp with time zone not null,
  said_by uuid,
  constraint plan_actor_names_meaning CHECK ((meaning = ANY (ARRAY['unit'::text, 'groups'::text, 'outside'::text]))),
  constraint plan_actor_names_pkey PRIMARY KEY (ward_id, name_key),
  constraint plan_actor_names_says CHECK (((meaning = 'unit'::text) = (unit_id IS NOT NULL))),
  constraint plan_actor_names_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id),
  constraint plan_actor_names_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.plan_items (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null,
  constraint plan_items_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint plan_items_kind CHECK ((kind = ANY (ARRAY['target'::text, 'duty'::text, 'report'::text]))),
  constraint plan_items_pkey PRIMARY KEY (ward_id, campaign_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.plan_version_items (
  ward_id integer not null,
  campaign_id uuid not null,
  version integer not null,
  item_id uuid not null,
  "position" integer not null,
  body jsonb not null,
  quote_start integer,
  quote_end integer,
  review text not null,
  ignored_reason text,
  revision integer not null default 1,
  origin text not null default 'read'::text,
  changed_in integer,
  edited_at timestamp with time zone,
  edited_by uuid,
  constraint plan_version_items_item FOREIGN KEY (ward_id, campaign_id, item_id) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint plan_version_items_origin CHECK ((origin = ANY (ARRAY['read'::text, 'added'::text, 'copied'::text]))),
  constraint plan_version_items_pkey PRIMARY KEY (ward_id, campaign_id, version, item_id),
  constraint plan_version_items_quote CHECK ((((quote_start IS NULL) = (quote_end IS NULL)) AND ((quote_start IS NULL) OR (quote_end > quote_start)))),
  constraint plan_version_items_reason CHECK (((review = 'ignored'::text) = (ignored_reason IS NOT NULL))),
  constraint plan_version_items_review CHECK ((review = ANY (ARRAY['open'::text, 'accepted'::text, 'ignored'::text]))),
  constraint plan_version_items_version FOREIGN KEY (ward_id, campaign_id, version) REFERENCES plan_versions(ward_id, campaign_id, version)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.plan_version_links (
  ward_id integer not null,
  campaign_id uuid not null,
  version integer not null,
  item_a uuid not null,
  item_b uuid not null,
  state text not null,
  constraint plan_version_links_a FOREIGN KEY (ward_id, campaign_id, item_a) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint plan_version_links_b FOREIGN KEY (ward_id, campaign_id, item_b) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint plan_version_links_order CHECK ((item_a < item_b)),
  constraint plan_version_links_pkey PRIMARY KEY (ward_id, campaign_id, version, item_a, item_b),
  constraint plan_version_links_state CHECK ((state = ANY (ARRAY['proposed'::text, 'linked'::text, 'apart'::text]))),
  constraint plan_version_links_version FOREIGN KEY (ward_id, campaign_id, version) REFERENCES plan_versions(ward_id, campaign_id, version)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.plan_version_phrases (
  ward_id integer not null,
  campaign_id uuid not null,
  version integer not null,
  id uuid not null,
  quote_start integer not null,
  quote_end integer not null,
  lacks text not null,
  why text not null,
  state text not null,
  item_id uuid,
  reason text,
  revision integer not null default 1,
  constraint plan_version_phrases_item FOREIGN KEY (ward_id, campaign_id, item_id) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint plan_version_phrases_pkey PRIMARY KEY (ward_id, campaign_id, version, id),
  constraint plan_version_phrases_quote CHECK (((quote_start >= 0) AND (quote_end > quote_start))),
  constraint plan_version_phrases_read CHECK (((state = 'read'::text) = (item_id IS NOT NULL))),
  constraint plan_version_phrases_reason CHECK (((state = 'ignored'::text) = (reason IS NOT NULL))),
  constraint plan_version_phrases_state CHECK ((state = ANY (ARRAY['open'::text, 'read'::text, 'ignored'::text]))),
  constraint plan_version_phrases_version FOREIGN KEY (ward_id, campaign_id, version) REFERENCES plan_versions(ward_id, campaign_id, version)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.plan_versions (
  ward_id integer not null,
  campaign_id uuid not null,
  version integer not null,
  state text not null,
  source text not null,
  document_name text,
  document_sha256 bytea,
  reading jsonb not null,
  answers jsonb not null default '{}'::jsonb,
  in_force_from date,
  amending_number text,
  amending_on date,
  amending_note text,
  created_at timestamp with time zone not null,
  created_by uuid,
  confirmed_at timestamp with time zone,
  confirmed_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  days jsonb,
  constraint plan_versions_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint plan_versions_confirmed CHECK ((((state = 'confirmed'::text) = (confirmed_at IS NOT NULL)) AND ((state <> 'confirmed'::text) OR (in_force_from IS NOT NULL)))),
  constraint plan_versions_days CHECK (((state <> 'confirmed'::text) OR (days IS NOT NULL))),
  constraint plan_versions_document FOREIGN KEY (ward_id, document_sha256) REFERENCES media(ward_id, sha256),
  constraint plan_versions_number CHECK ((version > 0)),
  constraint plan_versions_pkey PRIMARY KEY (ward_id, campaign_id, version),
  constraint plan_versions_state CHECK ((state = ANY (ARRAY['draft'::text, 'confirmed'::text, 'discarded'::text])))
);
CREATE UNIQUE INDEX plan_versions_one_draft ON public.plan_versions USING btree (ward_id, campaign_id) WHERE (state = 'draft'::text);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.pledge_texts (
  ward_id integer not null,
  campaign_id uuid not null,
  version integer not null,
  title text not null,
  body text not null,
  consents jsonb not null default '[]'::jsonb,
  audio_sha256 bytea,
  source text,
  in_force_from date not null,
  made_at timestamp with time zone not null,
  made_by uuid,
  feed_id uuid not null,
  change_n bigint not null,
  constraint pledge_texts_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint pledge_texts_pkey PRIMARY KEY (ward_id, campaign_id, version),
  constraint pledge_texts_version CHECK ((version > 0))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.pledges (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  household_id uuid not null,
  visit_id uuid,
  group_id uuid not null,
  original text not null,
  signer text not null,
  witness text,
  strokes bytea,
  text_version integer not null,
  receipt_code bytea,
  members_told smallint,
  consents text[] not null default '{}'::text[],
  media smallint not null default 0,
  author_id uuid not null,
  entered_by uuid,
  signed_at timestamp with time zone not null,
  work_on date not null,
  received_at timestamp with time zone not null,
  withdrawn_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_reason text,
  taken_back_at timestamp with time zone,
  feed_id uuid not null,
  change_n bigint not null,
  constraint pledges_household FOREIGN KEY (ward_id, household_id) REFERENCES households(ward_id, id),
  constraint pledges_original CHECK ((original = ANY (ARRAY['paper'::text, 'phone'::text]))),
  constraint pledges_pkey PRIMARY KEY (ward_id, id),
  constraint pledges_receipt_code CHECK ((octet_length(receipt_code) = 16)),
  constraint pledges_signer CHECK ((signer = ANY (ARRAY['head'::text, 'spouse'::text, 'adult-member'::text, 'owner'::text, 'relative-for-signer'::text])))
);
CREATE INDEX pledges_by_change ON public.pledges USING btree (ward_id, feed_id, change_n);
CREATE INDEX pledges_by_household ON public.pledges USING btree (ward_id, household_id, campaign_id);
CREATE UNIQUE INDEX pledges_receipt_once ON public.pledges USING btree (ward_id, receipt_code) WHERE (receipt_code IS NOT NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.posts (
  ward_id integer not null,
  id uuid not null,
  channel_id uuid not null,
  campaign_id uuid not null,
  text_id uuid,
  text_version integer,
  author_id uuid not null,
  posted_at timestamp with time zone not null,
  work_on date not null,
  link text,
  picture_sha256 bytea,
  note text,
  confirmed_by uuid,
  confirmed_at timestamp with time zone,
  undone_at timestamp with time zone,
  feed_id uuid not null,
  change_n bigint not null,
  link_state text,
  link_looked_at timestamp with time zone,
  constraint posts_author FOREIGN KEY (ward_id, author_id) REFERENCES people(ward_id, id),
  constraint posts_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint posts_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint posts_confirmed CHECK (((confirmed_by IS NULL) = (confirmed_at IS NULL))),
  constraint posts_confirmed_by_another CHECK ((confirmed_by <> author_id)),
  constraint posts_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint posts_link_looked_at CHECK (((link_state IS NULL) = (link_looked_at IS NULL))),
  constraint posts_link_state CHECK ((link_state = ANY (ARRAY['stands'::text, 'gone'::text, 'unknown'::text]))),
  constraint posts_pkey PRIMARY KEY (ward_id, id),
  constraint posts_text FOREIGN KEY (ward_id, text_id, text_version) REFERENCES text_versions(ward_id, text_id, version)
);
CREATE INDEX posts_by_channel ON public.posts USING btree (ward_id, channel_id, work_on DESC);
CREATE INDEX posts_by_picture ON public.posts USING btree (ward_id, picture_sha256) WHERE (picture_sha256 IS NOT NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.print_handouts (
  ward_id integer not null,
  run_id uuid not null,
  id uuid not null,
  area_id uuid,
  copies integer not null,
  note text,
  given_on date not null,
  given_by uuid not null,
  constraint print_handouts_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint print_handouts_by FOREIGN KEY (ward_id, given_by) REFERENCES people(ward_id, id),
  constraint print_handouts_copies CHECK (((copies >= 1) AND (copies <= 1000000))),
  constraint print_handouts_pkey PRIMARY KEY (ward_id, run_id, id),
  constraint print_handouts_run FOREIGN KEY (ward_id, run_id) REFERENCES print_runs(ward_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.print_runs (
  ward_id integer not null,
  id uuid not null,
  kind text not null,
  what text not null,
  printed integer not null,
  printed_on date not null,
  noted_by uuid not null,
  constraint print_runs_by FOREIGN KEY (ward_id, noted_by) REFERENCES people(ward_id, id),
  constraint print_runs_kind CHECK ((kind = ANY (ARRAY['poster'::text, 'leaflet'::text, 'banner'::text]))),
  constraint print_runs_pkey PRIMARY KEY (ward_id, id),
  constraint print_runs_printed CHECK (((printed >= 1) AND (printed <= 1000000)))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.publishing_settings (
  ward_id integer not null,
  speaker_name text,
  hotline text,
  office_hours text,
  address text,
  syllables_per_minute integer,
  spoken_words jsonb not null default '{}'::jsonb,
  updated_by uuid not null,
  updated_at timestamp with time zone not null,
  constraint publishing_settings_pace CHECK (((syllables_per_minute >= 80) AND (syllables_per_minute <= 320))),
  constraint publishing_settings_pkey PRIMARY KEY (ward_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.push_subscriptions (
  ward_id integer not null,
  id uuid not null,
  person_id uuid not null,
  device_id uuid,
  endpoint text not null,
  endpoint_hash bytea not null,
  p256dh text not null,
  auth text not null,
  label text not null,
  created_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_why text,
  session_id uuid,
  constraint push_subscriptions_end CHECK (((ended_at IS NULL) = (ended_why IS NULL))),
  constraint push_subscriptions_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint push_subscriptions_pkey PRIMARY KEY (ward_id, id),
  constraint push_subscriptions_why CHECK ((ended_why = ANY (ARRAY['left'::text, 'gone'::text, 'replaced'::text, 'refused'::text])))
);
CREATE INDEX push_subscriptions_by_person ON public.push_subscriptions USING btree (ward_id, person_id) WHERE (ended_at IS NULL);
CREATE INDEX push_subscriptions_by_session ON public.push_subscriptions USING btree (ward_id, session_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX push_subscriptions_once ON public.push_subscriptions USING btree (ward_id, endpoint_hash) WHERE (ended_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.record_media (
  ward_id integer not null,
  record_id uuid not null,
  sha256 bytea not null,
  household_id uuid,
  group_id uuid not null,
  of_paper boolean not null default true,
  constraint record_media_pkey PRIMARY KEY (ward_id, record_id, sha256)
);
CREATE INDEX record_media_by_file ON public.record_media USING btree (ward_id, sha256);
CREATE INDEX record_media_by_household ON public.record_media USING btree (ward_id, household_id);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.recordings (
  ward_id integer not null,
  id uuid not null,
  text_id uuid not null,
  text_version integer not null,
  state text not null,
  source text not null,
  voice text,
  sha256 bytea,
  media_type text,
  bytes integer,
  seconds integer,
  made_by uuid not null,
  made_at timestamp with time zone not null,
  constraint recordings_by FOREIGN KEY (ward_id, made_by) REFERENCES people(ward_id, id),
  constraint recordings_bytes CHECK ((bytes > 0)),
  constraint recordings_pkey PRIMARY KEY (ward_id, id),
  constraint recordings_ready CHECK (((state = 'ready'::text) = ((sha256 IS NOT NULL) AND (media_type IS NOT NULL) AND (bytes IS NOT NULL)))),
  constraint recordings_seconds CHECK (((seconds >= 0) AND (seconds <= 86400))),
  constraint recordings_sha256 CHECK ((length(sha256) = 32)),
  constraint recordings_source CHECK ((source = ANY (ARRAY['uploaded'::text, 'voice'::text]))),
  constraint recordings_state CHECK ((state = ANY (ARRAY['making'::text, 'ready'::text, 'failed'::text]))),
  constraint recordings_text FOREIGN KEY (ward_id, text_id, text_version) REFERENCES text_versions(ward_id, text_id, version)
);
CREATE INDEX recordings_by_text ON public.recordings USING btree (ward_id, text_id, text_version);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.reference_units (
  code text not null,
  level text not null,
  name text not null,
  parent_code text,
  valid_from date not null,
  valid_to date,
  source text not null,
  constraint reference_units_level CHECK ((level = ANY (ARRAY['country'::text, 'city'::text, 'ward'::text]))),
  constraint reference_units_pkey PRIMARY KEY (code, level, valid_from)
);
rights tungnha_app: select;

table public.reminder_choices (
  ward_id integer not null,
  person_id uuid not null,
  before boolean not null,
  late boolean not null,
  head boolean not null,
  lead_minutes integer not null,
  quiet_from text,
  quiet_to text,
  push boolean not null,
  mail boolean not null,
  language text not null default 'vi'::text,
  updated_at timestamp with time zone not null,
  constraint reminder_choices_language CHECK ((language = ANY (ARRAY['vi'::text, 'en'::text]))),
  constraint reminder_choices_lead CHECK (((lead_minutes >= 5) AND (lead_minutes <= 1440))),
  constraint reminder_choices_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint reminder_choices_pkey PRIMARY KEY (ward_id, person_id),
  constraint reminder_choices_quiet CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
  constraint reminder_choices_quiet_from CHECK ((quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text)),
  constraint reminder_choices_quiet_to CHECK ((quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.reminder_contacts (
  ward_id integer not null,
  id uuid not null,
  occurrence text not null,
  item_id uuid not null,
  area_id uuid,
  person_id uuid not null,
  way text not null,
  note text,
  contacted_at timestamp with time zone not null,
  contacted_by uuid not null,
  undone_at timestamp with time zone,
  undone_by uuid,
  constraint reminder_contacts_by FOREIGN KEY (ward_id, contacted_by) REFERENCES people(ward_id, id),
  constraint reminder_contacts_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint reminder_contacts_pkey PRIMARY KEY (ward_id, id),
  constraint reminder_contacts_undone CHECK (((undone_at IS NULL) = (undone_by IS NULL))),
  constraint reminder_contacts_way CHECK ((way = ANY (ARRAY['called'::text, 'no-answer'::text, 'zalo'::text, 'sms'::text, 'met'::text])))
);
CREATE INDEX reminder_contacts_by_occurrence ON public.reminder_contacts USING btree (ward_id, occurrence);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.reminder_deliveries (
  ward_id integer not null,
  id uuid not null,
  reminder_id uuid not null,
  channel text not null,
  subscription_id uuid,
  state text not null,
  attempts integer not null default 0,
  next_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  last_status integer,
  constraint reminder_deliveries_channel CHECK ((channel = ANY (ARRAY['push'::text, 'mail'::text]))),
  constraint reminder_deliveries_end CHECK (((state = 'planned'::text) = (ended_at IS NULL))),
  constraint reminder_deliveries_pkey PRIMARY KEY (ward_id, id),
  constraint reminder_deliveries_reminder FOREIGN KEY (ward_id, reminder_id) REFERENCES reminders(ward_id, id),
  constraint reminder_deliveries_state CHECK ((state = ANY (ARRAY['planned'::text, 'sent'::text, 'failed'::text, 'gone'::text, 'expired'::text]))),
  constraint reminder_deliveries_subscription FOREIGN KEY (ward_id, subscription_id) REFERENCES push_subscriptions(ward_id, id),
  constraint reminder_deliveries_target CHECK (((channel = 'push'::text) = (subscription_id IS NOT NULL)))
);
CREATE INDEX reminder_deliveries_by_reminder ON public.reminder_deliveries USING btree (ward_id, reminder_id);
CREATE INDEX reminder_deliveries_to_send ON public.reminder_deliveries USING btree (ward_id, next_at) WHERE (state = 'planned'::text);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.reminder_lines (
  ward_id integer not null,
  person_id uuid not null,
  kind text not null,
  occurrence text not null,
  reminder_id uuid not null,
  due_at timestamp with time zone not null,
  constraint reminder_lines_kind CHECK ((kind = ANY (ARRAY['before'::text, 'late'::text, 'head'::text]))),
  constraint reminder_lines_pkey PRIMARY KEY (ward_id, person_id, kind, occurrence),
  constraint reminder_lines_reminder FOREIGN KEY (ward_id, reminder_id) REFERENCES reminders(ward_id, id)
);
CREATE INDEX reminder_lines_by_due ON public.reminder_lines USING btree (ward_id, due_at);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.reminders (
  ward_id integer not null,
  id uuid not null,
  person_id uuid not null,
  origin text not null,
  lines jsonb not null,
  made_at timestamp with time zone not null,
  campaign_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  read_at timestamp with time zone,
  asked_by uuid,
  constraint reminders_asked CHECK (((origin = 'person'::text) = (asked_by IS NOT NULL))),
  constraint reminders_origin CHECK ((origin = ANY (ARRAY['rule'::text, 'person'::text, 'test'::text]))),
  constraint reminders_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint reminders_pkey PRIMARY KEY (ward_id, id)
);
CREATE INDEX reminders_by_person ON public.reminders USING btree (ward_id, person_id, campaign_at DESC);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.report_drafts (
  ward_id integer not null,
  campaign_id uuid not null,
  item_id uuid not null,
  place_id uuid not null,
  report_on date not null,
  body jsonb not null,
  saved_at timestamp with time zone not null,
  saved_by uuid not null,
  constraint report_drafts_item FOREIGN KEY (ward_id, campaign_id, item_id) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint report_drafts_pkey PRIMARY KEY (ward_id, campaign_id, item_id, place_id, report_on)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: delete, insert, select, update;

table public.report_mornings (
  ward_id integer not null,
  campaign_id uuid not null,
  item_id uuid not null,
  report_on date not null,
  frozen_at timestamp with time zone not null,
  picture jsonb not null,
  hash bytea not null,
  constraint report_mornings_item FOREIGN KEY (ward_id, campaign_id, item_id) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint report_mornings_pkey PRIMARY KEY (ward_id, campaign_id, item_id, report_on)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.report_settings (
  ward_id integer not null,
  campaign_id uuid not null,
  version integer not null,
  settings jsonb not null,
  set_at timestamp with time zone not null,
  set_by uuid,
  constraint report_settings_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint report_settings_pkey PRIMARY KEY (ward_id, campaign_id, version),
  constraint report_settings_version CHECK ((version > 0))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.reports (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  area_id uuid,
  unit_id uuid,
  report_on date not null,
  version integer not null,
  due_at timestamp with time zone not null,
  window_kind text not null,
  window_from timestamp with time zone not null,
  window_to timestamp with time zone not null,
  body jsonb not null,
  itemised jsonb not null,
  counted_n bigint,
  complete boolean not null,
  composed_at timestamp with time zone,
  received_at timestamp with time zone not null,
  decided_at timestamp with time zone not null,
  author_id uuid not null,
  entered_by uuid,
  reached_by text,
  reached_at timestamp with time zone,
  proof text,
  proof_sha256 bytea,
  words text,
  correction text,
  body_hash bytea not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint reports_area FOREIGN KEY (ward_id, area_id) REFERENCES areas(ward_id, id),
  constraint reports_author FOREIGN KEY (ward_id, author_id) REFERENCES people(ward_id, id),
  constraint reports_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint reports_correction CHECK (((version = 1) OR (length(btrim(COALESCE(correction, ''::text))) > 0))),
  constraint reports_entered_for_another CHECK ((((entered_by IS NULL) = (reached_by IS NULL)) AND ((reached_by IS NULL) = (reached_at IS NULL)) AND ((proof IS NULL) OR (reached_at IS NOT NULL)))),
  constraint reports_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint reports_item FOREIGN KEY (ward_id, campaign_id, item_id) REFERENCES plan_items(ward_id, campaign_id, id),
  constraint reports_one_place CHECK (((area_id IS NULL) <> (unit_id IS NULL))),
  constraint reports_pkey PRIMARY KEY (ward_id, campaign_id, id),
  constraint reports_proof CHECK ((proof = ANY (ARRAY['zalo-picture'::text, 'call'::text]))),
  constraint reports_reached_by CHECK ((reached_by = ANY (ARRAY['zalo'::text, 'phone'::text, 'paper'::text, 'in-person'::text]))),
  constraint reports_unit FOREIGN KEY (ward_id, unit_id) REFERENCES units(ward_id, id),
  constraint reports_version_number CHECK ((version > 0)),
  constraint reports_window_kind CHECK ((window_kind = ANY (ARRAY['day-before'::text, 'hour-to-hour'::text])))
);
CREATE INDEX reports_by_change ON public.reports USING btree (ward_id, feed_id, change_n);
CREATE INDEX reports_by_morning ON public.reports USING btree (ward_id, campaign_id, report_on);
CREATE UNIQUE INDEX reports_version_once ON public.reports USING btree (ward_id, campaign_id, item_id, COALESCE(area_id, unit_id), report_on, version);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.schema_migrations (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null default now(),
  constraint schema_migrations_pkey PRIMARY KEY (number)
);
rights tungnha_app: select;

table public.sign_in_cards (
  ward_id integer not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  code_hash bytea not null,
  issued_at timestamp with time zone not null,
  issued_by uuid,
  expires_at timestamp with time zone not null,
  redeemed_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint sign_in_cards_code_once UNIQUE (ward_id, code_hash),
  constraint sign_in_cards_person FOREIGN KEY (ward_id, person_id) REFERENCES people(ward_id, id),
  constraint sign_in_cards_pkey PRIMARY KEY (ward_id, id),
  constraint sign_in_cards_token_once UNIQUE (ward_id, token_hash)
);
CREATE UNIQUE INDEX sign_in_cards_one_live ON public.sign_in_cards USING btree (ward_id, person_id) WHERE (ended_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.site_checks (
  ward_id integer not null,
  id uuid not null,
  site_id uuid not null,
  condition text not null,
  picture_sha256 bytea,
  note text,
  checked_at timestamp with time zone not null,
  checked_by uuid not null,
  constraint site_checks_by FOREIGN KEY (ward_id, checked_by) REFERENCES people(ward_id, id),
  constraint site_checks_condition CHECK ((condition = ANY (ARRAY['good'::text, 'worn'::text, 'damaged'::text, 'gone'::text]))),
  constraint site_checks_picture CHECK ((length(picture_sha256) = 32)),
  constraint site_checks_pkey PRIMARY KEY (ward_id, id),
  constraint site_checks_site FOREIGN KEY (ward_id, site_id) REFERENCES sites(ward_id, id)
);
CREATE INDEX site_checks_by_site ON public.site_checks USING btree (ward_id, site_id, checked_at DESC);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.sites (
  ward_id integer not null,
  id uuid not null,
  channel_id uuid not null,
  kind text not null,
  name text not null,
  address text,
  check_days integer not null,
  opened_on date not null,
  closed_on date,
  constraint sites_channel FOREIGN KEY (ward_id, channel_id) REFERENCES channels(ward_id, id),
  constraint sites_check_days CHECK (((check_days >= 1) AND (check_days <= 366))),
  constraint sites_kind CHECK ((kind = ANY (ARRAY['cultural-house'::text, 'school'::text, 'market'::text, 'office'::text, 'board'::text, 'banner'::text, 'pano'::text, 'other'::text]))),
  constraint sites_pkey PRIMARY KEY (ward_id, id)
);
CREATE UNIQUE INDEX sites_name_once ON public.sites USING btree (ward_id, channel_id, name) WHERE (closed_on IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.stated_figures (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  figure text not null,
  of_on date not null,
  value bigint not null,
  source text not null,
  stated_at timestamp with time zone not null,
  stated_by uuid not null,
  constraint stated_figures_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint stated_figures_person FOREIGN KEY (ward_id, stated_by) REFERENCES people(ward_id, id),
  constraint stated_figures_pkey PRIMARY KEY (ward_id, campaign_id, id),
  constraint stated_figures_source CHECK ((length(btrim(source)) > 0))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select;

table public.superior_forms (
  ward_id integer not null,
  campaign_id uuid not null,
  id uuid not null,
  name text not null,
  media_sha256 bytea not null,
  media_kind text not null,
  cells jsonb not null default '[]'::jsonb,
  uploaded_at timestamp with time zone not null,
  uploaded_by uuid not null,
  closed_at timestamp with time zone,
  constraint superior_forms_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint superior_forms_file FOREIGN KEY (ward_id, media_sha256) REFERENCES media(ward_id, sha256),
  constraint superior_forms_kind CHECK ((media_kind = ANY (ARRAY['xlsx'::text, 'docx'::text]))),
  constraint superior_forms_pkey PRIMARY KEY (ward_id, campaign_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.supplementary_households (
  ward_id integer not null,
  campaign_id uuid not null,
  household_id uuid not null,
  listed_n integer not null,
  constraint supplementary_households_act FOREIGN KEY (ward_id, campaign_id, listed_n) REFERENCES closing_acts(ward_id, campaign_id, n),
  constraint supplementary_households_household FOREIGN KEY (ward_id, household_id) REFERENCES households(ward_id, id),
  constraint supplementary_households_pkey PRIMARY KEY (ward_id, campaign_id, household_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.text_pieces (
  ward_id integer not null,
  text_id uuid not null,
  version integer not null,
  form text not null,
  body text,
  edited_by uuid not null,
  edited_at timestamp with time zone not null,
  constraint text_pieces_editor FOREIGN KEY (ward_id, edited_by) REFERENCES people(ward_id, id),
  constraint text_pieces_form CHECK ((form = ANY (ARRAY['zalo'::text, 'page'::text, 'portal'::text, 'loudspeaker'::text]))),
  constraint text_pieces_pkey PRIMARY KEY (ward_id, text_id, version, form),
  constraint text_pieces_version FOREIGN KEY (ward_id, text_id, version) REFERENCES text_versions(ward_id, text_id, version)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.text_versions (
  ward_id integer not null,
  text_id uuid not null,
  version integer not null,
  body jsonb not null,
  search text not null,
  state text not null,
  written_by uuid not null,
  written_at timestamp with time zone not null,
  checked_by uuid,
  checked_at timestamp with time zone,
  approved_by uuid,
  approved_at timestamp with time zone,
  withdrawn_by uuid,
  withdrawn_at timestamp with time zone,
  withdrawn_reason text,
  constraint text_versions_approved CHECK ((((state = ANY (ARRAY['approved'::text, 'withdrawn'::text])) = (approved_by IS NOT NULL)) AND ((approved_by IS NULL) = (approved_at IS NULL)))),
  constraint text_versions_checked CHECK ((((state = 'draft'::text) = (checked_by IS NULL)) AND ((checked_by IS NULL) = (checked_at IS NULL)))),
  constraint text_versions_number CHECK ((version > 0)),
  constraint text_versions_pkey PRIMARY KEY (ward_id, text_id, version),
  constraint text_versions_second_person CHECK (((checked_by <> written_by) AND (approved_by <> written_by))),
  constraint text_versions_state CHECK ((state = ANY (ARRAY['draft'::text, 'checked'::text, 'approved'::text, 'withdrawn'::text]))),
  constraint text_versions_text FOREIGN KEY (ward_id, text_id) REFERENCES texts(ward_id, id),
  constraint text_versions_withdrawn CHECK ((((state = 'withdrawn'::text) = (withdrawn_by IS NOT NULL)) AND ((withdrawn_by IS NULL) = (withdrawn_at IS NULL)) AND ((withdrawn_by IS NULL) = (withdrawn_reason IS NULL)))),
  constraint text_versions_writer FOREIGN KEY (ward_id, written_by) REFERENCES people(ward_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.texts (
  ward_id integer not null,
  id uuid not null,
  pillar text not null,
  slug text not null,
  audience text[] not null default '{}'::text[],
  valid_from date,
  valid_to date,
  is_starter boolean not null default false,
  created_at timestamp with time zone not null,
  feed_id uuid not null,
  change_n bigint not null,
  constraint texts_days CHECK (((valid_from IS NULL) OR (valid_to IS NULL) OR (valid_from < valid_to))),
  constraint texts_feed FOREIGN KEY (ward_id, feed_id) REFERENCES feeds(ward_id, feed_id),
  constraint texts_pillar CHECK ((pillar = ANY (ARRAY['law'::text, 'tactics'::text, 'personal-data'::text, 'results'::text, 'first-hour'::text, 'slogan'::text]))),
  constraint texts_pkey PRIMARY KEY (ward_id, id),
  constraint texts_slug CHECK ((slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)),
  constraint texts_slug_once UNIQUE (ward_id, slug)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.units (
  ward_id integer not null,
  id uuid not null,
  kind text not null,
  name text not null,
  short_name text not null,
  "position" integer not null default 0,
  search text generated always as (search_key(name)) stored,
  valid_from date not null,
  valid_to date,
  constraint units_kind CHECK ((kind = ANY (ARRAY['police'::text, 'office'::text, 'service'::text, 'party'::text, 'front'::text, 'union'::text, 'military'::text, 'school'::text, 'clinic'::text, 'other'::text]))),
  constraint units_pkey PRIMARY KEY (ward_id, id),
  constraint units_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
CREATE UNIQUE INDEX units_name_once ON public.units USING btree (ward_id, lower(name)) WHERE (valid_to IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.victim_signals (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  at timestamp with time zone not null,
  is_household boolean not null,
  told text not null,
  author_id uuid not null,
  received_at timestamp with time zone not null,
  constraint victim_signals_pkey PRIMARY KEY (ward_id, id),
  constraint victim_signals_told CHECK ((told = ANY (ARRAY['duty-desk'::text, 'area-officer'::text, 'none'::text])))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.visit_reviews (
  ward_id integer not null,
  visit_id uuid not null,
  reviewed_by uuid not null,
  reviewed_at timestamp with time zone not null,
  constraint visit_reviews_pkey PRIMARY KEY (ward_id, visit_id),
  constraint visit_reviews_visit FOREIGN KEY (ward_id, visit_id) REFERENCES visits(ward_id, id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.visit_rounds (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  lane_id uuid not null,
  on_day date not null,
  from_time time without time zone not null,
  to_time time without time zone not null,
  people uuid[] not null,
  made_at timestamp with time zone not null,
  made_by uuid not null,
  cancelled_at timestamp with time zone,
  cancelled_by uuid,
  constraint visit_rounds_campaign FOREIGN KEY (ward_id, campaign_id) REFERENCES campaigns(ward_id, id),
  constraint visit_rounds_group FOREIGN KEY (ward_id, group_id) REFERENCES areas(ward_id, id),
  constraint visit_rounds_hours CHECK ((to_time > from_time)),
  constraint visit_rounds_lane FOREIGN KEY (ward_id, lane_id) REFERENCES areas(ward_id, id),
  constraint visit_rounds_people CHECK (((cardinality(people) >= 1) AND (cardinality(people) <= 12))),
  constraint visit_rounds_pkey PRIMARY KEY (ward_id, id)
);
CREATE INDEX visit_rounds_by_group ON public.visit_rounds USING btree (ward_id, group_id, on_day) WHERE (cancelled_at IS NULL);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.visits (
  ward_id integer not null,
  id uuid not null,
  campaign_id uuid not null,
  household_id uuid not null,
  group_id uuid not null,
  outcome text not null,
  channel text not null,
  place text not null,
  how text not null,
  come_back_at timestamp with time zone,
  met_who text,
  members_told smallint,
  topics text[] not null default '{}'::text[],
  zalo_state text,
  zalo_received_by text,
  flyer_left boolean,
  team_id uuid,
  position_lat real,
  position_lon real,
  media smallint not null default 0,
  author_id uuid not null,
  entered_by uuid,
  done_at timestamp with time zone not null,
  work_on date not null,
  received_at timestamp with time zone not null,
  flags text[] not null default '{}'::text[],
  taken_back_at timestamp with time zone,
  taken_back_by uuid,
  taken_back_reason text,
  feed_id uuid not null,
  change_n bigint not null,
  constraint visits_channel CHECK ((channel = ANY (ARRAY['direct'::text, 'phone'::text, 'zalo'::text]))),
  constraint visits_household FOREIGN KEY (ward_id, household_id) REFERENCES households(ward_id, id),
  constraint visits_how CHECK ((how = ANY (ARRAY['on-the-spot'::text, 'from-paper'::text]))),
  constraint visits_outcome CHECK ((outcome = ANY (ARRAY['met'::text, 'nobody-home'::text, 'working-away'::text, 'refused'::text, 'moved-away'::text, 'vacant'::text, 'duplicate'::text, 'ineligible'::text, 'inaccessible'::text]))),
  constraint visits_pkey PRIMARY KEY (ward_id, id),
  constraint visits_place CHECK ((place = ANY (ARRAY['home'::text, 'leader-house'::text, 'culture-house'::text, 'meeting'::text, 'elsewhere'::text]))),
  constraint visits_zalo_state CHECK ((zalo_state = ANY (ARRAY['own-member'::text, 'received-by'::text, 'no-smartphone'::text, 'not-yet'::text])))
);
CREATE INDEX visits_by_author ON public.visits USING btree (ward_id, author_id, done_at);
CREATE INDEX visits_by_change ON public.visits USING btree (ward_id, feed_id, change_n);
CREATE INDEX visits_by_household ON public.visits USING btree (ward_id, household_id, campaign_id);
CREATE INDEX visits_flagged ON public.visits USING btree (ward_id, campaign_id) WHERE ((flags <> '{}'::text[]) AND (taken_back_at IS NULL));
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.ward_addresses (
  code text not null,
  ward_id integer not null,
  constraint ward_addresses_pkey PRIMARY KEY (code)
);
rights tungnha_app: select;

table public.ward_basemaps (
  ward_id integer not null,
  sha256 bytea,
  kind text not null,
  min_zoom integer not null,
  max_zoom integer not null,
  bounds double precision[] not null,
  attribution text,
  layers text[] not null default '{}'::text[],
  brought_at timestamp with time zone not null,
  brought_by uuid not null,
  constraint ward_basemaps_attribution CHECK ((length(attribution) <= 300)),
  constraint ward_basemaps_bounds CHECK ((cardinality(bounds) = 4)),
  constraint ward_basemaps_by FOREIGN KEY (ward_id, brought_by) REFERENCES people(ward_id, id),
  constraint ward_basemaps_kind CHECK ((kind = ANY (ARRAY['vector'::text, 'png'::text, 'jpeg'::text, 'webp'::text]))),
  constraint ward_basemaps_media FOREIGN KEY (ward_id, sha256) REFERENCES media(ward_id, sha256),
  constraint ward_basemaps_pkey PRIMARY KEY (ward_id),
  constraint ward_basemaps_sha256 CHECK ((length(sha256) = 32)),
  constraint ward_basemaps_zooms CHECK (((0 <= min_zoom) AND (min_zoom <= max_zoom) AND (max_zoom <= 24)))
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.ward_codes (
  ward_id integer not null,
  code text not null,
  city_code text not null,
  valid_from date not null,
  valid_to date,
  constraint ward_codes_pkey PRIMARY KEY (ward_id, code, valid_from),
  constraint ward_codes_ward FOREIGN KEY (ward_id) REFERENCES wards(ward_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

table public.wards (
  ward_id integer not null generated by default as identity,
  name text not null,
  settings jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  constraint wards_pkey PRIMARY KEY (ward_id)
);
policy ward_scope ALL using ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer)) with check ((ward_id = (NULLIF(current_setting('app.ward_id'::text, true), ''::text))::integer));
rights tungnha_app: insert, select, update;

view area_paths with (security_invoker=true) as
 SELECT ward_id,
    id AS area_id,
        CASE
            WHEN (parent_id IS NULL) THEN ARRAY[id]
            ELSE ARRAY[id, parent_id]
        END AS path
   FROM areas;

view bound_phones with (security_invoker=true) as
 SELECT ward_id,
    person_id,
    bound_at
   FROM devices
  WHERE (ended_at IS NULL);

view evidence_pictures with (security_invoker=true) as
 SELECT e.ward_id,
    e.campaign_id,
    e.id AS evidence_id,
    e.work_on,
    e.area_id,
    e.unit_id,
    e.channel,
    e.note,
    m.sha256,
    f.media_type,
    f.bytes
   FROM ((evidence e
     JOIN evidence_media m ON (((m.ward_id = e.ward_id) AND (m.campaign_id = e.campaign_id) AND (m.evidence_id = e.id))))
     JOIN media f ON (((f.ward_id = m.ward_id) AND (f.sha256 = m.sha256))))
  WHERE (e.undone_at IS NULL);

view evidence_told with (security_invoker=true) as
 SELECT ward_id,
    campaign_id,
    id,
    area_id,
    unit_id,
    channel,
    count,
    done_at,
    received_at,
    source,
    undone_at,
    feed_id
   FROM evidence;

view group_coverage with (security_invoker=true) as
 SELECT ward_id,
    campaign_id,
    group_id,
    any_value(name) AS name,
    any_value(short_name) AS short_name,
    any_value("position") AS "position",
    any_value(valid_from) AS valid_from,
    NULL::date AS valid_to,
    any_value(declared) AS declared,
    any_value(declared_temporary) AS declared_temporary,
    (count(household_id))::integer AS named,
    (count(household_id) FILTER (WHERE excluded))::integer AS excluded,
    (GREATEST(COALESCE(any_value(declared), 0), (count(household_id))::integer) - (count(household_id) FILTER (WHERE excluded))::integer) AS denominator,
    (count(household_id) FILTER (WHERE (reached AND (NOT excluded))))::integer AS reached,
    (count(household_id) FILTER (WHERE (remote AND (NOT excluded))))::integer AS remote,
    (count(household_id) FILTER (WHERE (pledged AND (NOT excluded))))::integer AS pledged,
    (count(household_id) FILTER (WHERE (zalo AND (NOT excluded))))::integer AS zalo
   FROM ( SELECT g.ward_id,
            c.id AS campaign_id,
            g.group_id,
            g.name,
            g.short_name,
            g."position",
            g.valid_from,
            g.households AS declared,
            g.temporary_households AS declared_temporary,
            true AS standing,
            NULL::uuid AS household_id,
            NULL::boolean AS excluded,
            NULL::boolean AS reached,
            NULL::boolean AS remote,
            NULL::boolean AS pledged,
            NULL::boolean AS zalo
           FROM (group_households g
             JOIN campaigns c ON ((c.ward_id = g.ward_id)))
          WHERE (g.valid_to IS NULL)
        UNION ALL
         SELECT s.ward_id,
            s.campaign_id,
            s.group_id,
            NULL::text,
            NULL::text,
            NULL::integer,
            NULL::date,
            NULL::integer,
            NULL::integer,
            NULL::boolean,
            s.household_id,
            (s.excluded_on IS NOT NULL),
            (s.reached_on IS NOT NULL),
            (s.remote_on IS NOT NULL),
            (s.pledged_on IS NOT NULL),
            (s.zalo_on IS NOT NULL)
           FROM household_standing s) f
  GROUP BY ward_id, campaign_id, group_id
 HAVING bool_or(standing);

view group_households with (security_invoker=true) as
 SELECT a.ward_id,
    a.id AS group_id,
    a.name,
    a.short_name,
    a."position",
    a.valid_from,
    a.valid_to,
    confirmed.households,
    confirmed.temporary_households,
    confirmed.version AS confirmed_version,
    stated.households AS stated_households,
    stated.version AS stated_version
   FROM ((areas a
     LEFT JOIN LATERAL ( SELECT d.version,
            d.households,
            d.temporary_households
           FROM area_declarations d
          WHERE ((d.ward_id = a.ward_id) AND (d.area_id = a.id) AND (d.confirmed_at IS NOT NULL))
          ORDER BY d.version DESC
         LIMIT 1) confirmed ON (true))
     LEFT JOIN LATERAL ( SELECT d.version,
            d.households
           FROM area_declarations d
          WHERE ((d.ward_id = a.ward_id) AND (d.area_id = a.id) AND (d.version > COALESCE(confirmed.version, 0)))
          ORDER BY d.version DESC
         LIMIT 1) stated ON (true))
  WHERE (a.kind = 'group'::text);

view household_contacts with (security_invoker=true) as
 SELECT h.ward_id,
    h.id AS household_id,
    h.group_id,
    h.head_name,
    h.phone,
    l.short_name AS lane,
    d.house_number
   FROM ((households h
     JOIN dwellings d ON (((d.ward_id = h.ward_id) AND (d.id = h.dwelling_id))))
     JOIN areas l ON (((l.ward_id = d.ward_id) AND (l.id = d.lane_id))))
  WHERE ((h.merged_into IS NULL) AND (h.closed_at IS NULL) AND (h.erased_at IS NULL));

view household_coverage with (security_invoker=true) as
 SELECT s.ward_id,
    s.campaign_id,
    s.group_id,
    m.day,
    m.measure,
    (count(*))::integer AS n
   FROM (household_standing s
     CROSS JOIN LATERAL ( VALUES ('reached'::text,s.reached_on), ('remote'::text,s.remote_on), ('pledged'::text,s.pledged_on), ('zalo'::text,s.zalo_on)) m(measure, day))
  WHERE ((m.day IS NOT NULL) AND (s.excluded_on IS NULL))
  GROUP BY s.ward_id, s.campaign_id, s.group_id, m.day, m.measure;

view household_doors with (security_invoker=true) as
 SELECT h.ward_id,
    h.id AS household_id,
    l.short_name AS lane,
    l."position" AS lane_position,
    d.house_number,
    h.head_name
   FROM ((households h
     JOIN dwellings d ON (((d.ward_id = h.ward_id) AND (d.id = h.dwelling_id))))
     JOIN areas l ON (((l.ward_id = d.ward_id) AND (l.id = d.lane_id))));

view household_progress with (security_invoker=true) as
 WITH standing AS (
         SELECT v.ward_id,
            v.id,
            v.campaign_id,
            v.household_id,
            v.group_id,
            v.outcome,
            v.channel,
            v.place,
            v.how,
            v.come_back_at,
            v.met_who,
            v.members_told,
            v.topics,
            v.zalo_state,
            v.zalo_received_by,
            v.flyer_left,
            v.team_id,
            v.position_lat,
            v.position_lon,
            v.media,
            v.author_id,
            v.entered_by,
            v.done_at,
            v.work_on,
            v.received_at,
            v.flags,
            v.taken_back_at,
            v.taken_back_by,
            v.taken_back_reason,
            v.feed_id,
            v.change_n,
            COALESCE(h.merged_into, h.id) AS counted_household,
            h.group_id AS present_group
           FROM (visits v
             JOIN households h ON (((h.ward_id = v.ward_id) AND (h.id = v.household_id))))
          WHERE (v.taken_back_at IS NULL)
        ), ranked AS (
         SELECT s_1.ward_id,
            s_1.id,
            s_1.campaign_id,
            s_1.household_id,
            s_1.group_id,
            s_1.outcome,
            s_1.channel,
            s_1.place,
            s_1.how,
            s_1.come_back_at,
            s_1.met_who,
            s_1.members_told,
            s_1.topics,
            s_1.zalo_state,
            s_1.zalo_received_by,
            s_1.flyer_left,
            s_1.team_id,
            s_1.position_lat,
            s_1.position_lon,
            s_1.media,
            s_1.author_id,
            s_1.entered_by,
            s_1.done_at,
            s_1.work_on,
            s_1.received_at,
            s_1.flags,
            s_1.taken_back_at,
            s_1.taken_back_by,
            s_1.taken_back_reason,
            s_1.feed_id,
            s_1.change_n,
            s_1.counted_household,
            s_1.present_group,
            row_number() OVER w AS rank
           FROM standing s_1
          WINDOW w AS (PARTITION BY s_1.ward_id, s_1.campaign_id, s_1.counted_household ORDER BY s_1.done_at DESC, s_1.id DESC)
        ), seen AS (
         SELECT ranked.ward_id,
            ranked.campaign_id,
            ranked.counted_household AS household_id,
            (count(*))::integer AS visits,
            bool_or(((ranked.outcome = 'met'::text) AND (ranked.channel = 'direct'::text))) AS reached,
            min(ranked.work_on) FILTER (WHERE ((ranked.outcome = 'met'::text) AND (ranked.channel = 'direct'::text))) AS reached_on,
            bool_or(((ranked.outcome = 'met'::text) AND (ranked.channel <> 'direct'::text))) AS reached_remotely,
            min(ranked.work_on) FILTER (WHERE ((ranked.outcome = 'met'::text) AND (ranked.channel <> 'direct'::text))) AS reached_remotely_on,
            (array_agg(ranked.zalo_state ORDER BY ranked.done_at DESC, ranked.id DESC) FILTER (WHERE (ranked.zalo_state IS NOT NULL)))[1] AS zalo_state,
            min(ranked.work_on) FILTER (WHERE (ranked.zalo_state = ANY (ARRAY['own-member'::text, 'received-by'::text]))) AS on_zalo_on,
            (max((ranked.id)::text) FILTER (WHERE (ranked.rank = 1)))::uuid AS last_visit_id,
            max(ranked.outcome) FILTER (WHERE (ranked.rank = 1)) AS last_outcome,
            max(ranked.channel) FILTER (WHERE (ranked.rank = 1)) AS last_channel,
            max(ranked.done_at) FILTER (WHERE (ranked.rank = 1)) AS last_done_at,
            max(ranked.work_on) FILTER (WHERE (ranked.rank = 1)) AS last_work_on,
            max(ranked.come_back_at) FILTER (WHERE (ranked.rank = 1)) AS come_back_at,
            (max((ranked.author_id)::text) FILTER (WHERE (ranked.rank = 1)))::uuid AS last_author_id,
            (count(*) FILTER (WHERE (ranked.flags <> '{}'::text[])))::integer AS flagged
           FROM ranked
          GROUP BY ranked.ward_id, ranked.campaign_id, ranked.counted_household
        ), signed AS (
         SELECT p.ward_id,
            p.campaign_id,
            COALESCE(h.merged_into, h.id) AS household_id,
            (array_agg(p.id ORDER BY p.signed_at, p.id))[1] AS pledge_id,
            (array_agg(p.original ORDER BY p.signed_at, p.id))[1] AS original,
            min(p.work_on) AS pledged_on
           FROM (pledges p
             JOIN households h ON (((h.ward_id = p.ward_id) AND (h.id = p.household_id))))
          WHERE ((p.withdrawn_at IS NULL) AND (p.taken_back_at IS NULL))
          GROUP BY p.ward_id, p.campaign_id, COALESCE(h.merged_into, h.id)
        )
 SELECT COALESCE(s.ward_id, g.ward_id) AS ward_id,
    COALESCE(s.campaign_id, g.campaign_id) AS campaign_id,
    COALESCE(s.household_id, g.household_id) AS household_id,
    COALESCE(s.visits, 0) AS visits,
    COALESCE(s.reached, false) AS reached,
    s.reached_on,
    COALESCE(s.reached_remotely, false) AS reached_remotely,
    s.reached_remotely_on,
    g.pledge_id,
    g.original AS pledge_original,
    g.pledged_on,
    s.zalo_state,
    s.on_zalo_on,
    s.last_visit_id,
    s.last_outcome,
    s.last_channel,
    s.last_done_at,
    s.last_work_on,
    s.come_back_at,
    s.last_author_id,
    COALESCE(s.flagged, 0) AS flagged
   FROM (seen s
     FULL JOIN signed g ON (((g.ward_id = s.ward_id) AND (g.campaign_id = s.campaign_id) AND (g.household_id = s.household_id))));

view household_standing with (security_invoker=true) as
 SELECT ward_id,
    campaign_id,
    household_id,
    any_value(group_id) AS group_id,
    any_value(lane_id) AS lane_id,
    any_value(dwelling_id) AS dwelling_id,
    (count(outcome))::integer AS visits,
    min(work_on) FILTER (WHERE ((outcome = 'met'::text) AND (channel = 'direct'::text))) AS reached_on,
        CASE
            WHEN (min(work_on) FILTER (WHERE ((outcome = 'met'::text) AND (channel = 'direct'::text))) IS NULL) THEN min(work_on) FILTER (WHERE ((outcome = 'met'::text) AND (channel <> 'direct'::text)))
            ELSE NULL::date
        END AS remote_on,
    min(pledged_on) AS pledged_on,
    COALESCE(bool_or(on_paper), false) AS pledged_on_paper,
        CASE
            WHEN (max(done_at) FILTER (WHERE (zalo_state = ANY (ARRAY['own-member'::text, 'received-by'::text]))) = max(done_at) FILTER (WHERE (zalo_state IS NOT NULL))) THEN min(work_on) FILTER (WHERE (zalo_state = ANY (ARRAY['own-member'::text, 'received-by'::text])))
            ELSE NULL::date
        END AS zalo_on,
    min(excluded_on) AS excluded_on,
    substr(max((to_char((done_at AT TIME ZONE 'UTC'::text), 'YYYYMMDDHH24MISSMS'::text) || outcome)), 18) AS last_outcome,
    max(done_at) FILTER (WHERE (outcome IS NOT NULL)) AS last_at,
    (count(done_at) FILTER (WHERE (flags <> '{}'::text[])))::integer AS flagged,
    any_value(home_id) AS home_id,
    substr(max((to_char((done_at AT TIME ZONE 'UTC'::text), 'YYYYMMDDHH24MISSMS'::text) || zalo_state)), 18) AS zalo_state
   FROM ( SELECT h.ward_id,
            c.id AS campaign_id,
            h.id AS household_id,
            COALESCE(m.present, h.group_id) AS group_id,
            d.lane_id,
            h.dwelling_id,
            true AS standing,
            NULL::timestamp with time zone AS done_at,
            NULL::date AS work_on,
            NULL::text AS outcome,
            NULL::text AS channel,
            NULL::text AS zalo_state,
            NULL::text[] AS flags,
            NULL::date AS pledged_on,
            NULL::boolean AS on_paper,
            NULL::date AS excluded_on,
            h.group_id AS home_id
           FROM (((households h
             JOIN campaigns c ON ((c.ward_id = h.ward_id)))
             JOIN dwellings d ON (((d.ward_id = h.ward_id) AND (d.id = h.dwelling_id))))
             LEFT JOIN ( SELECT areas.ward_id,
                    areas.id,
                    present_group(areas.ward_id, areas.id) AS present
                   FROM areas
                  WHERE ((areas.kind = 'group'::text) AND (areas.valid_to IS NOT NULL))) m ON (((m.ward_id = h.ward_id) AND (m.id = h.group_id))))
          WHERE ((h.merged_into IS NULL) AND (h.closed_at IS NULL))
        UNION ALL
         SELECT v.ward_id,
            v.campaign_id,
            COALESCE(h.merged_into, h.id) AS "coalesce",
            NULL::uuid,
            NULL::uuid,
            NULL::uuid,
            NULL::boolean,
            v.done_at,
            v.work_on,
            v.outcome,
            v.channel,
            v.zalo_state,
            v.flags,
            NULL::date,
            NULL::boolean,
            NULL::date,
            NULL::uuid
           FROM (visits v
             JOIN households h ON (((h.ward_id = v.ward_id) AND (h.id = v.household_id))))
          WHERE (v.taken_back_at IS NULL)
        UNION ALL
         SELECT c.ward_id,
            c.campaign_id,
            COALESCE(h.merged_into, h.id) AS "coalesce",
            NULL::uuid,
            NULL::uuid,
            NULL::uuid,
            NULL::boolean,
            c.matched_at,
            c.matched_on,
            NULL::text,
            NULL::text,
            'own-member'::text,
            NULL::text[],
            NULL::date,
            NULL::boolean,
            NULL::date,
            NULL::uuid
           FROM (chat_matches c
             JOIN households h ON (((h.ward_id = c.ward_id) AND (h.id = c.household_id))))
          WHERE (c.undone_at IS NULL)
        UNION ALL
         SELECT p.ward_id,
            p.campaign_id,
            COALESCE(h.merged_into, h.id) AS "coalesce",
            NULL::uuid,
            NULL::uuid,
            NULL::uuid,
            NULL::boolean,
            NULL::timestamp with time zone,
            NULL::date,
            NULL::text,
            NULL::text,
            NULL::text,
            NULL::text[],
            p.work_on,
            (p.original = 'paper'::text),
            NULL::date,
            NULL::uuid
           FROM (pledges p
             JOIN households h ON (((h.ward_id = p.ward_id) AND (h.id = p.household_id))))
          WHERE ((p.withdrawn_at IS NULL) AND (p.taken_back_at IS NULL))
        UNION ALL
         SELECT e.ward_id,
            e.campaign_id,
            COALESCE(h.merged_into, h.id) AS "coalesce",
            NULL::uuid,
            NULL::uuid,
            NULL::uuid,
            NULL::boolean,
            NULL::timestamp with time zone,
            NULL::date,
            NULL::text,
            NULL::text,
            NULL::text,
            NULL::text[],
            NULL::date,
            NULL::boolean,
            e.from_on,
            NULL::uuid
           FROM (exclusions e
             JOIN households h ON (((h.ward_id = e.ward_id) AND (h.id = e.household_id))))
          WHERE ((e.decision = 'approved'::text) AND (e.ended_at IS NULL))) f
  GROUP BY ward_id, campaign_id, household_id
 HAVING bool_or(standing);

view household_zalo with (security_invoker=true) as
 SELECT DISTINCT ON (ward_id, campaign_id, household_id) ward_id,
    campaign_id,
    household_id,
    zalo_state,
    done_at
   FROM ( SELECT v.ward_id,
            v.campaign_id,
            COALESCE(h.merged_into, h.id) AS household_id,
            v.zalo_state,
            v.done_at,
            v.id
           FROM (visits v
             JOIN households h ON (((h.ward_id = v.ward_id) AND (h.id = v.household_id))))
          WHERE ((v.taken_back_at IS NULL) AND (v.zalo_state IS NOT NULL))
        UNION ALL
         SELECT m.ward_id,
            m.campaign_id,
            COALESCE(h.merged_into, h.id) AS "coalesce",
            'own-member'::text,
            m.matched_at,
            m.id
           FROM (chat_matches m
             JOIN households h ON (((h.ward_id = m.ward_id) AND (h.id = m.household_id))))
          WHERE (m.undone_at IS NULL)) s
  ORDER BY ward_id, campaign_id, household_id, done_at DESC, id DESC;

view paper_custody with (security_invoker=true) as
 SELECT p.ward_id,
    p.campaign_id,
    p.id AS pledge_id,
    p.household_id,
    p.group_id,
    p.work_on AS signed_on,
    x.handed_at,
    x.taken_at,
    x.filed_at,
    x.filed_where
   FROM ((pledges p
     LEFT JOIN paper_handover_pledges o ON (((o.ward_id = p.ward_id) AND (o.pledge_id = p.id))))
     LEFT JOIN paper_handovers x ON (((x.ward_id = p.ward_id) AND (x.id = o.handover_id) AND (x.undone_at IS NULL))))
  WHERE ((p.original = 'paper'::text) AND (p.withdrawn_at IS NULL) AND (p.taken_back_at IS NULL));

view people_reaching with (security_invoker=true) as
 SELECT v.ward_id,
    v.campaign_id,
    v.author_id AS person_id,
    (count(DISTINCT COALESCE(h.merged_into, h.id)))::integer AS reached
   FROM (visits v
     JOIN households h ON (((h.ward_id = v.ward_id) AND (h.id = v.household_id))))
  WHERE ((v.taken_back_at IS NULL) AND (v.outcome = 'met'::text) AND (v.channel = 'direct'::text))
  GROUP BY v.ward_id, v.campaign_id, v.author_id;

view phones_in_use with (security_invoker=true) as
 SELECT d.ward_id,
    d.id AS device_id,
    p.name,
    d.label,
    d.last_used_at,
    s.pushed_at,
    s.waiting
   FROM ((devices d
     JOIN people p ON (((p.ward_id = d.ward_id) AND (p.id = d.person_id))))
     LEFT JOIN device_syncs s ON (((s.ward_id = d.ward_id) AND (s.device_id = d.id))))
  WHERE (d.ended_at IS NULL);

view plan_confirmed_items with (security_invoker=true) as
 SELECT i.ward_id,
    i.campaign_id,
    i.version,
    i.item_id,
    i."position",
    i.body,
    i.quote_start,
    i.quote_end,
        CASE
            WHEN (i.quote_start IS NULL) THEN NULL::text
            ELSE utf16_slice(v.source, i.quote_start, i.quote_end)
        END AS words
   FROM (plan_version_items i
     JOIN plan_versions v ON (((v.ward_id = i.ward_id) AND (v.campaign_id = i.campaign_id) AND (v.version = i.version))))
  WHERE ((v.state = 'confirmed'::text) AND (i.review = 'accepted'::text));

view plan_confirmed_versions with (security_invoker=true) as
 SELECT ward_id,
    campaign_id,
    version,
    in_force_from,
    lead(in_force_from) OVER (PARTITION BY ward_id, campaign_id ORDER BY version) AS in_force_to,
    days,
    amending_number,
    amending_on,
    confirmed_at,
    change_n,
    COALESCE(( SELECT json_agg(json_build_array(l.item_a, l.item_b) ORDER BY l.item_a, l.item_b) AS json_agg
           FROM plan_version_links l
          WHERE ((l.ward_id = v.ward_id) AND (l.campaign_id = v.campaign_id) AND (l.version = v.version) AND (l.state = 'linked'::text))), '[]'::json) AS links
   FROM plan_versions v
  WHERE (state = 'confirmed'::text);

view pledges_told with (security_invoker=true) as
 SELECT p.ward_id,
    p.campaign_id,
    p.group_id,
    COALESCE(h.merged_into, h.id) AS household_id,
    p.signed_at,
    p.received_at,
    COALESCE(p.withdrawn_at, p.taken_back_at) AS ended_at,
    p.change_n,
    p.feed_id
   FROM (pledges p
     JOIN households h ON (((h.ward_id = p.ward_id) AND (h.id = p.household_id))));

view records_waiting with (security_invoker=true) as
 SELECT ward_id,
    campaign_id,
    (count(*))::integer AS n
   FROM held_records
  WHERE (settled_at IS NULL)
  GROUP BY ward_id, campaign_id;

view responsibilities with (security_invoker=true) as
 SELECT g.ward_id,
    g.id AS grant_id,
    g.person_id,
    p.name AS person,
    g.role,
    g.area_id,
    g.unit_id,
    g.from_at,
    LEAST(g.to_at, p.closed_at) AS to_at,
    g.stands_in_for,
    g.reason,
    g.granted_by,
    g.end_reason,
    g.ended_by
   FROM (grants g
     JOIN people p ON (((p.ward_id = g.ward_id) AND (p.id = g.person_id))))
  WHERE ((g.to_at IS NULL) OR (g.to_at > g.from_at));

view search_entries with (security_invoker=true) as
 SELECT people.ward_id,
    'person'::text AS kind,
    people.id,
    NULL::uuid AS campaign_id,
    people.name AS title,
    COALESCE(people.title, ''::text) AS detail,
    people.search
   FROM people
  WHERE (people.closed_at IS NULL)
UNION ALL
 SELECT areas.ward_id,
    'group'::text AS kind,
    areas.id,
    NULL::uuid AS campaign_id,
    areas.name AS title,
    areas.short_name AS detail,
    ((areas.search || ' '::text) || search_key(areas.short_name)) AS search
   FROM areas
  WHERE ((areas.kind = 'group'::text) AND (areas.valid_to IS NULL))
UNION ALL
 SELECT units.ward_id,
    'unit'::text AS kind,
    units.id,
    NULL::uuid AS campaign_id,
    units.name AS title,
    units.short_name AS detail,
    ((units.search || ' '::text) || search_key(units.short_name)) AS search
   FROM units
  WHERE (units.valid_to IS NULL)
UNION ALL
 SELECT i.ward_id,
    'item'::text AS kind,
    i.item_id AS id,
    i.campaign_id,
    (i.body ->> 'title'::text) AS title,
    c.short_name AS detail,
    search_key((((i.body ->> 'title'::text) || ' '::text) || COALESCE((i.body ->> 'actor'::text), ''::text))) AS search
   FROM ((plan_confirmed_items i
     JOIN campaigns c ON (((c.ward_id = i.ward_id) AND (c.id = i.campaign_id))))
     JOIN plan_confirmed_versions v ON (((v.ward_id = i.ward_id) AND (v.campaign_id = i.campaign_id) AND (v.version = i.version))))
  WHERE (v.in_force_to IS NULL)
UNION ALL
 SELECT v.ward_id,
    'plan'::text AS kind,
    v.campaign_id AS id,
    v.campaign_id,
    c.name AS title,
    COALESCE(v.document_name, ''::text) AS detail,
    search_key(((c.name || ' '::text) || COALESCE(v.document_name, ''::text))) AS search
   FROM ((plan_versions v
     JOIN campaigns c ON (((c.ward_id = v.ward_id) AND (c.id = v.campaign_id))))
     JOIN plan_confirmed_versions f ON (((f.ward_id = v.ward_id) AND (f.campaign_id = v.campaign_id) AND (f.version = v.version))))
  WHERE (f.in_force_to IS NULL)
UNION ALL
 SELECT directives.ward_id,
    'directive'::text AS kind,
    directives.id,
    NULL::uuid AS campaign_id,
    ((directives.number || ': '::text) || directives.subject) AS title,
    directives.issuer AS detail,
    directives.search
   FROM directives
  WHERE (directives.withdrawn_at IS NULL)
UNION ALL
 SELECT t.ward_id,
    'text'::text AS kind,
    t.id,
    NULL::uuid AS campaign_id,
    (v.body ->> 'title'::text) AS title,
    (v.body ->> 'summary'::text) AS detail,
    v.search
   FROM (texts t
     JOIN LATERAL ( SELECT n.body,
            n.search,
            n.state
           FROM text_versions n
          WHERE ((n.ward_id = t.ward_id) AND (n.text_id = t.id))
          ORDER BY n.version DESC
         LIMIT 1) v ON (true))
  WHERE (v.state <> 'withdrawn'::text)
UNION ALL
 SELECT official_documents.ward_id,
    'document'::text AS kind,
    official_documents.id,
    official_documents.campaign_id,
    (COALESCE((official_documents.number || ': '::text), ''::text) || (official_documents.words ->> 'subject'::text)) AS title,
    to_char((official_documents.to_on)::timestamp with time zone, 'DD/MM/YYYY'::text) AS detail,
    search_key(((COALESCE(official_documents.number, ''::text) || ' '::text) || (official_documents.words ->> 'subject'::text))) AS search
   FROM official_documents
  WHERE (official_documents.state <> 'replaced'::text);

view visits_told with (security_invoker=true) as
 SELECT v.ward_id,
    v.campaign_id,
    v.group_id,
    COALESCE(h.merged_into, h.id) AS household_id,
    v.outcome,
    v.channel,
    v.done_at,
    v.received_at,
    v.taken_back_at,
    v.change_n,
    v.feed_id
   FROM (visits v
     JOIN households h ON (((h.ward_id = v.ward_id) AND (h.id = v.household_id))));

view zalo_matches with (security_invoker=true) as
 SELECT m.ward_id,
    c.area_id AS feed_id,
    m.campaign_id,
    m.household_id,
    m.matched_at,
    m.undone_at,
    m.change_n
   FROM (chat_matches m
     JOIN channels c ON (((c.ward_id = m.ward_id) AND (c.id = m.channel_id))));

CREATE OR REPLACE FUNCTION public.duties_in_hand(ward integer, at timestamp with time zone)
 RETURNS TABLE(campaign_id uuid, item_id uuid, unit_id uuid, person_id uuid)
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 SELECT h.campaign_id,
     h.item_id,
     h.unit_id,
     h.person_id
    FROM duty_hands h
   WHERE ((h.ward_id = duties_in_hand.ward) AND (h.from_at <= duties_in_hand.at) AND ((h.to_at IS NULL) OR (h.to_at > duties_in_hand.at)) AND (EXISTS ( SELECT
            FROM responsibilities r
           WHERE ((r.ward_id = duties_in_hand.ward) AND (r.person_id = h.person_id) AND (r.unit_id = h.unit_id) AND (r.role = ANY (ARRAY['unit-head'::text, 'unit-member'::text])) AND (r.from_at <= duties_in_hand.at) AND ((r.to_at IS NULL) OR (r.to_at > duties_in_hand.at))))) AND (NOT (EXISTS ( SELECT
            FROM absences a
           WHERE ((a.ward_id = duties_in_hand.ward) AND (a.person_id = h.person_id) AND ((a.ended_at IS NULL) OR (a.ended_at > duties_in_hand.at)) AND ((((duties_in_hand.at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date >= a.from_on) AND (((duties_in_hand.at AT TIME ZONE 'Asia/Ho_Chi_Minh'::text))::date <= a.to_on)))))));
END;

CREATE OR REPLACE FUNCTION public.household_gains(ward integer, campaign uuid, groups uuid[])
 RETURNS TABLE(group_id uuid, measure text, day date, n integer)
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 WITH standing AS MATERIALIZED (
          SELECT household_standings.group_id,
             household_standings.lane_id,
             household_standings.household_id,
             household_standings.reached_on,
             household_standings.remote_on,
             household_standings.pledged_on,
             household_standings.zalo_on,
             household_standings.excluded_on,
             household_standings.last_outcome,
             household_standings.flagged,
             household_standings.home_id,
             household_standings.visits,
             household_standings.zalo_state
            FROM household_standings(household_gains.ward, household_gains.campaign, household_gains.groups) household_standings(group_id, lane_id, household_id, reached_on, remote_on, pledged_on, zalo_on, excluded_on, last_outcome, flagged, home_id, visits, zalo_state)
         )
  SELECT s.group_id,
     m.measure,
     m.day,
     (count(*))::integer AS count
    FROM (standing s
      CROSS JOIN LATERAL ( VALUES ('reached'::text,s.reached_on), ('remote'::text,s.remote_on), ('pledged'::text,s.pledged_on), ('zalo'::text,s.zalo_on)) m(measure, day))
   WHERE ((m.day IS NOT NULL) AND (s.excluded_on IS NULL))
   GROUP BY s.group_id, m.measure, m.day
 UNION ALL
  SELECT s.group_id,
     'named'::text,
     NULL::date,
     (count(*))::integer AS count
    FROM standing s
   GROUP BY s.group_id
 UNION ALL
  SELECT s.group_id,
     'excluded'::text,
     NULL::date,
     (count(*))::integer AS count
    FROM standing s
   WHERE (s.excluded_on IS NOT NULL)
   GROUP BY s.group_id;
END;

CREATE OR REPLACE FUNCTION public.household_standings(ward integer, campaign uuid, groups uuid[])
 RETURNS TABLE(group_id uuid, lane_id uuid, household_id uuid, reached_on date, remote_on date, pledged_on date, zalo_on date, excluded_on date, last_outcome text, flagged integer, home_id uuid, visits integer, zalo_state text)
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 WITH homes AS MATERIALIZED (
          SELECT a.id,
             a.present
            FROM ( SELECT a_1.id,
                         CASE
                             WHEN (a_1.valid_to IS NULL) THEN a_1.id
                             ELSE present_group(household_standings.ward, a_1.id)
                         END AS present
                    FROM areas a_1
                   WHERE ((a_1.ward_id = household_standings.ward) AND (a_1.kind = 'group'::text))) a
           WHERE (a.present = ANY (household_standings.groups))
         ), named AS MATERIALIZED (
          SELECT h.id,
             homes.present,
             h.group_id AS home_id,
             d.lane_id
            FROM ((homes
              JOIN households h ON (((h.ward_id = household_standings.ward) AND (h.group_id = homes.id))))
              JOIN dwellings d ON (((d.ward_id = household_standings.ward) AND (d.id = h.dwelling_id))))
           WHERE ((h.merged_into IS NULL) AND (h.closed_at IS NULL))
         ), entries AS MATERIALIZED (
          SELECT named_1.id AS entry,
             named_1.id
            FROM named named_1
         UNION ALL
          SELECT x.id,
             named_1.id
            FROM (named named_1
              JOIN households x ON (((x.ward_id = household_standings.ward) AND (x.merged_into = named_1.id))))
         ), seen AS (
          SELECT entries.id,
             min(v.work_on) FILTER (WHERE ((v.outcome = 'met'::text) AND (v.channel = 'direct'::text))) AS reached_on,
             min(v.work_on) FILTER (WHERE ((v.outcome = 'met'::text) AND (v.channel <> 'direct'::text))) AS called_on,
             min(v.work_on) FILTER (WHERE (v.zalo_state = ANY (ARRAY['own-member'::text, 'received-by'::text]))) AS zalo_on,
             max(v.done_at) FILTER (WHERE (v.zalo_state = ANY (ARRAY['own-member'::text, 'received-by'::text]))) AS zalo_yes_at,
             max(v.done_at) FILTER (WHERE (v.zalo_state IS NOT NULL)) AS zalo_said_at,
             substr(max((to_char((v.done_at AT TIME ZONE 'UTC'::text), 'YYYYMMDDHH24MISSMS'::text) || v.outcome)), 18) AS last_outcome,
             (count(*) FILTER (WHERE (v.flags <> '{}'::text[])))::integer AS flagged,
             (count(*))::integer AS visits,
             max((to_char((v.done_at AT TIME ZONE 'UTC'::text), 'YYYYMMDDHH24MISSMS'::text) || v.zalo_state)) AS zalo_said
            FROM (entries
              JOIN visits v ON (((v.ward_id = household_standings.ward) AND (v.household_id = entries.entry) AND (v.campaign_id = household_standings.campaign))))
           WHERE (v.taken_back_at IS NULL)
           GROUP BY entries.id
         ), matched AS (
          SELECT entries.id,
             min(c.matched_on) AS zalo_on,
             max(c.matched_at) AS zalo_yes_at,
             max((to_char((c.matched_at AT TIME ZONE 'UTC'::text), 'YYYYMMDDHH24MISSMS'::text) || 'own-member'::text)) AS zalo_said
            FROM (entries
              JOIN chat_matches c ON (((c.ward_id = household_standings.ward) AND (c.household_id = entries.entry) AND (c.campaign_id = household_standings.campaign))))
           WHERE (c.undone_at IS NULL)
           GROUP BY entries.id
         ), signed AS (
          SELECT entries.id,
             min(p.work_on) AS pledged_on
            FROM (entries
              JOIN pledges p ON (((p.ward_id = household_standings.ward) AND (p.household_id = entries.entry) AND (p.campaign_id = household_standings.campaign))))
           WHERE ((p.withdrawn_at IS NULL) AND (p.taken_back_at IS NULL))
           GROUP BY entries.id
         ), outside AS (
          SELECT entries.id,
             min(e.from_on) AS excluded_on
            FROM (entries
              JOIN exclusions e ON (((e.ward_id = household_standings.ward) AND (e.household_id = entries.entry) AND (e.campaign_id = household_standings.campaign))))
           WHERE ((e.decision = 'approved'::text) AND (e.ended_at IS NULL))
           GROUP BY entries.id
         )
  SELECT named.present,
     named.lane_id,
     named.id,
     s.reached_on,
         CASE
             WHEN (s.reached_on IS NULL) THEN s.called_on
             ELSE NULL::date
         END AS "case",
     g.pledged_on,
         CASE
             WHEN (GREATEST(s.zalo_yes_at, m.zalo_yes_at) = GREATEST(s.zalo_said_at, m.zalo_yes_at)) THEN LEAST(s.zalo_on, m.zalo_on)
             ELSE NULL::date
         END AS "case",
     o.excluded_on,
     s.last_outcome,
     COALESCE(s.flagged, 0) AS "coalesce",
     named.home_id,
     COALESCE(s.visits, 0) AS "coalesce",
     substr(GREATEST(s.zalo_said, m.zalo_said), 18) AS substr
    FROM ((((named
      LEFT JOIN seen s ON ((s.id = named.id)))
      LEFT JOIN matched m ON ((m.id = named.id)))
      LEFT JOIN signed g ON ((g.id = named.id)))
      LEFT JOIN outside o ON ((o.id = named.id)));
END;

CREATE OR REPLACE FUNCTION public.present_group(ward integer, named uuid)
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
BEGIN ATOMIC
 WITH RECURSIVE chain(id, depth) AS (
          SELECT present_group.named AS named,
             0 AS "?column?"
         UNION ALL
          SELECT s.successor_id,
             (c.depth + 1)
            FROM ((chain c
              JOIN areas a ON (((a.ward_id = present_group.ward) AND (a.id = c.id) AND (a.valid_to IS NOT NULL))))
              JOIN area_successors s ON (((s.ward_id = present_group.ward) AND (s.area_id = c.id))))
           WHERE ((c.depth < 20) AND (( SELECT count(*) AS count
                    FROM area_successors o
                   WHERE ((o.ward_id = present_group.ward) AND (o.area_id = c.id))) = 1))
         )
  SELECT chain.id
    FROM chain
   ORDER BY chain.depth DESC
  LIMIT 1;
END;

CREATE OR REPLACE FUNCTION public.protect_ward_table(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format(
    'create policy ward_scope on %s using (ward_id = nullif(current_setting(''app.ward_id'', true), '''')::int)
       with check (ward_id = nullif(current_setting(''app.ward_id'', true), '''')::int)', target);
  execute format('grant select, insert, update on %s to tungnha_app', target);
end $function$;

CREATE OR REPLACE FUNCTION public.search_key(value text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE STRICT
BEGIN ATOMIC
 SELECT lower(unaccent('unaccent'::regdictionary, NORMALIZE(value, NFC))) AS lower;
END;

CREATE OR REPLACE FUNCTION public.utf16_slice(source text, start_at integer, end_at integer)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (WITH wide AS (SELECT (sum(length(pieces.piece)) OVER (ORDER BY pieces.n) + (2 * (pieces.n - 1))) AS at FROM regexp_split_to_table(utf16_slice.source, '[\U00010000-\U0010FFFF]'::text) WITH ORDINALITY pieces(piece, n)), bounds AS (SELECT (utf16_slice.start_at - count(*) FILTER (WHERE (wide.at < utf16_slice.start_at))) AS first, (utf16_slice.end_at - count(*) FILTER (WHERE (wide.at < utf16_slice.end_at))) AS last FROM wide) SELECT SUBSTRING(utf16_slice.source FROM ((bounds.first)::integer + 1) FOR ((bounds.last - bounds.first))::integer) AS "substring" FROM bounds);

-- schema jobs

CREATE OR REPLACE FUNCTION jobs.add(task text, payload json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text, queue text DEFAULT NULL::text, max_attempts integer DEFAULT NULL::integer)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'graphile_worker', 'pg_temp'
AS $function$
begin
  perform graphile_worker.add_job(task, payload => payload, run_at => run_at, job_key => job_key,
                                  queue_name => queue, max_attempts => max_attempts);
end $function$;

-- schema auth

table auth.account (
  id uuid not null default gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamp with time zone,
  "refreshTokenExpiresAt" timestamp with time zone,
  scope text,
  password text,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null,
  constraint account_of_user FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE,
  constraint account_pkey PRIMARY KEY (id)
);
CREATE INDEX account_user_id ON auth.account USING btree ("userId");
rights tungnha_app: delete, insert, select, update;

table auth.passkey (
  id uuid not null default gen_random_uuid(),
  name text,
  "publicKey" text not null,
  "userId" uuid not null,
  "credentialID" text not null,
  counter bigint not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  transports text,
  "createdAt" timestamp with time zone,
  aaguid text,
  constraint passkey_credential_once UNIQUE ("credentialID"),
  constraint passkey_of_user FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE,
  constraint passkey_pkey PRIMARY KEY (id)
);
CREATE INDEX passkey_user_id ON auth.passkey USING btree ("userId");
rights tungnha_app: delete, insert, select, update;

table auth.session (
  id uuid not null default gen_random_uuid(),
  "expiresAt" timestamp with time zone not null,
  token text not null,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null,
  "provedAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  constraint session_of_user FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_once UNIQUE (token)
);
CREATE INDEX session_user_id ON auth.session USING btree ("userId");
rights tungnha_app: delete, insert, select, update;

table auth.sign_in_tries (
  place bytea not null,
  failures integer not null default 0,
  last_at timestamp with time zone not null,
  wait_until timestamp with time zone,
  constraint sign_in_tries_pkey PRIMARY KEY (place)
);
CREATE INDEX sign_in_tries_old ON auth.sign_in_tries USING btree (last_at);
rights tungnha_app: delete, insert, select, update;

table auth.twoFactor (
  id uuid not null default gen_random_uuid(),
  secret text not null,
  "backupCodes" text not null,
  "userId" uuid not null,
  verified boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamp with time zone,
  constraint two_factor_of_user FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE,
  constraint two_factor_pkey PRIMARY KEY (id)
);
CREATE INDEX two_factor_secret ON auth."twoFactor" USING btree (secret);
CREATE INDEX two_factor_user_id ON auth."twoFactor" USING btree ("userId");
rights tungnha_app: delete, insert, select, update;

table auth.user (
  id uuid not null default gen_random_uuid(),
  name text not null,
  email text not null,
  "emailVerified" boolean not null,
  image text,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  username text,
  "twoFactorEnabled" boolean,
  "passwordIsTemporary" boolean not null default false,
  constraint user_email_once UNIQUE (email),
  constraint user_pkey PRIMARY KEY (id),
  constraint user_username_once UNIQUE (username)
);
rights tungnha_app: delete, insert, select, update;

table auth.verification (
  id uuid not null default gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamp with time zone not null,
  "createdAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  "updatedAt" timestamp with time zone not null default CURRENT_TIMESTAMP,
  constraint verification_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_identifier ON auth.verification USING btree (identifier);
rights tungnha_app: delete, insert, select, update;

-- schema readers

CREATE OR REPLACE FUNCTION readers.households_by_group(words text[], house text, lane text, groups uuid[], in_lane uuid, living text, from_import uuid)
 RETURNS TABLE(group_id uuid, ids text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  ward int := nullif(current_setting('app.ward_id', true), '')::int;
  patterns text[] := (select array_agg('%' || w || '%') from unnest(words) w);
  -- The longest word goes by the index, the others are looked at in what it finds.
  longest text := (select p from unnest(patterns) p order by length(p) desc limit 1);
begin
  if house is null and lane is null and in_lane is null then
    return query
      select h.group_id, string_agg(h.id::text, ' ') from households h
      where h.ward_id = ward and h.merged_into is null and h.closed_at is null
        and (groups is null or h.group_id = any(groups))
        and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
        and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
      group by h.group_id;
  else
    return query
      select h.group_id, string_agg(h.id::text, ' ') from households h
      join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
      join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
      where h.ward_id = ward and h.merged_into is null and h.closed_at is null
        and (groups is null or h.group_id = any(groups))
        and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
        and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
        and (in_lane is null or d.lane_id = in_lane)
        and (house is null or lower(d.house_number) = house or lower(d.house_number) like house || '/%')
        and (lane is null or l.search = lane)
      group by h.group_id;
  end if;
end $function$;

CREATE OR REPLACE FUNCTION readers.page_of_households(words text[], house text, lane text, groups uuid[], in_lane uuid, living text, from_import uuid, skip integer, most integer)
 RETURNS TABLE(total integer, ids uuid[])
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
declare
  ward int := nullif(current_setting('app.ward_id', true), '')::int;
  patterns text[] := (select array_agg('%' || w || '%') from unnest(words) w);
  -- The longest word goes by the index, the others are looked at in what it finds.
  longest text := (select p from unnest(patterns) p order by length(p) desc limit 1);
  found_in uuid[];
  counts int[];
  shown uuid[];
  ahead int;
begin
  if house is null and lane is null and in_lane is null then
    select array_agg(c.group_id), array_agg(c.n) into found_in, counts from (
      select h.group_id, count(*)::int as n from households h
      where h.ward_id = ward and h.merged_into is null and h.closed_at is null
        and (groups is null or h.group_id = any(groups))
        and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
        and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
      group by h.group_id) c;
  else
    select array_agg(c.group_id), array_agg(c.n) into found_in, counts from (
      select h.group_id, count(*)::int as n from households h
      join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
      join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
      where h.ward_id = ward and h.merged_into is null and h.closed_at is null
        and (groups is null or h.group_id = any(groups))
        and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
        and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
        and (in_lane is null or d.lane_id = in_lane)
        and (house is null or lower(d.house_number) = house or lower(d.house_number) like house || '/%')
        and (lane is null or l.search = lane)
      group by h.group_id) c;
  end if;
  select coalesce(sum(n), 0)::int into total from unnest(counts) n;
  -- Which groups the page lies in, and how many stand before the first of them.
  select array_agg(w.id), min(w.before)::int into shown, ahead from (
    select g.id, c.n, sum(c.n) over (order by g.position, g.name, g.id) - c.n as before
    from unnest(found_in, counts) as c (id, n)
    join areas g on g.ward_id = ward and g.id = c.id) w
  where w.before < skip + most and w.before + w.n > skip;
  ids := array(
    select h.id from households h
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    join areas g on g.ward_id = h.ward_id and g.id = h.group_id
    where h.ward_id = ward and h.merged_into is null and h.closed_at is null and h.group_id = any(shown)
      and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
      and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
      and (in_lane is null or d.lane_id = in_lane)
      and (house is null or lower(d.house_number) = house or lower(d.house_number) like house || '/%')
      and (lane is null or l.search = lane)
    order by g.position, g.name, g.id, l.position, l.name,
      (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last, d.house_number, h.n, h.id
    offset greatest(0, skip - coalesce(ahead, 0)) limit most);
  return next;
end $function$;
