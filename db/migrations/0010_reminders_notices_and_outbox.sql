-- Reminders: what each person wishes to hear, where they can be reached, what was said to whom (once for each person,
-- kind and occurrence), what is still to be sent, who was really spoken to, and the secret addresses of calendar feeds.
-- A delivery is written with its notice and before anything is sent: a process that dies while sending sends it again
-- under the same topic and tag, and nothing is forgotten.

-- No row: the defaults of the feature's model.
create table reminder_choices (
  ward_id int not null,
  person_id uuid not null,
  before boolean not null,
  late boolean not null,
  head boolean not null,
  lead_minutes int not null constraint reminder_choices_lead check (lead_minutes between 5 and 1440),
  quiet_from text constraint reminder_choices_quiet_from check (quiet_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  quiet_to text constraint reminder_choices_quiet_to check (quiet_to ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  push boolean not null,
  mail boolean not null,
  language text not null default 'vi' constraint reminder_choices_language check (language in ('vi', 'en')),
  updated_at timestamptz not null,
  constraint reminder_choices_pkey primary key (ward_id, person_id),
  constraint reminder_choices_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint reminder_choices_quiet check ((quiet_from is null) = (quiet_to is null))
);
select protect_ward_table('reminder_choices');

-- One browser of one person. The endpoint is a secret of the browser's: whoever holds it can knock.
create table push_subscriptions (
  ward_id int not null,
  id uuid not null,
  person_id uuid not null,
  device_id uuid,
  endpoint text not null,
  endpoint_hash bytea not null,
  p256dh text not null,
  auth text not null,
  label text not null,
  created_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  ended_why text constraint push_subscriptions_why check (ended_why in ('left', 'gone', 'replaced', 'refused')),
  constraint push_subscriptions_pkey primary key (ward_id, id),
  constraint push_subscriptions_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint push_subscriptions_end check ((ended_at is null) = (ended_why is null))
);
select protect_ward_table('push_subscriptions');
create unique index push_subscriptions_once on push_subscriptions (ward_id, endpoint_hash) where ended_at is null;
create index push_subscriptions_by_person on push_subscriptions (ward_id, person_id) where ended_at is null;

-- A notice is also what stands under the bell. Its id is derived from the person and the lines, so that it is one notice
-- however often it is planned. Times: made_at of the machine, the others of the campaign.
create table reminders (
  ward_id int not null,
  id uuid not null,
  person_id uuid not null,
  origin text not null constraint reminders_origin check (origin in ('rule', 'person', 'test')),
  lines jsonb not null,
  made_at timestamptz not null,
  campaign_at timestamptz not null,
  expires_at timestamptz not null,
  read_at timestamptz,
  asked_by uuid,
  constraint reminders_pkey primary key (ward_id, id),
  constraint reminders_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint reminders_asked check ((origin = 'person') = (asked_by is not null))
);
select protect_ward_table('reminders');
create index reminders_by_person on reminders (ward_id, person_id, campaign_at desc);

create table reminder_lines (
  ward_id int not null,
  person_id uuid not null,
  kind text not null constraint reminder_lines_kind check (kind in ('before', 'late', 'head')),
  occurrence text not null,
  reminder_id uuid not null,
  due_at timestamptz not null,
  constraint reminder_lines_pkey primary key (ward_id, person_id, kind, occurrence),
  constraint reminder_lines_reminder foreign key (ward_id, reminder_id) references reminders (ward_id, id)
);
select protect_ward_table('reminder_lines');
create index reminder_lines_by_due on reminder_lines (ward_id, due_at);

-- The outbox. `planned` until somebody else's server has said yes or no; next_at is a moment of the machine's.
create table reminder_deliveries (
  ward_id int not null,
  id uuid not null,
  reminder_id uuid not null,
  channel text not null constraint reminder_deliveries_channel check (channel in ('push', 'mail')),
  subscription_id uuid,
  state text not null constraint reminder_deliveries_state check (
    state in ('planned', 'sent', 'failed', 'gone', 'expired')),
  attempts int not null default 0,
  next_at timestamptz not null,
  ended_at timestamptz,
  last_status int,
  constraint reminder_deliveries_pkey primary key (ward_id, id),
  constraint reminder_deliveries_reminder foreign key (ward_id, reminder_id) references reminders (ward_id, id),
  constraint reminder_deliveries_subscription foreign key (ward_id, subscription_id)
    references push_subscriptions (ward_id, id),
  constraint reminder_deliveries_target check ((channel = 'push') = (subscription_id is not null)),
  constraint reminder_deliveries_end check ((state = 'planned') = (ended_at is null))
);
select protect_ward_table('reminder_deliveries');
create index reminder_deliveries_to_send on reminder_deliveries (ward_id, next_at) where state = 'planned';
create index reminder_deliveries_by_reminder on reminder_deliveries (ward_id, reminder_id);

-- Somebody really reached somebody: by telephone, Zalo, a text message or face to face. Only this counts as reminded.
create table reminder_contacts (
  ward_id int not null,
  id uuid not null,
  occurrence text not null,
  item_id uuid not null,
  area_id uuid,
  person_id uuid not null,
  way text not null constraint reminder_contacts_way check (way in ('called', 'no-answer', 'zalo', 'sms', 'met')),
  note text,
  contacted_at timestamptz not null,
  contacted_by uuid not null,
  undone_at timestamptz,
  undone_by uuid,
  constraint reminder_contacts_pkey primary key (ward_id, id),
  constraint reminder_contacts_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint reminder_contacts_by foreign key (ward_id, contacted_by) references people (ward_id, id),
  constraint reminder_contacts_undone check ((undone_at is null) = (undone_by is null))
);
select protect_ward_table('reminder_contacts');
create index reminder_contacts_by_occurrence on reminder_contacts (ward_id, occurrence);

-- The address itself is made from a key of the machine's and this row's id, so the database alone opens nothing.
create table calendar_addresses (
  ward_id int not null,
  id uuid not null,
  person_id uuid not null,
  kind text not null constraint calendar_addresses_kind check (kind in ('person', 'group', 'unit')),
  area_id uuid,
  unit_id uuid,
  token_hash bytea not null,
  made_at timestamptz not null,
  ended_at timestamptz,
  constraint calendar_addresses_pkey primary key (ward_id, id),
  constraint calendar_addresses_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint calendar_addresses_area foreign key (ward_id, area_id) references areas (ward_id, id),
  constraint calendar_addresses_unit foreign key (ward_id, unit_id) references units (ward_id, id),
  constraint calendar_addresses_subject check (
    (kind = 'group') = (area_id is not null) and (kind = 'unit') = (unit_id is not null))
);
select protect_ward_table('calendar_addresses');
create unique index calendar_addresses_by_token on calendar_addresses (ward_id, token_hash);
create unique index calendar_addresses_one on calendar_addresses (
  ward_id, person_id, kind, coalesce(area_id, unit_id, '00000000-0000-0000-0000-000000000000')) where ended_at is null;
