-- Check visits, in use from now on: who checked, and what became of the follow-up. A follow-up with a day is a duty of
-- the plan's draft (item_id), which the head of the leading unit confirms like any other.
alter table check_visits
  add column checkers text not null default '',
  add column accountable text,
  add column item_id uuid;
create index check_visits_by_day on check_visits (ward_id, campaign_id, checked_on desc);
