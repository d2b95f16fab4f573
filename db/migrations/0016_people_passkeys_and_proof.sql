-- Passkeys (laid out by better-auth's passkey plugin), and when a session last proved who sits there: exports and
-- changes of roles ask again after some minutes. Signing in is itself such a proof.

create table auth."passkey" (
  "id" uuid constraint passkey_pkey primary key default pg_catalog.gen_random_uuid(),
  "name" text,
  "publicKey" text not null,
  "userId" uuid not null constraint passkey_of_user references auth."user" ("id") on delete cascade,
  "credentialID" text not null constraint passkey_credential_once unique,
  "counter" bigint not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create index passkey_user_id on auth."passkey" ("userId");

alter table auth."session" add column "provedAt" timestamptz not null default current_timestamp;

grant select, insert, update, delete on auth."passkey" to tungnha_app;

-- Which sign-in a browser's subscription to notices belongs to: signing out there ends it. A phone bound by a card has
-- its device_id; a browser of the office the session that was last seen with it.
alter table push_subscriptions add column session_id uuid;
create index push_subscriptions_by_session on push_subscriptions (ward_id, session_id) where ended_at is null;
