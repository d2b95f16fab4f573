-- The ward's library of texts and its official documents are found as well: a text as its newest version has it, a
-- document by its subject and its number.
create or replace view search_entries with (security_invoker = true) as
  select ward_id, 'person' as kind, id, null::uuid as campaign_id, name as title, coalesce(title, '') as detail, search
    from people where closed_at is null
  union all
  select ward_id, 'group', id, null, name, short_name, search || ' ' || search_key(short_name)
    from areas where kind = 'group' and valid_to is null
  union all
  select ward_id, 'unit', id, null, name, short_name, search || ' ' || search_key(short_name)
    from units where valid_to is null
  union all
  select i.ward_id, 'item', i.item_id, i.campaign_id, i.body ->> 'title', c.short_name,
      search_key((i.body ->> 'title') || ' ' || coalesce(i.body ->> 'actor', ''))
    from plan_confirmed_items i
    join campaigns c on c.ward_id = i.ward_id and c.id = i.campaign_id
    join plan_confirmed_versions v on v.ward_id = i.ward_id and v.campaign_id = i.campaign_id and v.version = i.version
    where v.in_force_to is null
  union all
  select v.ward_id, 'plan', v.campaign_id, v.campaign_id, c.name, coalesce(v.document_name, ''),
      search_key(c.name || ' ' || coalesce(v.document_name, ''))
    from plan_versions v
    join campaigns c on c.ward_id = v.ward_id and c.id = v.campaign_id
    join plan_confirmed_versions f on f.ward_id = v.ward_id and f.campaign_id = v.campaign_id and f.version = v.version
    where f.in_force_to is null
  union all
  select ward_id, 'directive', id, null::uuid, number || ': ' || subject, issuer, search
    from directives where withdrawn_at is null
  union all
  select t.ward_id, 'text', t.id, null::uuid, v.body ->> 'title', v.body ->> 'summary', v.search
    from texts t
    join lateral (
      select body, search, state from text_versions n
      where n.ward_id = t.ward_id and n.text_id = t.id order by n.version desc limit 1) v on true
    where v.state <> 'withdrawn'
  union all
  select ward_id, 'document', id, campaign_id,
      coalesce(number || ': ', '') || (words ->> 'subject'), to_char(to_on, 'DD/MM/YYYY'),
      search_key(coalesce(number, '') || ' ' || (words ->> 'subject'))
    from official_documents where state <> 'replaced';
