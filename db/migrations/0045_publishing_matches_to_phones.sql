-- What a pasted member list found is shown at the doors of the phones too: a match and its undoing take the number of
-- the group's feed that they were written under, so that the household's standing comes again with the next pull.
-- Matches from before, and those of files written before, come with a phone's first load.
alter table chat_matches add column change_n bigint not null default 1;

-- By the feed of the group whose chat it was.
create view zalo_matches with (security_invoker = true) as
select m.ward_id, c.area_id as feed_id, m.campaign_id, m.household_id, m.matched_at, m.undone_at, m.change_n
from chat_matches m
join channels c on c.ward_id = m.ward_id and c.id = m.channel_id;
grant select on zalo_matches to tungnha_app;
