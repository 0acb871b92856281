-- Which processes have sockets, and when each last said that it lives; and who has the desk open there. So every process knows whose browser
-- is gone, whichever process died.
create table desk_processes (
  id uuid primary key,
  alive_at timestamptz not null
);
create table desks (
  person_id uuid not null references people on delete cascade,
  process_id uuid not null references desk_processes on delete cascade,
  -- Null while a socket there gives signs of life; then when the last of them did.
  lost_at timestamptz,
  primary key (person_id, process_id)
);
create index desks_process on desks (process_id);
-- Whose customers wait in vain if their browser is gone.
create index conversations_held_waiting on conversations (claimed_by) where claimed_by is not null and waiting_since is not null;
