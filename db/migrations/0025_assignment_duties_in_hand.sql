-- Which member of a unit does a duty the unit answers for: its head puts it into somebody's hands. The head still answers
-- for it. Nothing is deleted: taken back or handed on, the former hand keeps its times.
create table duty_hands (
  ward_id int not null,
  id uuid not null,
  campaign_id uuid not null,
  item_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  from_at timestamptz not null,
  to_at timestamptz,
  handed_by uuid not null,
  ended_by uuid,
  constraint duty_hands_pkey primary key (ward_id, id),
  constraint duty_hands_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint duty_hands_unit foreign key (ward_id, unit_id) references units (ward_id, id),
  constraint duty_hands_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint duty_hands_ended check ((to_at is null) = (ended_by is null)),
  constraint duty_hands_times check (to_at is null or to_at >= from_at)
);
select protect_ward_table('duty_hands');
create unique index duty_hands_one_now on duty_hands (ward_id, campaign_id, unit_id, item_id) where to_at is null;
create index duty_hands_by_unit on duty_hands (ward_id, campaign_id, unit_id, item_id, from_at);

-- In whose hands duties are at an instant. Whoever left the unit, or is away that day, holds none: it is the whole unit's
-- again, so that no duty waits for somebody who is not there.
create function duties_in_hand(ward int, at timestamptz)
  returns table (campaign_id uuid, item_id uuid, unit_id uuid, person_id uuid)
  language sql stable parallel safe
  begin atomic
    select h.campaign_id, h.item_id, h.unit_id, h.person_id
    from duty_hands h
    where h.ward_id = ward and h.from_at <= at and (h.to_at is null or h.to_at > at)
      and exists (
        select from responsibilities r
        where r.ward_id = ward and r.person_id = h.person_id and r.unit_id = h.unit_id
          and r.role in ('unit-head', 'unit-member') and r.from_at <= at and (r.to_at is null or r.to_at > at))
      and not exists (
        select from absences a
        where a.ward_id = ward and a.person_id = h.person_id and (a.ended_at is null or a.ended_at > at)
          and (at at time zone 'Asia/Ho_Chi_Minh')::date between a.from_on and a.to_on);
  end;
grant execute on function duties_in_hand(int, timestamptz) to tungnha_app;
