-- The end of a campaign: its dated acts (closed, opened again, list of a supplementary round, day of deletion set and
-- carried out, file handed out), what was explained of what is missing, households of the supplementary round, and
-- commendations as people left them.

create table closing_acts (
  ward_id int not null,
  campaign_id uuid not null,
  n int not null,
  act text not null constraint closing_acts_act check (
    act in ('closed', 'reopened', 'listed', 'deletion-set', 'deleted', 'exported')),
  at timestamptz not null,
  -- Null: a job.
  by uuid,
  note text,
  -- Of a closing the list as it stood; of a deletion its day, then what was emptied.
  data jsonb not null default '{}',
  constraint closing_acts_pkey primary key (ward_id, campaign_id, n),
  constraint closing_acts_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id)
);
select protect_ward_table('closing_acts');
revoke update on closing_acts from tungnha_app;

create table closing_remarks (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  -- Row of the list and what of it: "papers/<group>".
  subject text not null,
  note text not null,
  at timestamptz not null,
  by uuid not null,
  constraint closing_remarks_pkey primary key (ward_id, campaign_id, id),
  constraint closing_remarks_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id)
);
select protect_ward_table('closing_remarks');
revoke update on closing_remarks from tungnha_app;

create table supplementary_households (
  ward_id int not null,
  campaign_id uuid not null,
  household_id uuid not null,
  -- The act that put it there.
  listed_n int not null,
  constraint supplementary_households_pkey primary key (ward_id, campaign_id, household_id),
  constraint supplementary_households_act foreign key (ward_id, campaign_id, listed_n)
    references closing_acts (ward_id, campaign_id, n),
  constraint supplementary_households_household foreign key (ward_id, household_id) references households (ward_id, id)
);
select protect_ward_table('supplementary_households');

create table commendations (
  ward_id int not null,
  campaign_id uuid not null,
  id uuid not null,
  kind text not null constraint commendations_kind check (kind in ('group', 'person')),
  name text not null,
  words text not null,
  -- What it was proposed from; null: added by a person.
  figures jsonb,
  state text not null constraint commendations_state check (state in ('proposed', 'kept', 'dropped')),
  revision int not null,
  changed_at timestamptz not null,
  changed_by uuid not null,
  constraint commendations_pkey primary key (ward_id, campaign_id, id),
  constraint commendations_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id)
);
select protect_ward_table('commendations');

-- Published for the end of a campaign.
create view paper_custody with (security_invoker = true) as
  select p.ward_id, p.campaign_id, p.id as pledge_id, p.household_id, p.group_id, p.work_on as signed_on,
    x.handed_at, x.taken_at, x.filed_at, x.filed_where
  from pledges p
  left join paper_handover_pledges o on o.ward_id = p.ward_id and o.pledge_id = p.id
  left join paper_handovers x on x.ward_id = p.ward_id and x.id = o.handover_id and x.undone_at is null
  where p.original = 'paper' and p.withdrawn_at is null and p.taken_back_at is null;
grant select on paper_custody to tungnha_app;

create view phones_in_use with (security_invoker = true) as
  select d.ward_id, d.id as device_id, p.name, d.label, d.last_used_at, s.pushed_at, s.waiting
  from devices d
  join people p on p.ward_id = d.ward_id and p.id = d.person_id
  left join device_syncs s on s.ward_id = d.ward_id and s.device_id = d.id
  where d.ended_at is null;
grant select on phones_in_use to tungnha_app;

create view records_waiting with (security_invoker = true) as
  select ward_id, campaign_id, count(*)::int as n from held_records where settled_at is null
  group by ward_id, campaign_id;
grant select on records_waiting to tungnha_app;

create view evidence_pictures with (security_invoker = true) as
  select e.ward_id, e.campaign_id, e.id as evidence_id, e.work_on, e.area_id, e.unit_id, e.channel, e.note, m.sha256,
    f.media_type, f.bytes
  from evidence e
  join evidence_media m on m.ward_id = e.ward_id and m.campaign_id = e.campaign_id and m.evidence_id = e.id
  join media f on f.ward_id = m.ward_id and f.sha256 = m.sha256
  where e.undone_at is null;
grant select on evidence_pictures to tungnha_app;

create view people_reaching with (security_invoker = true) as
  select v.ward_id, v.campaign_id, v.author_id as person_id,
    count(distinct coalesce(h.merged_into, h.id))::int as reached
  from visits v
  join households h on h.ward_id = v.ward_id and h.id = v.household_id
  where v.taken_back_at is null and v.outcome = 'met' and v.channel = 'direct'
  group by v.ward_id, v.campaign_id, v.author_id;
grant select on people_reaching to tungnha_app;
