-- Answers that became overdue, with what the time before was spent on: of conversations, not of people. Kept for thirty days.
create table late_answers (
  id uuid primary key,
  conversation_id uuid not null references conversations on delete cascade,
  -- Which wait of it: when the customer began to wait.
  since timestamptz not null,
  clock text not null,
  due_at timestamptz not null,
  team_id uuid,
  queue_id uuid,
  cause text not null,
  -- Minutes by phase, of the time that counts.
  phases jsonb not null,
  -- How many of the team were there when it became overdue; null when nothing ran here then.
  people_there int,
  constraint late_answers_wait unique (conversation_id, since)
);
create index late_answers_due on late_answers (due_at desc, id desc);
