-- A handing over that nobody has taken yet can be undone: it stays on record, its papers are with the group again and may
-- go another way.
alter table paper_handovers
  add column undone_at timestamptz,
  add column undone_by uuid,
  add constraint paper_handovers_undone check (undone_at is null or taken_at is null);

-- Households that stand, by the code of their form, without reading a ward's codes.
create index if not exists form_codes_by_household on form_codes (ward_id, household_id);

-- Which lane a team walks on which evening, told to people beforehand. Names of the team, never their telephones.
create table visit_rounds (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  group_id uuid not null,
  lane_id uuid not null,
  on_day date not null,
  from_time time not null,
  to_time time not null constraint visit_rounds_hours check (to_time > from_time),
  people uuid[] not null constraint visit_rounds_people check (cardinality(people) between 1 and 12),
  made_at timestamptz not null,
  made_by uuid not null,
  cancelled_at timestamptz,
  cancelled_by uuid,
  constraint visit_rounds_pkey primary key (ward_id, id),
  constraint visit_rounds_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint visit_rounds_group foreign key (ward_id, group_id) references areas (ward_id, id),
  constraint visit_rounds_lane foreign key (ward_id, lane_id) references areas (ward_id, id)
);
select protect_ward_table('visit_rounds');
create index visit_rounds_by_group on visit_rounds (ward_id, group_id, on_day) where cancelled_at is null;
