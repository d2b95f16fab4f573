-- Where the households of a few groups stand, from their own rows alone: what household_standing says of the whole ward,
-- for those groups whose feed has moved since somebody last looked. A test holds the two together.
create function household_standings(ward int, campaign uuid, groups uuid[])
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
      case when s.zalo_yes_at = s.zalo_said_at then s.zalo_on end,
      o.excluded_on, s.last_outcome, coalesce(s.flagged, 0)
    from named
    left join seen s on s.id = named.id
    left join signed g on g.id = named.id
    left join outside o on o.id = named.id;
  end;
grant execute on function household_standings(int, uuid, uuid[]) to tungnha_app;
