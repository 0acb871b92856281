-- Mails of the house itself. The text holds links that open accounts, so it is sealed, and emptied once it is out.
create table notices (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  kind text not null,
  sealed text,
  created_at timestamptz not null,
  sent_at timestamptz
);

-- Presence now, and its history, which only the person sees.
create table presence (
  person_id uuid primary key references people on delete cascade,
  state text not null,
  since timestamptz not null
);
create table presence_history (
  person_id uuid not null references people on delete cascade,
  state text not null,
  since timestamptz not null
);
create index presence_history_person on presence_history (person_id, since);
