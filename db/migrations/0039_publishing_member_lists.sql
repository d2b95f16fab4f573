-- Households that a person found in the member list of their group's Zalo group. The list itself is kept nowhere: only
-- which household is in it, found by its telephone or by its name. It counts like what is said at the door, by its time:
-- a household that says something else later counts by that.

create table chat_matches (
  ward_id int not null,
  campaign_id uuid not null,
  household_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  -- One confirmation of one list: taken back together.
  list_id uuid not null,
  found_by text not null constraint chat_matches_found_by check (found_by in ('phone', 'name')),
  matched_at timestamptz not null,
  matched_on date not null,
  matched_by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  constraint chat_matches_pkey primary key (ward_id, campaign_id, household_id, id),
  constraint chat_matches_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint chat_matches_household foreign key (ward_id, household_id) references households (ward_id, id),
  constraint chat_matches_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint chat_matches_by foreign key (ward_id, matched_by) references people (ward_id, id),
  constraint chat_matches_undone_by foreign key (ward_id, undone_by) references people (ward_id, id),
  constraint chat_matches_undone check ((undone_at is null) = (undone_by is null))
);
select protect_ward_table('chat_matches');
create unique index chat_matches_once on chat_matches (ward_id, campaign_id, household_id) where undone_at is null;
create index chat_matches_by_list on chat_matches (ward_id, channel_id, list_id);

-- Whom a member list may be held against: the doors of the register, with the telephone each household gave.
create view household_contacts with (security_invoker = true) as
select h.ward_id, h.id as household_id, h.group_id, h.head_name, h.phone, l.short_name as lane, d.house_number
from households h
join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
where h.merged_into is null and h.closed_at is null and h.erased_at is null;
grant select on household_contacts to tungnha_app;

create or replace view household_zalo with (security_invoker = true) as
select distinct on (s.ward_id, s.campaign_id, s.household_id)
  s.ward_id, s.campaign_id, s.household_id, s.zalo_state, s.done_at
from (
  select v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id) as household_id, v.zalo_state, v.done_at, v.id
  from visits v
  join households h on h.ward_id = v.ward_id and h.id = v.household_id
  where v.taken_back_at is null and v.zalo_state is not null
  union all
  select m.ward_id, m.campaign_id, coalesce(h.merged_into, h.id), 'own-member', m.matched_at, m.id
  from chat_matches m
  join households h on h.ward_id = m.ward_id and h.id = m.household_id
  where m.undone_at is null
) s
order by s.ward_id, s.campaign_id, s.household_id, s.done_at desc, s.id desc;

