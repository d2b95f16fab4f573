-- Posting through a provider's own interface. An account is a way in that somebody connected; a link says which of the
-- ward's channels it serves; a send is one post on its way. What was asked for is written before anything is sent, and
-- how far it got after every step, so that a process that dies leaves a row that says what is not known.

create table outlet_accounts (
  ward_id int not null,
  id uuid not null,
  provider text not null constraint outlet_accounts_provider check (provider in ('zalo', 'facebook', 'webhook', 'mail')),
  name text not null,
  -- Number of the Official Account or page, address of the webhook, mailboxes parted by commas.
  account_ref text not null,
  app_id text,
  -- Keys of the provider under a key of the machine's; null once the account has ended.
  sealed bytea,
  -- Moments of the machine's.
  access_expires_at timestamptz,
  renewing_until timestamptz,
  renewals int not null default 0,
  renewed_at timestamptz,
  state text not null constraint outlet_accounts_state check (state in ('unchecked', 'works', 'trouble', 'ended')),
  trouble text,
  checked_at timestamptz,
  connected_by uuid not null,
  connected_at timestamptz not null,
  constraint outlet_accounts_pkey primary key (ward_id, id),
  constraint outlet_accounts_by foreign key (ward_id, connected_by) references people (ward_id, id),
  constraint outlet_accounts_trouble check ((state = 'trouble') = (trouble is not null)),
  constraint outlet_accounts_ended check ((state = 'ended') = (sealed is null))
);
select protect_ward_table('outlet_accounts');

create table outlet_links (
  ward_id int not null,
  channel_id uuid not null,
  account_id uuid not null,
  way text not null constraint outlet_links_way check (
    way in ('article', 'group-message', 'page-post', 'call', 'letter')),
  -- A group's number, where the way needs one.
  target text,
  -- An article must have a picture.
  cover_url text,
  constraint outlet_links_pkey primary key (ward_id, channel_id),
  constraint outlet_links_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint outlet_links_account foreign key (ward_id, account_id) references outlet_accounts (ward_id, id),
  constraint outlet_links_target check ((way = 'group-message') = (target is not null)),
  constraint outlet_links_cover check ((way = 'article') = (cover_url is not null))
);
select protect_ward_table('outlet_links');

create table outlet_sends (
  ward_id int not null,
  -- The id of the post and of its evidence once it stands.
  id uuid not null,
  channel_id uuid not null,
  text_id uuid not null,
  text_version int not null,
  title text not null,
  summary text not null,
  body text not null,
  link text,
  -- Said in the post itself, so that it can be found again where nobody answered.
  marker text not null,
  asked_by uuid not null,
  asked_at timestamptz not null,
  state text not null constraint outlet_sends_state check (
    state in ('planned', 'sending', 'making', 'looking', 'unclear', 'sent', 'failed', 'cancelled')),
  attempts int not null default 0,
  looks int not null default 0,
  blind int not null default 0,
  -- Moments of the machine's.
  next_at timestamptz not null,
  begun_at timestamptz,
  ended_at timestamptz,
  -- The provider's own word for an article that is still being made.
  receipt text,
  external_id text,
  external_url text,
  last_code text,
  settled_by uuid,
  constraint outlet_sends_pkey primary key (ward_id, id),
  constraint outlet_sends_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint outlet_sends_text foreign key (ward_id, text_id, text_version)
    references text_versions (ward_id, text_id, version),
  constraint outlet_sends_by foreign key (ward_id, asked_by) references people (ward_id, id),
  constraint outlet_sends_settled foreign key (ward_id, settled_by) references people (ward_id, id),
  constraint outlet_sends_marker_once unique (ward_id, marker),
  constraint outlet_sends_making check (state <> 'making' or receipt is not null),
  constraint outlet_sends_end check ((state in ('sent', 'failed', 'cancelled')) = (ended_at is not null))
);
select protect_ward_table('outlet_sends');
create index outlet_sends_due on outlet_sends (ward_id, next_at)
  where state in ('planned', 'sending', 'making', 'looking');
-- One text stands once in a channel's queue: two people who press the same button make one post.
create unique index outlet_sends_once on outlet_sends (ward_id, channel_id, text_id, text_version)
  where state in ('planned', 'sending', 'making', 'looking', 'unclear');
create index outlet_sends_by_channel on outlet_sends (ward_id, channel_id, asked_at desc);
