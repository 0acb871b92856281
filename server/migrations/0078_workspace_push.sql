-- Browsers that are told although no page of ours is open in them: one a session, and gone with it. Where each is reached, with its keys, is sealed.
create table push_subscriptions (
  session_id uuid primary key references sessions (id) on delete cascade,
  person_id uuid not null references people (id) on delete cascade,
  endpoint_hash bytea not null unique,
  sealed text not null,
  kinds text[] not null,
  created_at timestamptz not null,
  last_told_at timestamptz
);
create index push_subscriptions_person on push_subscriptions (person_id);
-- Whose browsers were told that a promise comes due: a new owner is told, too.
alter table statements add column told_to uuid;