-- The same as before, and one more part: what was found in a member list says only whether Zalo reaches the household,
-- and is no visit.
create or replace view household_standing with (security_invoker = true) as
  select f.ward_id, f.campaign_id, f.household_id, any_value(f.group_id) as group_id, any_value(f.lane_id) as lane_id,
    any_value(f.dwelling_id) as dwelling_id,
    count(f.outcome)::int as visits,
    min(f.work_on) filter (where f.outcome = 'met' and f.channel = 'direct') as reached_on,
    case when min(f.work_on) filter (where f.outcome = 'met' and f.channel = 'direct') is null
      then min(f.work_on) filter (where f.outcome = 'met' and f.channel <> 'direct') end as remote_on,
    min(f.pledged_on) as pledged_on,
    coalesce(bool_or(f.on_paper), false) as pledged_on_paper,
    case when max(f.done_at) filter (where f.zalo_state in ('own-member', 'received-by'))
        = max(f.done_at) filter (where f.zalo_state is not null)
      then min(f.work_on) filter (where f.zalo_state in ('own-member', 'received-by')) end as zalo_on,
    min(f.excluded_on) as excluded_on,
    -- The outcome of the latest: its time in front, so that the greatest text is the last one said.
    substr(max(to_char(f.done_at at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || f.outcome), 18) as last_outcome,
    max(f.done_at) filter (where f.outcome is not null) as last_at,
    count(f.done_at) filter (where f.flags <> '{}')::int as flagged
  from (
    select h.ward_id, c.id as campaign_id, h.id as household_id, coalesce(m.present, h.group_id) as group_id, d.lane_id,
      h.dwelling_id, true as standing, null::timestamptz as done_at, null::date as work_on, null::text as outcome,
      null::text as channel, null::text as zalo_state, null::text[] as flags, null::date as pledged_on,
      null::boolean as on_paper, null::date as excluded_on
    from households h
    join campaigns c on c.ward_id = h.ward_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    left join (
      select ward_id, id, present_group(ward_id, id) as present from areas where kind = 'group' and valid_to is not null
    ) m on m.ward_id = h.ward_id and m.id = h.group_id
    where h.merged_into is null and h.closed_at is null
    union all
    select v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, v.done_at, v.work_on,
      v.outcome, v.channel, v.zalo_state, v.flags, null, null, null
    from visits v
    join households h on h.ward_id = v.ward_id and h.id = v.household_id
    where v.taken_back_at is null
    union all
    select c.ward_id, c.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, c.matched_at, c.matched_on,
      null, null, 'own-member', null, null, null, null
    from chat_matches c
    join households h on h.ward_id = c.ward_id and h.id = c.household_id
    where c.undone_at is null
    union all
    select p.ward_id, p.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, null, null, null, null, null,
      null, p.work_on, p.original = 'paper', null
    from pledges p
    join households h on h.ward_id = p.ward_id and h.id = p.household_id
    where p.withdrawn_at is null and p.taken_back_at is null
    union all
    select e.ward_id, e.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, null, null, null, null, null,
      null, null, null, e.from_on
    from exclusions e
    join households h on h.ward_id = e.ward_id and h.id = e.household_id
    where e.decision = 'approved' and e.ended_at is null
  ) f
  group by f.ward_id, f.campaign_id, f.household_id
  having bool_or(f.standing);

-- A few groups of the same.
create or replace function household_standings(ward int, campaign uuid, groups uuid[])
  returns table (group_id uuid, lane_id uuid, household_id uuid, reached_on date, remote_on date, pledged_on date,
    zalo_on date, excluded_on date, last_outcome text, flagged int)
  language sql stable parallel safe
  begin atomic
    with homes as (
      select a.id, case when a.valid_to is null then a.id else present_group(ward, a.id) end as present
      from areas a where a.ward_id = ward and a.kind = 'group'
    ), named as (
      select h.id, homes.present, d.lane_id
      from homes join households h on h.ward_id = ward and h.group_id = homes.id
      join dwellings d on d.ward_id = ward and d.id = h.dwelling_id
      where homes.present = any (groups) and h.merged_into is null and h.closed_at is null
    ), entries as (
      select id as entry, id from named
      union all
      select x.id, named.id from named join households x on x.ward_id = ward and x.merged_into = named.id
    ), seen as (
      select entries.id,
        min(v.work_on) filter (where v.outcome = 'met' and v.channel = 'direct') as reached_on,
        min(v.work_on) filter (where v.outcome = 'met' and v.channel <> 'direct') as called_on,
        min(v.work_on) filter (where v.zalo_state in ('own-member', 'received-by')) as zalo_on,
        max(v.done_at) filter (where v.zalo_state in ('own-member', 'received-by')) as zalo_yes_at,
        max(v.done_at) filter (where v.zalo_state is not null) as zalo_said_at,
        substr(max(to_char(v.done_at at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || v.outcome), 18) as last_outcome,
        count(*) filter (where v.flags <> '{}')::int as flagged
      from entries join visits v on v.ward_id = ward and v.household_id = entries.entry and v.campaign_id = campaign
      where v.taken_back_at is null
      group by entries.id
    ), matched as (
      select entries.id, min(c.matched_on) as zalo_on, max(c.matched_at) as zalo_yes_at
      from entries join chat_matches c on c.ward_id = ward and c.household_id = entries.entry
        and c.campaign_id = campaign
      where c.undone_at is null
      group by entries.id
    ), signed as (
      select entries.id, min(p.work_on) as pledged_on
      from entries join pledges p on p.ward_id = ward and p.household_id = entries.entry and p.campaign_id = campaign
      where p.withdrawn_at is null and p.taken_back_at is null
      group by entries.id
    ), outside as (
      select entries.id, min(e.from_on) as excluded_on
      from entries join exclusions e on e.ward_id = ward and e.household_id = entries.entry
        and e.campaign_id = campaign
      where e.decision = 'approved' and e.ended_at is null
      group by entries.id
    )
    select named.present, named.lane_id, named.id, s.reached_on,
      case when s.reached_on is null then s.called_on end,
      g.pledged_on,
      case when greatest(s.zalo_yes_at, m.zalo_yes_at) = greatest(s.zalo_said_at, m.zalo_yes_at)
        then least(s.zalo_on, m.zalo_on) end,
      o.excluded_on, s.last_outcome, coalesce(s.flagged, 0)
    from named
    left join seen s on s.id = named.id
    left join matched m on m.id = named.id
    left join signed g on g.id = named.id
    left join outside o on o.id = named.id;
  end;
