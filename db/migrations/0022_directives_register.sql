-- The register of directives: papers from above, what cites them, and the deadlines read in them. Nothing is deleted: a
-- paper entered by mistake is withdrawn with a reason. And of people: who has a phone bound, for the readiness board.
create view bound_phones with (security_invoker = true) as
  select ward_id, person_id, bound_at from devices where ended_at is null;
grant select on bound_phones to tungnha_app;

create table directives (
  ward_id int not null constraint directives_ward references wards (ward_id),
  id uuid not null,
  number text not null,
  issued_on date not null,
  issuer text not null,
  subject text not null,
  file_sha256 bytea,
  file_name text,
  -- The paper's words as read, so that proposals open to where they stand.
  source text,
  search text generated always as (search_key(number || ' ' || issuer || ' ' || subject)) stored,
  entered_by uuid not null,
  entered_at timestamptz not null,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text,
  constraint directives_pkey primary key (ward_id, id),
  constraint directives_file foreign key (ward_id, file_sha256) references media (ward_id, sha256),
  constraint directives_withdrawn check (
    (withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_reason is null))
);
select protect_ward_table('directives');
create unique index directives_number_once on directives (ward_id, lower(number), lower(issuer), issued_on)
  where withdrawn_at is null;

create table directive_proposals (
  ward_id int not null,
  directive_id uuid not null,
  id uuid not null,
  position int not null,
  -- A duty or report as the plan keeps them.
  body jsonb not null,
  words text not null,
  state text not null default 'proposed'
    constraint directive_proposals_state check (state in ('proposed', 'accepted', 'set-aside')),
  reason text,
  campaign_id uuid,
  item_id uuid,
  decided_by uuid,
  decided_at timestamptz,
  constraint directive_proposals_pkey primary key (ward_id, directive_id, id),
  constraint directive_proposals_directive foreign key (ward_id, directive_id) references directives (ward_id, id),
  constraint directive_proposals_decided check ((state = 'proposed') = (decided_at is null))
);
select protect_ward_table('directive_proposals');

create table directive_citations (
  ward_id int not null,
  directive_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  -- A duty, report or target of the plan; null: the plan as a whole.
  item_id uuid,
  made_by uuid not null,
  made_at timestamptz not null,
  undone_by uuid,
  undone_at timestamptz,
  constraint directive_citations_pkey primary key (ward_id, directive_id, id),
  constraint directive_citations_directive foreign key (ward_id, directive_id) references directives (ward_id, id),
  constraint directive_citations_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint directive_citations_undone check ((undone_at is null) = (undone_by is null))
);
select protect_ward_table('directive_citations');
create unique index directive_citations_once on directive_citations
  (ward_id, directive_id, campaign_id, coalesce(item_id, '00000000-0000-0000-0000-000000000000'::uuid))
  where undone_at is null;
create index directive_citations_by_campaign on directive_citations (ward_id, campaign_id, item_id)
  where undone_at is null;

-- What "search everything" looks through, with the directives.
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
    where v.state = 'confirmed'
  union all
  select ward_id, 'directive', id, null::uuid, number || ': ' || subject, issuer, search
    from directives where withdrawn_at is null;
