-- Quotes count UTF-16 code units, as JavaScript does; PostgreSQL counts characters. A character outside the basic plane
-- (an emoji in a plan copied from a chat) is two units and one character, and every quote behind it was cut one too late.

-- source.slice(start_at, end_at): each bound moves back by the wide characters before it. The text is split at those, so
-- a paper without any costs one pass and no rows.
create function utf16_slice(source text, start_at int, end_at int) returns text
  language sql immutable parallel safe
  return (
    with wide as (
      select sum(length(piece)) over (order by n) + 2 * (n - 1) as at
      from regexp_split_to_table(source, '[\U00010000-\U0010FFFF]') with ordinality as pieces (piece, n)
    ), bounds as (
      select start_at - count(*) filter (where at < start_at) as first,
        end_at - count(*) filter (where at < end_at) as last
      from wide
    )
    select substring(source from first::int + 1 for (last - first)::int) from bounds
  );

create or replace view plan_confirmed_items with (security_invoker = true) as
  select i.ward_id, i.campaign_id, i.version, i.item_id, i.position, i.body, i.quote_start, i.quote_end,
    case when i.quote_start is null then null
      else utf16_slice(v.source, i.quote_start, i.quote_end) end as words
  from plan_version_items i
  join plan_versions v
    on v.ward_id = i.ward_id and v.campaign_id = i.campaign_id and v.version = i.version
  where v.state = 'confirmed' and i.review = 'accepted';
