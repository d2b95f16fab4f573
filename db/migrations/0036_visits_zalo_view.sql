-- What each household last said of the group's Zalo group, published for those who count and who bring leaflets. One
-- pass over the visits of a ward and campaign: both stand first in the order, so a reader's condition reaches the scan.
create view household_zalo with (security_invoker = true) as
select distinct on (v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id))
  v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id) as household_id, v.zalo_state, v.done_at
from visits v
join households h on h.ward_id = v.ward_id and h.id = v.household_id
where v.taken_back_at is null and v.zalo_state is not null
order by v.ward_id, v.campaign_id, coalesce(h.merged_into, h.id), v.done_at desc, v.id desc;
grant select on household_zalo to tungnha_app;

-- Where a household is found: for whoever brings something to its door.
create view household_doors with (security_invoker = true) as
select h.ward_id, h.id as household_id, l.short_name as lane, l.position as lane_position, d.house_number, h.head_name
from households h
join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
join areas l on l.ward_id = d.ward_id and l.id = d.lane_id;
grant select on household_doors to tungnha_app;
