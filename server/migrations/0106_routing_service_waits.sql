-- Which waits a team's figure of a week counts, where it is shown: to look them up one by one. Of conversations, not of people. Kept for five weeks.
create table service_waits (
  week date not null references service_weeks on delete cascade,
  team_id uuid not null,
  channel text not null,
  clock text not null,
  -- in_time, late, unanswered: as the figure counts it.
  outcome text not null,
  conversation_id uuid not null references conversations on delete cascade,
  since timestamptz not null,
  due_at timestamptz not null,
  -- Until the answer; null: none.
  minutes int,
  constraint service_waits_pkey primary key (conversation_id, since)
);
create index service_waits_of_figure on service_waits (week, team_id, channel, clock, due_at desc, conversation_id desc);
