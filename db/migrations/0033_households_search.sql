-- The register is looked through a page at a time, in the order in which the ward is walked, and the number of all that
-- were found is told truly: no search ends at two thousand. Counting goes over the households alone, group by group;
-- only the groups a page shows are joined with their lanes and doors and put in order. Behind the walls the app's role
-- would read every household three times for that (LIKE is not leakproof), so it stands with the reader, who repeats
-- the scope's own condition.

-- Counting those that stand needs no look at the rows themselves.
drop index households_by_group;
create index households_by_group on households (ward_id, group_id, merged_into, closed_at);

-- Doors are looked for as they are written, capitals aside, and with what stands behind a slash.
drop index dwellings_by_number;
create index dwellings_by_number on dwellings (ward_id, lower(house_number) text_pattern_ops);

create function readers.page_of_households(words text[], house text, lane text, groups uuid[], in_lane uuid, living text,
    from_import uuid, skip int, most int)
  returns table (total int, ids uuid[])
  language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  ward int := nullif(current_setting('app.ward_id', true), '')::int;
  patterns text[] := (select array_agg('%' || w || '%') from unnest(words) w);
  -- The longest word goes by the index, the others are looked at in what it finds.
  longest text := (select p from unnest(patterns) p order by length(p) desc limit 1);
  found_in uuid[];
  counts int[];
  shown uuid[];
  ahead int;
begin
  if house is null and lane is null and in_lane is null then
    select array_agg(c.group_id), array_agg(c.n) into found_in, counts from (
      select h.group_id, count(*)::int as n from households h
      where h.ward_id = ward and h.merged_into is null and h.closed_at is null
        and (groups is null or h.group_id = any(groups))
        and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
        and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
      group by h.group_id) c;
  else
    select array_agg(c.group_id), array_agg(c.n) into found_in, counts from (
      select h.group_id, count(*)::int as n from households h
      join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
      join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
      where h.ward_id = ward and h.merged_into is null and h.closed_at is null
        and (groups is null or h.group_id = any(groups))
        and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
        and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
        and (in_lane is null or d.lane_id = in_lane)
        and (house is null or lower(d.house_number) = house or lower(d.house_number) like house || '/%')
        and (lane is null or l.search = lane)
      group by h.group_id) c;
  end if;
  select coalesce(sum(n), 0)::int into total from unnest(counts) n;
  -- Which groups the page lies in, and how many stand before the first of them.
  select array_agg(w.id), min(w.before)::int into shown, ahead from (
    select g.id, c.n, sum(c.n) over (order by g.position, g.name, g.id) - c.n as before
    from unnest(found_in, counts) as c (id, n)
    join areas g on g.ward_id = ward and g.id = c.id) w
  where w.before < skip + most and w.before + w.n > skip;
  ids := array(
    select h.id from households h
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    join areas g on g.ward_id = h.ward_id and g.id = h.group_id
    where h.ward_id = ward and h.merged_into is null and h.closed_at is null and h.group_id = any(shown)
      and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
      and (living is null or h.residence = living) and (from_import is null or h.import_id = from_import)
      and (in_lane is null or d.lane_id = in_lane)
      and (house is null or lower(d.house_number) = house or lower(d.house_number) like house || '/%')
      and (lane is null or l.search = lane)
    order by g.position, g.name, g.id, l.position, l.name,
      (substring(d.house_number from '^[0-9]{1,8}'))::int nulls last, d.house_number, h.n, h.id
    offset greatest(0, skip - coalesce(ahead, 0)) limit most);
  return next;
end $$;
revoke all on function readers.page_of_households(text[], text, text, uuid[], uuid, text, uuid, int, int) from public;
grant execute on function readers.page_of_households(text[], text, text, uuid[], uuid, text, uuid, int, int) to tungnha_app;
alter function readers.page_of_households(text[], text, text, uuid[], uuid, text, uuid, int, int) owner to tungnha_reader;

-- Where a state of the campaign is asked for beside the words, all that were found are joined with it: no end at `most`
-- (null), and the words in one list instead of a reading of the list for every row.
set local role tungnha_reader;
create or replace function readers.find_households(words text[], house text, lane text, groups uuid[], most int)
  returns table (household_id uuid)
  language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_custom_plan as $$
declare
  ward int := nullif(current_setting('app.ward_id', true), '')::int;
  patterns text[] := (select array_agg('%' || w || '%') from unnest(words) w);
  longest text := (select p from unnest(patterns) p order by length(p) desc limit 1);
begin
  return query
    select h.id from households h
    join dwellings d on d.ward_id = h.ward_id and d.id = h.dwelling_id
    join areas l on l.ward_id = d.ward_id and l.id = d.lane_id
    where h.ward_id = ward and h.merged_into is null and h.closed_at is null
      and (groups is null or h.group_id = any(groups))
      and (longest is null or h.search like longest) and (patterns is null or h.search like all (patterns))
      and (house is null or lower(d.house_number) = house or lower(d.house_number) like house || '/%')
      and (lane is null or l.search = lane)
    limit most;
end $$;
reset role;
