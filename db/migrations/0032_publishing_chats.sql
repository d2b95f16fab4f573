-- The Zalo group of each residential group, as the plan wants it kept: who keeps it, that only keepers write, that
-- somebody lets members in, how one is invited, and what was done to keep it clean. Which households it reaches is not
-- here: that is asked at the door and stands in the visits.

create table chat_settings (
  ward_id int not null,
  channel_id uuid not null,
  -- "chỉ trưởng/phó nhóm được nhắn tin"
  keepers_only boolean not null,
  -- "duyệt thành viên"
  approves_members boolean not null,
  invite_url text,
  members int constraint chat_settings_members check (members between 0 and 100000),
  set_by uuid not null,
  set_at timestamptz not null,
  constraint chat_settings_pkey primary key (ward_id, channel_id),
  constraint chat_settings_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint chat_settings_by foreign key (ward_id, set_by) references people (ward_id, id)
);
select protect_ward_table('chat_settings');

create table chat_keepers (
  ward_id int not null,
  channel_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  part text not null constraint chat_keepers_part check (part in ('head', 'deputy')),
  since_on date not null,
  until_on date,
  constraint chat_keepers_pkey primary key (ward_id, channel_id, id),
  constraint chat_keepers_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint chat_keepers_person foreign key (ward_id, person_id) references people (ward_id, id)
);
select protect_ward_table('chat_keepers');
create unique index chat_keepers_once on chat_keepers (ward_id, channel_id, person_id) where until_on is null;
create unique index chat_keepers_one_head on chat_keepers (ward_id, channel_id) where until_on is null and part = 'head';

create table chat_moderations (
  ward_id int not null,
  channel_id uuid not null,
  id uuid not null,
  act text not null constraint chat_moderations_act check (
    act in ('message-removed', 'member-removed', 'member-warned', 'member-let-in', 'rumour-answered')),
  note text not null,
  done_at timestamptz not null,
  done_by uuid not null,
  constraint chat_moderations_pkey primary key (ward_id, channel_id, id),
  constraint chat_moderations_channel foreign key (ward_id, channel_id) references channels (ward_id, id),
  constraint chat_moderations_by foreign key (ward_id, done_by) references people (ward_id, id)
);
select protect_ward_table('chat_moderations');
