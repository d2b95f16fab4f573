-- What people do to a reading before and after it is confirmed: revisions that show parallel edits, phrases that
-- oblige somebody and were not understood, duties one act fulfils, and what the names in papers mean in this ward.

-- revision: raised by each change, named by the next one, so that two people mending one item is seen.
-- changed_in: the version in which target, unit or deadline was last changed after first confirmation; the item is
-- "điều chỉnh nội bộ, chưa có văn bản" as long as that version names no amending document.
alter table plan_version_items
  add column revision int not null default 1,
  add column origin text not null default 'read'
    constraint plan_version_items_origin check (origin in ('read', 'added', 'copied')),
  add column changed_in int,
  add column edited_at timestamptz,
  add column edited_by uuid;

-- Stretches of the source that oblige somebody and became no item by themselves. None is ever deleted.
create table plan_version_phrases (
  ward_id int not null,
  campaign_id uuid not null,
  version int not null,
  id uuid not null,
  quote_start int not null,
  quote_end int not null,
  lacks text not null,
  why text not null,
  state text not null constraint plan_version_phrases_state check (state in ('open', 'read', 'ignored')),
  item_id uuid,
  reason text,
  revision int not null default 1,
  constraint plan_version_phrases_pkey primary key (ward_id, campaign_id, version, id),
  constraint plan_version_phrases_version foreign key (ward_id, campaign_id, version)
    references plan_versions (ward_id, campaign_id, version),
  constraint plan_version_phrases_item foreign key (ward_id, campaign_id, item_id)
    references plan_items (ward_id, campaign_id, id),
  constraint plan_version_phrases_quote check (quote_start >= 0 and quote_end > quote_start),
  constraint plan_version_phrases_read check ((state = 'read') = (item_id is not null)),
  constraint plan_version_phrases_reason check ((state = 'ignored') = (reason is not null))
);
select protect_ward_table('plan_version_phrases');

-- Two duties one act may fulfil, in a fixed order so that a pair stands once.
create table plan_version_links (
  ward_id int not null,
  campaign_id uuid not null,
  version int not null,
  item_a uuid not null,
  item_b uuid not null,
  state text not null constraint plan_version_links_state check (state in ('proposed', 'linked', 'apart')),
  constraint plan_version_links_pkey primary key (ward_id, campaign_id, version, item_a, item_b),
  constraint plan_version_links_version foreign key (ward_id, campaign_id, version)
    references plan_versions (ward_id, campaign_id, version),
  constraint plan_version_links_a foreign key (ward_id, campaign_id, item_a)
    references plan_items (ward_id, campaign_id, id),
  constraint plan_version_links_b foreign key (ward_id, campaign_id, item_b)
    references plan_items (ward_id, campaign_id, id),
  constraint plan_version_links_order check (item_a < item_b)
);
select protect_ward_table('plan_version_links');

-- What a name in a paper means here, remembered for the next paper. A confirmed plan keeps its own answer in each item.
create table plan_actor_names (
  ward_id int not null constraint plan_actor_names_ward references wards (ward_id),
  name_key text not null,
  name text not null,
  meaning text not null constraint plan_actor_names_meaning check (meaning in ('unit', 'groups', 'outside')),
  unit_id uuid,
  said_at timestamptz not null,
  said_by uuid,
  constraint plan_actor_names_pkey primary key (ward_id, name_key),
  constraint plan_actor_names_unit foreign key (ward_id, unit_id) references units (ward_id, id),
  constraint plan_actor_names_says check ((meaning = 'unit') = (unit_id is not null))
);
select protect_ward_table('plan_actor_names');

-- Days of this version: {"from", "to"}. A draft of a paper without a period has none yet.
alter table plan_versions
  add column days jsonb,
  add constraint plan_versions_days check (state <> 'confirmed' or days is not null);

-- What other features read of plans. A day is judged by the version in force on it; where two begin on one day the
-- later one holds and the earlier one has no day.
create view plan_confirmed_versions with (security_invoker = true) as
  select v.ward_id, v.campaign_id, v.version, v.in_force_from,
    lead(v.in_force_from) over (partition by v.ward_id, v.campaign_id order by v.version) as in_force_to,
    v.days, v.amending_number, v.amending_on, v.confirmed_at, v.change_n,
    coalesce((
      select json_agg(json_build_array(l.item_a, l.item_b) order by l.item_a, l.item_b)
      from plan_version_links l
      where l.ward_id = v.ward_id and l.campaign_id = v.campaign_id and l.version = v.version
        and l.state = 'linked'), '[]'::json) as links
  from plan_versions v
  where v.state = 'confirmed';
grant select on plan_confirmed_versions to tungnha_app;

create view plan_confirmed_items with (security_invoker = true) as
  select i.ward_id, i.campaign_id, i.version, i.item_id, i.position, i.body, i.quote_start, i.quote_end,
    case when i.quote_start is null then null
      else substring(v.source from i.quote_start + 1 for i.quote_end - i.quote_start) end as words
  from plan_version_items i
  join plan_versions v
    on v.ward_id = i.ward_id and v.campaign_id = i.campaign_id and v.version = i.version
  where v.state = 'confirmed' and i.review = 'accepted';
grant select on plan_confirmed_items to tungnha_app;
