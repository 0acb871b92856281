-- Work that was offered to somebody who is free, for a few seconds: at most one at a time of a conversation, and to a person.
create table offers (
  id uuid primary key,
  conversation_id uuid not null references conversations on delete cascade,
  person_id uuid not null references people on delete cascade,
  at timestamptz not null,
  until timestamptz not null,
  -- open, accepted, declined, timed_out, withdrawn
  state text not null,
  ended_at timestamptz,
  -- Why it was this person, as a sentence is made of it.
  why jsonb not null,
  constraint offers_ended_check check ((state = 'open') = (ended_at is null))
);
create unique index offers_conversation on offers (conversation_id) where state = 'open';
create unique index offers_person on offers (person_id) where state = 'open';
create index offers_of_person on offers (person_id, ended_at);
create index offers_of_conversation on offers (conversation_id);
-- What is offered, in the order in which it is due.
create index conversations_queue on conversations (queue_id, team_id, due_at, id) where state in ('new', 'queued') and assignee_id is null and queue_id is not null;
