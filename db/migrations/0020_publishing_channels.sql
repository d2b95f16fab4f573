-- Where the ward speaks, and what was said there. A post is also evidence of the duties it serves (the same id, written
-- by the evidence feature in the same transaction); here stands what only publishing knows: which text, in which
-- channel, and who else confirmed having seen it.

create table channels (
  ward_id int not null,
  id uuid not null,
  kind text not null constraint channels_kind check (
    kind in ('zalo-group', 'zalo', 'facebook', 'website', 'loudspeaker', 'poster', 'banner', 'panel')),
  name text not null,
  unit_id uuid,
  area_id uuid,
  address text,
  opened_on date not null,
  closed_on date,
  feed_id uuid not null,
  change_n bigint not null,
  constraint channels_pkey primary key (ward_id, id),
  constraint channels_owner check ((unit_id is null) <> (area_id is null)),
  constraint channels_unit foreign key (ward_id, unit_id) references units (ward_id, id),
  constraint channels_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint channels_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id)
);
select protect_ward_table('channels');
create unique index channels_name_once on channels (ward_id, kind, name) where closed_on is null;

create table posts (
  ward_id int not null,
  id uuid not null,
  channel_id uuid not null,
  campaign_id uuid not null,
  text_id uuid,
  text_version int,
  author_id uuid not null,
  posted_at timestamptz not null,
  work_on date not null,
  link text,
  picture_sha256 bytea,
  note text,
  -- Another keeper of the group who saw it there, instead of a screenshot.
  confirmed_by uuid,
  confirmed_at timestamptz,
  undone_at timestamptz,
  feed_id uuid not null,
  change_n bigint not null,
  constraint posts_pkey primary key (ward_id, id),
  constraint posts_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint posts_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id),
  constraint posts_text foreign key (ward_id, text_id, text_version)
    references text_versions (ward_id, text_id, version),
  constraint posts_author foreign key (ward_id, author_id) references people (ward_id, id),
  constraint posts_confirmed check ((confirmed_by is null) = (confirmed_at is null)),
  constraint posts_confirmed_by_another check (confirmed_by <> author_id),
  constraint posts_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id)
);
select protect_ward_table('posts');
create index posts_by_channel on posts (ward_id, channel_id, work_on desc);
create index posts_by_picture on posts (ward_id, picture_sha256) where picture_sha256 is not null;
