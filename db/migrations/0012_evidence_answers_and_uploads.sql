-- What recording needs beside the rows themselves: the answer once given to an id made by a client (a repeat gets it
-- word for word, another body under the same id is refused), who brought which picture, and how what somebody enters
-- for another came to the ward.

create table evidence_answers (
  ward_id int not null,
  campaign_id uuid not null,
  record_id uuid not null,
  body_hash bytea not null,
  answer text not null,
  constraint evidence_answers_pkey primary key (ward_id, campaign_id, record_id),
  constraint evidence_answers_campaign foreign key (ward_id, campaign_id) references campaigns (ward_id, id)
);
select protect_ward_table('evidence_answers');
revoke update on evidence_answers from tungnha_app;

-- A picture may be named only by who brought it: its hash alone, overheard, opens nothing.
create table evidence_uploads (
  ward_id int not null,
  sha256 bytea not null,
  person_id uuid not null,
  uploaded_at timestamptz not null,
  constraint evidence_uploads_pkey primary key (ward_id, sha256, person_id),
  constraint evidence_uploads_media foreign key (ward_id, sha256) references media (ward_id, sha256),
  constraint evidence_uploads_person foreign key (ward_id, person_id) references people (ward_id, id)
);
select protect_ward_table('evidence_uploads');

-- Entered for another: by which way it reached the ward and when. author_id is who did it, entered_by who typed it.
alter table evidence
  add column reached_by text
    constraint evidence_reached_by check (reached_by in ('zalo', 'phone', 'paper', 'in-person')),
  add column reached_at timestamptz,
  add constraint evidence_entered_for_another check (
    (entered_by is null) = (reached_by is null) and (reached_by is null) = (reached_at is null));

alter table campaign_acts
  add column undone_by uuid,
  add column undone_reason text,
  add column feed_id uuid not null,
  add column change_n bigint not null,
  add constraint campaign_acts_feed foreign key (ward_id, feed_id) references feeds (ward_id, feed_id);

alter table excuses add column revoked_reason text;
create index excuses_by_period on excuses (ward_id, campaign_id, period_start);
create index evidence_media_by_file on evidence_media (ward_id, sha256);
create index campaign_acts_by_file on campaign_acts (ward_id, media_sha256) where media_sha256 is not null;
-- What changed since a number: a phone's pull, and the calendar's kept copy.
create index evidence_by_change on evidence (ward_id, campaign_id, feed_id, change_n);
