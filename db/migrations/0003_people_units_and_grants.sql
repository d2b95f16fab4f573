-- Units of the ward, people, and what each may do where and when. A grant is never deleted: authority over work that
-- arrives late is judged by who was responsible at the time it was recorded.

create table units (
  ward_id int not null constraint units_ward references wards (ward_id),
  id uuid not null,
  kind text not null constraint units_kind check (
    kind in ('police', 'office', 'service', 'party', 'front', 'union', 'military', 'school', 'clinic', 'other')),
  name text not null,
  short_name text not null,
  position int not null default 0,
  search text generated always as (search_key(name)) stored,
  valid_from date not null,
  valid_to date,
  constraint units_pkey primary key (ward_id, id)
);
select protect_ward_table('units');
create unique index units_name_once on units (ward_id, lower(name)) where valid_to is null;

create table people (
  ward_id int not null constraint people_ward references wards (ward_id),
  id uuid not null,
  name text not null,
  sort_key text not null,
  search text generated always as (search_key(name)) stored,
  title text,
  phone text constraint people_phone_e164 check (phone ~ '^\+[1-9][0-9]{7,14}$'),
  email text,
  account_id uuid,
  closed_at timestamptz,
  constraint people_pkey primary key (ward_id, id)
);
select protect_ward_table('people');
create index people_by_account on people (ward_id, account_id) where account_id is not null;

create table grants (
  ward_id int not null,
  id uuid not null,
  person_id uuid not null,
  role text not null constraint grants_role check (
    role in ('administrator', 'leader', 'unit-head', 'unit-member', 'area-officer', 'group-leader', 'deputy-leader',
             'field-member', 'duty-desk', 'clerk', 'city-viewer', 'auditor')),
  area_id uuid,
  unit_id uuid,
  from_at timestamptz not null,
  to_at timestamptz,
  granted_by uuid,
  reason text,
  constraint grants_pkey primary key (ward_id, id),
  constraint grants_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint grants_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint grants_unit foreign key (ward_id, unit_id) references units (ward_id, id),
  constraint grants_scope check (
    (role in ('area-officer', 'group-leader', 'deputy-leader', 'field-member')) = (area_id is not null)
    and (role in ('unit-head', 'unit-member')) = (unit_id is not null)),
  constraint grants_dates check (to_at is null or to_at >= from_at)
);
select protect_ward_table('grants');
create index grants_by_person on grants (ward_id, person_id);
create index grants_by_area on grants (ward_id, area_id) where area_id is not null;
create index grants_by_unit on grants (ward_id, unit_id) where unit_id is not null;

-- Which wards an account belongs to. Outside the walls with the accounts: it is asked before a scope is known.
create table account_wards (
  account_id uuid not null,
  ward_id int not null,
  person_id uuid not null,
  constraint account_wards_pkey primary key (account_id, ward_id)
);
grant select, insert, update, delete on account_wards to tungnha_app;
