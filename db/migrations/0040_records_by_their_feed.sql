-- What reports count of a group is found by the group's feed: its rows lie together in the index by change number, and
-- a group's feed carries the group's own id. Without it one group's report read every row of the ward.
create or replace view visits_told with (security_invoker = true) as
  select v.ward_id, v.campaign_id, v.group_id, coalesce(h.merged_into, h.id) as household_id, v.outcome, v.channel,
    v.done_at, v.received_at, v.taken_back_at, v.change_n, v.feed_id
  from visits v
  join households h on h.ward_id = v.ward_id and h.id = v.household_id;

create or replace view pledges_told with (security_invoker = true) as
  select p.ward_id, p.campaign_id, p.group_id, coalesce(h.merged_into, h.id) as household_id, p.signed_at, p.received_at,
    coalesce(p.withdrawn_at, p.taken_back_at) as ended_at, p.change_n, p.feed_id
  from pledges p
  join households h on h.ward_id = p.ward_id and h.id = p.household_id;

create or replace view evidence_told with (security_invoker = true) as
  select ward_id, campaign_id, id, area_id, unit_id, channel, count, done_at, received_at, source, undone_at, feed_id
  from evidence;
