-- The published coverage of a few groups, counted from their own rows alone. The views household_coverage and
-- group_coverage count the whole ward at each question, some hundred milliseconds for 20,000 households; a leader's page
-- asks again only for the groups whose feed has moved. Says the same as the views: a test holds them together.

create index households_absorbed on households (ward_id, merged_into) where merged_into is not null;

-- measure: reached, remote, pledged, zalo with the day of gain; named, excluded without one.
create function household_gains(ward int, campaign uuid, groups uuid[])
  returns table (group_id uuid, measure text, day date, n int)
  language sql stable parallel safe
  begin atomic
    with homes as (
      select a.id, case when a.valid_to is null then a.id else present_group(ward, a.id) end as present
      from areas a where a.ward_id = ward and a.kind = 'group'
    ), named as (
      select h.id, homes.present
      from homes join households h on h.ward_id = ward and h.group_id = homes.id
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
        max(v.done_at) filter (where v.zalo_state is not null) as zalo_said_at
      from entries join visits v on v.ward_id = ward and v.household_id = entries.entry and v.campaign_id = campaign
      where v.taken_back_at is null
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
    ), standing as (
      select named.present, o.excluded_on, s.reached_on,
        case when s.reached_on is null then s.called_on end as remote_on,
        g.pledged_on,
        case when s.zalo_yes_at = s.zalo_said_at then s.zalo_on end as zalo_on
      from named
      left join seen s on s.id = named.id
      left join signed g on g.id = named.id
      left join outside o on o.id = named.id
    )
    select present, m.measure, m.day, count(*)::int
    from standing cross join lateral (values
      ('reached', reached_on), ('remote', remote_on), ('pledged', pledged_on), ('zalo', zalo_on)) as m (measure, day)
    where m.day is not null and excluded_on is null
    group by 1, 2, 3
    union all
    select present, 'named', null, count(*)::int from standing group by 1
    union all
    select present, 'excluded', null, count(*)::int from standing where excluded_on is not null group by 1;
  end;
grant execute on function household_gains(int, uuid, uuid[]) to tungnha_app;
