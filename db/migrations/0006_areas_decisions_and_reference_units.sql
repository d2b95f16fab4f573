-- Areas: the decision's date beside its number, what a closing decision says, what a declared number was counted on;
-- the official units the product knows from the start; and the two views other features read areas through.

alter table areas
  add column decision_on date,
  add column closed_by text,
  add column closed_by_on date;

alter table area_names
  add column short_name text,
  add column decision_on date;

alter table area_declarations
  add column counted_on date,
  add column note text;

-- Only what is known with its source. Other units are entered at set-up or come from a reference-units.csv (see the
-- README of the feature); codes are dated because units are merged and renamed.
insert into reference_units (code, level, name, parent_code, valid_from, source) values
  ('VN', 'country', 'Việt Nam', null, '2025-07-01', 'Quyết định 19/2025/QĐ-TTg ngày 30/6/2025'),
  ('31', 'city', 'Thành phố Hải Phòng', 'VN', '2025-07-01',
   'Nghị quyết 202/2025/QH15; Quyết định 19/2025/QĐ-TTg ngày 30/6/2025'),
  ('11602', 'ward', 'Phường Hồng An', '31', '2025-07-01',
   'Nghị quyết 1669/NQ-UBTVQH15 ngày 16/6/2025; Quyết định 19/2025/QĐ-TTg ngày 30/6/2025');

-- The area and those above it, nearest first: what a permission's target asks for.
create view area_paths with (security_invoker = true) as
  select ward_id, id as area_id,
         case when parent_id is null then array[id] else array[id, parent_id] end as path
  from areas;
grant select on area_paths to tungnha_app;

-- Each group with its confirmed number of households, and the newest stated one where nobody has confirmed it yet.
create view group_households with (security_invoker = true) as
  select a.ward_id, a.id as group_id, a.name, a.short_name, a.position, a.valid_from, a.valid_to,
         confirmed.households, confirmed.temporary_households, confirmed.version as confirmed_version,
         stated.households as stated_households, stated.version as stated_version
  from areas a
  left join lateral (
    select d.version, d.households, d.temporary_households from area_declarations d
    where d.ward_id = a.ward_id and d.area_id = a.id and d.confirmed_at is not null
    order by d.version desc limit 1) confirmed on true
  left join lateral (
    select d.version, d.households from area_declarations d
    where d.ward_id = a.ward_id and d.area_id = a.id and d.version > coalesce(confirmed.version, 0)
    order by d.version desc limit 1) stated on true
  where a.kind = 'group';
grant select on group_households to tungnha_app;
