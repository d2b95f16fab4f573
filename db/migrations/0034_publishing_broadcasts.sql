-- Loudspeakers: what is to be played in which cluster at what hour, and a text as sound. That it was played is a post in
-- the channel, as everywhere: this row only names it, so one broadcast is evidence of every duty that asks for it, once.

create table recordings (
  ward_id int not null,
  id uuid not null,
  text_id uuid not null,
  text_version int not null,
  state text not null constraint recordings_state check (state in ('making', 'ready', 'failed')),
  source text not null constraint recordings_source check (source in ('uploaded', 'voice')),
  -- which voice read it: a program and its model
  voice text,
  sha256 bytea constraint recordings_sha256 check (length(sha256) = 32),
  media_type text,
  bytes int constraint recordings_bytes check (bytes > 0),
  -- null: the file does not say
  seconds int constraint recordings_seconds check (seconds between 0 and 86400),
  made_by uuid not null,
  made_at timestamptz not null,
  constraint recordings_pkey primary key (ward_id, id),
  constraint recordings_text foreign key (ward_id, text_id, text_version)
    references text_versions (ward_id, text_id, version),
  constraint recordings_by foreign key (ward_id, made_by) references people (ward_id, id),
  constraint recordings_ready check (
    (state = 'ready') = (sha256 is not null and media_type is not null and bytes is not null))
);
select protect_ward_table('recordings');
create index recordings_by_text on recordings (ward_id, text_id, text_version);

create table broadcasts (
  ward_id int not null,
  id uuid not null,
  channel_id uuid not null,
  on_day date not null,
  at_time text not null constraint broadcasts_time check (at_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  text_id uuid not null,
  planned_by uuid not null,
  planned_at timestamptz not null,
  cancelled_by uuid,
  cancelled_at timestamptz,
  -- the post that says it was played; a post taken back leaves the line open again
  post_id uuid,
  constraint broadcasts_pkey primary key (ward_id, id),
  constraint broadcasts_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint broadcasts_text foreign key (ward_id, text_id) references texts (ward_id, id),
  constraint broadcasts_planner foreign key (ward_id, planned_by) references people (ward_id, id),
  constraint broadcasts_canceller foreign key (ward_id, cancelled_by) references people (ward_id, id),
  constraint broadcasts_post foreign key (ward_id, post_id) references posts (ward_id, id),
  constraint broadcasts_cancelled check ((cancelled_by is null) = (cancelled_at is null))
);
select protect_ward_table('broadcasts');
-- Two texts cannot be read from one horn at one time.
create unique index broadcasts_once on broadcasts (ward_id, channel_id, on_day, at_time) where cancelled_at is null;
create index broadcasts_by_day on broadcasts (ward_id, on_day);
