-- The register's own side of the doors: coverage as views that everybody reads, search that stays fast behind the walls,
-- imports that can be taken back, what became of flagged visits, and where the signed papers are.

-- One row for each household that stands (named, not absorbed, not closed) and each campaign: on which day each figure
-- first counted it. All published figures are counts over this view, so they agree with each other by construction.
-- A group that was closed and handed on to one other counts there.
create view household_standing with (security_invoker = true) as
  with moved as (
    select ward_id, id, present_group(ward_id, id) as present
    from areas where kind = 'group' and valid_to is not null
  ), seen as (
    select v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id) as household_id,
      count(*)::int as visits,
      min(v.work_on) filter (where v.outcome = 'met' and v.channel = 'direct') as reached_on,
      min(v.work_on) filter (where v.outcome = 'met' and v.channel <> 'direct') as called_on,
      min(v.work_on) filter (where v.zalo_state in ('own-member', 'received-by')) as zalo_on,
      max(v.done_at) filter (where v.zalo_state in ('own-member', 'received-by')) as zalo_yes_at,
      max(v.done_at) filter (where v.zalo_state is not null) as zalo_said_at,
      (array_agg(v.outcome order by v.done_at desc, v.id desc))[1] as last_outcome,
      max(v.done_at) as last_at,
      count(*) filter (where v.flags <> '{}')::int as flagged
    from visits v
    join households h on h.ward_id = v.ward_id and h.id = v.household_id
    where v.taken_back_at is null
    group by v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id)
  ), signed as (
    select p.ward_id, p.campaign_id, coalesce(h.merged_into, h.id) as household_id,
      min(p.work_on) as pledged_on,
      bool_or(p.original = 'paper') as on_paper
    from pledges p
    join households h on h.ward_id = p.ward_id and h.id = p.household_id
    where p.withdrawn_at is null and p.taken_back_at is null
    group by p.ward_id, p.campaign_id, coalesce(h.merged_into, h.id)
  ), outside as (
    select e.ward_id, e.campaign_id, coalesce(h.merged_into, h.id) as household_id, min(e.from_on) as excluded_on
    from exclusions e
    join households h on h.ward_id = e.ward_id and h.id = e.household_id
    where e.decision = 'approved' and e.ended_at is null
    group by e.ward_id, e.campaign_id, coalesce(h.merged_into, h.id)
  )
  select h.ward_id, c.id as campaign_id, h.id as household_id, coalesce(m.present, h.group_id) as group_id,
    d.lane_id, h.dwelling_id,
    coalesce(s.visits, 0) as visits,
    s.reached_on,
    case when s.reached_on is null then s.called_on end as remote_on,
    g.pledged_on, coalesce(g.on_paper, false) as pledged_on_paper,
    case when s.zalo_yes_at = s.zalo_said_at then s.zalo_on end as zalo_on,
    o.excluded_on,
    s.last_outcome, s.last_at, coalesce(s.flagged, 0) as flagged
  from households h
  join campaigns c on c.ward_id = h.ward_id
  join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
  left join moved m on m.ward_id = h.ward_id and m.id = h.group_id
  left join seen s on s.ward_id = h.ward_id and s.campaign_id = c.id and s.household_id = h.id
  left join signed g on g.ward_id = h.ward_id and g.campaign_id = c.id and g.household_id = h.id
  left join outside o on o.ward_id = h.ward_id and o.campaign_id = c.id and o.household_id = h.id
  where h.merged_into is null and h.closed_at is null;
grant select on household_standing to tungnha_app;

-- Households each measure gained, by group and day; over all days they add up to the figure of today.
create view household_coverage with (security_invoker = true) as
  select s.ward_id, s.campaign_id, s.group_id, m.day, m.measure, count(*)::int as n
  from household_standing s
  cross join lateral (values ('reached', s.reached_on), ('remote', s.remote_on), ('pledged', s.pledged_on),
    ('zalo', s.zalo_on)) as m (measure, day)
  where m.day is not null and s.excluded_on is null
  group by s.ward_id, s.campaign_id, s.group_id, m.day, m.measure;
grant select on household_coverage to tungnha_app;

-- Each group that stands, with its denominator: max(declared, named) less approved exclusions, and today's figures.
-- `declared` is the number two persons have set; null where none has been confirmed.
create view group_coverage with (security_invoker = true) as
  with counted as (
    select ward_id, campaign_id, group_id,
      count(*)::int as named,
      count(*) filter (where excluded_on is not null)::int as excluded,
      count(*) filter (where excluded_on is null and reached_on is not null)::int as reached,
      count(*) filter (where excluded_on is null and remote_on is not null)::int as remote,
      count(*) filter (where excluded_on is null and pledged_on is not null)::int as pledged,
      count(*) filter (where excluded_on is null and zalo_on is not null)::int as zalo
    from household_standing
    group by ward_id, campaign_id, group_id
  )
  select g.ward_id, c.id as campaign_id, g.group_id, g.name, g.short_name, g.position, g.valid_from, g.valid_to,
    g.households as declared, g.temporary_households as declared_temporary,
    coalesce(n.named, 0) as named, coalesce(n.excluded, 0) as excluded,
    greatest(coalesce(g.households, 0), coalesce(n.named, 0)) - coalesce(n.excluded, 0) as denominator,
    coalesce(n.reached, 0) as reached, coalesce(n.remote, 0) as remote, coalesce(n.pledged, 0) as pledged,
    coalesce(n.zalo, 0) as zalo
  from group_households g
  join campaigns c on c.ward_id = g.ward_id
  left join counted n on n.ward_id = g.ward_id and n.campaign_id = c.id and n.group_id = g.group_id
  where g.valid_to is null;
