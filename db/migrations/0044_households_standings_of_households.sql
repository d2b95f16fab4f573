-- Where each household stands is kept by the product group by group, and counted, searched and shown from there. For
-- that a standing says besides: in which group the household is written (`home_id`; the group it counts for is the one
-- its group went on in), how often somebody was there, and what was last said of Zalo.

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
    count(f.done_at) filter (where f.flags <> '{}')::int as flagged,
    any_value(f.home_id) as home_id,
    substr(max(to_char(f.done_at at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || f.zalo_state), 18) as zalo_state
  from (
    select h.ward_id, c.id as campaign_id, h.id as household_id, coalesce(m.present, h.group_id) as group_id, d.lane_id,
      h.dwelling_id, true as standing, null::timestamptz as done_at, null::date as work_on, null::text as outcome,
      null::text as channel, null::text as zalo_state, null::text[] as flags, null::date as pledged_on,
      null::boolean as on_paper, null::date as excluded_on, h.group_id as home_id
    from households h
    join campaigns c on c.ward_id = h.ward_id
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    left join (
      select ward_id, id, present_group(ward_id, id) as present from areas where kind = 'group' and valid_to is not null
    ) m on m.ward_id = h.ward_id and m.id = h.group_id
    where h.merged_into is null and h.closed_at is null
    union all
    select v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, v.done_at, v.work_on,
      v.outcome, v.channel, v.zalo_state, v.flags, null, null, null, null
    from visits v
    join households h on h.ward_id = v.ward_id and h.id = v.household_id
    where v.taken_back_at is null
    union all
    select c.ward_id, c.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, c.matched_at, c.matched_on,
      null, null, 'own-member', null, null, null, null, null
    from chat_matches c
    join households h on h.ward_id = c.ward_id and h.id = c.household_id
    where c.undone_at is null
    union all
    select p.ward_id, p.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, null, null, null, null, null,
      null, p.work_on, p.original = 'paper', null, null
    from pledges p
    join households h on h.ward_id = p.ward_id and h.id = p.household_id
    where p.withdrawn_at is null and p.taken_back_at is null
    union all
    select e.ward_id, e.campaign_id, coalesce(h.merged_into, h.id), null, null, null, null, null, null, null, null, null,
      null, null, null, e.from_on, null
    from exclusions e
    join households h on h.ward_id = e.ward_id and h.id = e.household_id
    where e.decision = 'approved' and e.ended_at is null
  ) f
  group by f.ward_id, f.campaign_id, f.household_id
  having bool_or(f.standing);

drop function household_gains(int, uuid, uuid[]);
drop function household_standings(int, uuid, uuid[]);

-- A few groups of the same.
create function household_standings(ward int, campaign uuid, groups uuid[])
  returns table (group_id uuid, lane_id uuid, household_id uuid, reached_on date, remote_on date, pledged_on date,
    zalo_on date, excluded_on date, last_outcome text, flagged int, home_id uuid, visits int, zalo_state text)
  language sql stable parallel safe
  begin atomic
    -- The few groups first, or every household of the ward is read for them.
    with homes as materialized (
      select a.id, a.present from (
        select a.id, case when a.valid_to is null then a.id else present_group(ward, a.id) end as present
        from areas a where a.ward_id = ward and a.kind = 'group') a
      where a.present = any (groups)
    ), named as materialized (
      select h.id, homes.present, h.group_id as home_id, d.lane_id
      from homes join households h on h.ward_id = ward and h.group_id = homes.id
      join dwellings d on d.ward_id = ward and d.id = h.dwelling_id
      where h.merged_into is null and h.closed_at is null
    ), entries as materialized (
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
        count(*) filter (where v.flags <> '{}')::int as flagged,
        count(*)::int as visits,
        max(to_char(v.done_at at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || v.zalo_state) as zalo_said
      from entries join visits v on v.ward_id = ward and v.household_id = entries.entry and v.campaign_id = campaign
      where v.taken_back_at is null
      group by entries.id
    ), matched as (
      select entries.id, min(c.matched_on) as zalo_on, max(c.matched_at) as zalo_yes_at,
        max(to_char(c.matched_at at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || 'own-member') as zalo_said
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
      o.excluded_on, s.last_outcome, coalesce(s.flagged, 0), named.home_id, coalesce(s.visits, 0),
      substr(greatest(s.zalo_said, m.zalo_said), 18)
    from named
    left join seen s on s.id = named.id
    left join matched m on m.id = named.id
    left join signed g on g.id = named.id
    left join outside o on o.id = named.id;
  end;

grant execute on function household_standings(int, uuid, uuid[]) to tungnha_app;

-- Gains are counts over standings: one reckoning, so that what a member list found counts here too.
create function household_gains(ward int, campaign uuid, groups uuid[])
  returns table (group_id uuid, measure text, day date, n int)
  language sql stable parallel safe
  begin atomic
    with standing as materialized (select * from household_standings(ward, campaign, groups))
    select s.group_id, m.measure, m.day, count(*)::int
    from standing s cross join lateral (values
      ('reached', s.reached_on), ('remote', s.remote_on), ('pledged', s.pledged_on), ('zalo', s.zalo_on)) as m (measure, day)
    where m.day is not null and s.excluded_on is null
    group by 1, 2, 3
    union all
    select s.group_id, 'named', null, count(*)::int from standing s group by 1
    union all
    select s.group_id, 'excluded', null, count(*)::int from standing s where s.excluded_on is not null group by 1;
  end;
grant execute on function household_gains(int, uuid, uuid[]) to tungnha_app;

-- Whom words, a place or a list name: all of them, by the group they are written in, for whoever narrows them further.
-- The reader's, as the page of the register is: row-level security hides the index of words from the app's role.
set local role tungnha_reader;
drop function readers.find_households(text[], text, text, uuid[], int);
create function readers.households_by_group(words text[], house text, lane text, groups uuid[], in_lane uuid, living text,
    from_import uuid)
  returns table (group_id uuid, ids text)
  language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
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
end $$;
revoke all on function readers.households_by_group(text[], text, text, uuid[], uuid, text, uuid) from public;
grant execute on function readers.households_by_group(text[], text, text, uuid[], uuid, text, uuid) to tungnha_app;
reset role;
