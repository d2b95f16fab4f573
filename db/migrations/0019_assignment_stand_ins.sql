-- Who is away, and who stands in. A stand-in holds the same role in the same place for those days, so that every right,
-- reminder and duty follows by itself; the role names the one it stands in for. Nothing is deleted: coming back early
-- ends the absence and the stand-in's role at that instant.
alter table grants
  add column stands_in_for uuid,
  add constraint grants_stands_in_for foreign key (ward_id, stands_in_for) references grants (ward_id, id),
  add constraint grants_stand_in_ends check (stands_in_for is null or to_at is not null);
create index grants_by_stood_in_for on grants (ward_id, stands_in_for) where stands_in_for is not null;

create table absences (
  ward_id int not null,
  id uuid not null,
  person_id uuid not null,
  -- First and last day away, both counted.
  from_on date not null,
  to_on date not null,
  reason text not null,
  noted_by uuid not null,
  noted_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid,
  constraint absences_pkey primary key (ward_id, id),
  constraint absences_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint absences_dates check (to_on >= from_on),
  constraint absences_ended check ((ended_at is null) = (ended_by is null))
);
select protect_ward_table('absences');
create index absences_by_person on absences (ward_id, person_id, to_on);

-- Who held which role where, from when until when: asked for any instant, past or coming. A role of no length (given and
-- taken back before it began) was never held.
create view responsibilities with (security_invoker = true) as
  select g.ward_id, g.id as grant_id, g.person_id, p.name as person, g.role, g.area_id, g.unit_id, g.from_at,
      least(g.to_at, p.closed_at) as to_at, g.stands_in_for, g.reason, g.granted_by, g.end_reason, g.ended_by
    from grants g
    join people p on p.ward_id = g.ward_id and p.id = g.person_id
    where g.to_at is null or g.to_at > g.from_at;
grant select on responsibilities to tungnha_app;