grant select on group_coverage to tungnha_app;

-- A list that came as a file. The file itself is kept only until it has become households or was put away.
create table household_imports (
  ward_id int not null,
  id uuid not null,
  file_name text not null,
  file bytea,
  sheet int not null default 0,
  columns jsonb not null default '{}',
  group_id uuid,
  -- Lines that look like one household twice and are two all the same.
  accepted int[] not null default '{}',
  state text not null constraint household_imports_state check (
    state in ('draft', 'running', 'done', 'failed', 'undone', 'dropped')),
  total int not null default 0,
  done int not null default 0,
  made int not null default 0,
  report jsonb not null default '{}',
  created_at timestamptz not null,
  created_by uuid not null,
  confirmed_at timestamptz,
  confirmed_by uuid,
  finished_at timestamptz,
  undone_at timestamptz,
  undone_by uuid,
  constraint household_imports_pkey primary key (ward_id, id),
  constraint household_imports_group foreign key (ward_id, group_id) references areas (ward_id, id)
);
select protect_ward_table('household_imports');
create index households_by_import on households (ward_id, import_id) where import_id is not null;
create index dwellings_by_import on dwellings (ward_id, import_id) where import_id is not null;
create index dwellings_by_number on dwellings (ward_id, house_number);

-- A flag is advice: somebody looked, and said so. Taking the visit back stands in the visit itself.
create table visit_reviews (
  ward_id int not null,
  visit_id uuid not null,
  reviewed_by uuid not null,
  reviewed_at timestamptz not null,
  constraint visit_reviews_pkey primary key (ward_id, visit_id),
  constraint visit_reviews_visit foreign key (ward_id, visit_id) references visits (ward_id, id)
);
select protect_ward_table('visit_reviews');
create index visits_flagged on visits (ward_id, campaign_id) where flags <> '{}' and taken_back_at is null;

-- Custody of paper: forms printed and given out, signed papers handed to the ward police and filed by group.
create table paper_prints (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  lane_id uuid,
  kind text not null constraint paper_prints_kind check (kind in ('pair', 'blank', 'collective')),
  forms int not null constraint paper_prints_forms check (forms > 0),
  printed_at timestamptz not null,
  printed_by uuid not null,
  constraint paper_prints_pkey primary key (ward_id, id),
  constraint paper_prints_group foreign key (ward_id, group_id) references areas (ward_id, id)
);
select protect_ward_table('paper_prints');

create table paper_handovers (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  handed_at timestamptz not null,
  handed_by uuid not null,
  note text,
  taken_at timestamptz,
  taken_by uuid,
  filed_at timestamptz,
  filed_by uuid,
  filed_where text,
  constraint paper_handovers_pkey primary key (ward_id, id),
  constraint paper_handovers_group foreign key (ward_id, group_id) references areas (ward_id, id),
  constraint paper_handovers_two_persons check (taken_by is null or taken_by <> handed_by),
  constraint paper_handovers_taken check ((taken_at is null) = (taken_by is null)),
  constraint paper_handovers_filed check (filed_at is null or taken_at is not null)
);
select protect_ward_table('paper_handovers');

create table paper_handover_pledges (
  ward_id int not null,
  pledge_id uuid not null,
  handover_id uuid not null,
  constraint paper_handover_pledges_pkey primary key (ward_id, pledge_id),
  constraint paper_handover_pledges_pledge foreign key (ward_id, pledge_id) references pledges (ward_id, id),
  constraint paper_handover_pledges_handover foreign key (ward_id, handover_id) references paper_handovers (ward_id, id)
);
select protect_ward_table('paper_handover_pledges');
create index paper_handover_pledges_by_handover on paper_handover_pledges (ward_id, handover_id);

-- Under row-level security the app's role can use no index on parts of words (LIKE is not leakproof), and a search of a
-- ward's households would read them all. This function is the reader's, who stands outside the walls, and repeats the
-- scope's own condition: it cannot be asked about another ward than the one the transaction stands in.
create extension if not exists btree_gin;
create index households_by_words on households using gin (ward_id, search gin_trgm_ops);
grant select on households, dwellings, areas to tungnha_reader;
create schema readers;
grant usage on schema readers to tungnha_app, tungnha_reader;
grant create on schema readers to tungnha_reader;

create function readers.find_households(words text[], house text, lane text, groups uuid[], most int)
  returns table (household_id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  ward int := nullif(current_setting('app.ward_id', true), '')::int;
  longest text := (select w from unnest(words) w order by length(w) desc limit 1);
begin
  return query
    select h.id from households h
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where h.ward_id = ward and h.merged_into is null and h.closed_at is null
      and (groups is null or h.group_id = any(groups))
      and (longest is null or h.search like '%' || longest || '%')
      and (words is null or h.search like all (select '%' || w || '%' from unnest(words) w))
      and (house is null or lower(d.house_number) = house or lower(d.house_number) like house || '/%')
      and (lane is null or l.search = lane)
    limit most;
end $$;
revoke all on function readers.find_households(text[], text, text, uuid[], int) from public;
grant execute on function readers.find_households(text[], text, text, uuid[], int) to tungnha_app;
alter function readers.find_households(text[], text, text, uuid[], int) owner to tungnha_reader;
