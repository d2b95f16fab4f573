-- What "search everything" looks through: one row a thing, with its folded words. Each part reads what its owner
-- publishes; rights are judged by the asking endpoint, the ward by the walls.
create view search_entries with (security_invoker = true) as
  select ward_id, 'person' as kind, id, null::uuid as campaign_id, name as title, coalesce(title, '') as detail, search
    from people where closed_at is null
  union all
  select ward_id, 'group', id, null, name, short_name, search || ' ' || search_key(short_name)
    from areas where kind = 'group' and valid_to is null
  union all
  select ward_id, 'unit', id, null, name, short_name, search || ' ' || search_key(short_name)
    from units where valid_to is null
  union all
  select i.ward_id, 'item', i.item_id, i.campaign_id, i.words, c.short_name, search_key(i.words)
    from plan_confirmed_items i
    join campaigns c on c.ward_id = i.ward_id and c.id = i.campaign_id
    join plan_confirmed_versions v on v.ward_id = i.ward_id and v.campaign_id = i.campaign_id and v.version = i.version
    where v.in_force_to is null and i.words is not null
  union all
  select v.ward_id, 'plan', v.campaign_id, v.campaign_id, c.name, coalesce(v.document_name, ''),
      search_key(c.name || ' ' || coalesce(v.document_name, ''))
    from plan_versions v
    join campaigns c on c.ward_id = v.ward_id and c.id = v.campaign_id
    where v.state = 'confirmed';
grant select on search_entries to tungnha_app;
