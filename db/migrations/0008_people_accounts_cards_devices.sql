-- Office accounts (schema auth, laid out by better-auth's own compileMigrations() for username and two-factor), the
-- throttle of sign-in, sign-in cards, and the phones they bind. Accounts stand outside the walls between wards because
-- one person may serve two wards; cards and phones are a ward's own. Names of people never stand in schema auth.

create schema auth;
grant usage on schema auth to tungnha_app;

create table auth."user" (
  "id" uuid constraint user_pkey primary key default pg_catalog.gen_random_uuid(),
  "name" text not null,
  "email" text not null constraint user_email_once unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp,
  "username" text constraint user_username_once unique,
  "twoFactorEnabled" boolean,
  "passwordIsTemporary" boolean not null default false
);

create table auth."session" (
  "id" uuid constraint session_pkey primary key default pg_catalog.gen_random_uuid(),
  "expiresAt" timestamptz not null,
  "token" text not null constraint session_token_once unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null constraint session_of_user references auth."user" ("id") on delete cascade
);
create index session_user_id on auth."session" ("userId");

create table auth."account" (
  "id" uuid constraint account_pkey primary key default pg_catalog.gen_random_uuid(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null constraint account_of_user references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
create index account_user_id on auth."account" ("userId");

create table auth."verification" (
  "id" uuid constraint verification_pkey primary key default pg_catalog.gen_random_uuid(),
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier on auth."verification" ("identifier");

create table auth."twoFactor" (
  "id" uuid constraint two_factor_pkey primary key default pg_catalog.gen_random_uuid(),
  "secret" text not null,
  "backupCodes" text not null,
  "userId" uuid not null constraint two_factor_of_user references auth."user" ("id") on delete cascade,
  "verified" boolean,
  "failedVerificationCount" integer,
  "lockedUntil" timestamptz
);
create index two_factor_secret on auth."twoFactor" ("secret");
create index two_factor_user_id on auth."twoFactor" ("userId");

-- One row per pair of (what was tried, from where), under a keyed hash: neither names nor addresses stand here.
create table auth.sign_in_tries (
  place bytea constraint sign_in_tries_pkey primary key,
  failures int not null default 0,
  last_at timestamptz not null,
  wait_until timestamptz
);
create index sign_in_tries_old on auth.sign_in_tries (last_at);

grant select, insert, update, delete on all tables in schema auth to tungnha_app;

create index account_wards_by_ward on account_wards (ward_id, person_id);

-- Who ended a role and why is part of the register, not only of the audit log.
alter table grants add column ended_by uuid;
alter table grants add column end_reason text;

-- A card is shown once, when it is printed; only keyed hashes of its link and of its typed code are kept.
create table sign_in_cards (
  ward_id int not null,
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  code_hash bytea not null,
  issued_at timestamptz not null,
  issued_by uuid,
  expires_at timestamptz not null,
  redeemed_at timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  constraint sign_in_cards_pkey primary key (ward_id, id),
  constraint sign_in_cards_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint sign_in_cards_token_once unique (ward_id, token_hash),
  constraint sign_in_cards_code_once unique (ward_id, code_hash)
);
select protect_ward_table('sign_in_cards');
create unique index sign_in_cards_one_live on sign_in_cards (ward_id, person_id) where ended_at is null;

-- A phone bound by a card. key_hash: the random key the phone made before pressing the button, so that pressing twice
-- is the same phone. credential_hash: the long-lived secret of its cookie. The PIN only unlocks it for some hours.
create table devices (
  ward_id int not null,
  id uuid not null,
  person_id uuid not null,
  card_id uuid not null,
  label text not null,
  key_hash bytea not null,
  credential_hash bytea not null,
  pin_hash text,
  wrong_pins int not null default 0,
  pin_wait_until timestamptz,
  bound_at timestamptz not null,
  last_used_at timestamptz not null,
  unlocked_until timestamptz,
  ended_at timestamptz,
  ended_by uuid,
  ended_why text constraint devices_ended_why check (ended_why in ('lost', 'replaced', 'wrong-pins', 'left')),
  constraint devices_pkey primary key (ward_id, id),
  constraint devices_person foreign key (ward_id, person_id) references people (ward_id, id),
  constraint devices_card foreign key (ward_id, card_id) references sign_in_cards (ward_id, id),
  constraint devices_one_per_card unique (ward_id, card_id),
  constraint devices_ended check ((ended_at is null) = (ended_why is null))
);
select protect_ward_table('devices');
create unique index devices_one_live on devices (ward_id, person_id) where ended_at is null;
