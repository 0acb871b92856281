-- Which waits a team's figure of a week counts, where it is shown: to look them up one by one. Of conversations, not of people. Kept for five weeks.
create table service_waits (
  week date not null references service_weeks on delete cascade,
  team_id uuid not null,
  channel text not null,
  clock text not null,
  -- in_time, late, abandoned, unanswered: as the figure counts it.
  outcome text not null,
  conversation_id uuid not null references conversations on delete cascade,
  since timestamptz not null,
  due_at timestamptz not null,
  -- Until the answer; null: none.
  minutes int,
  constraint service_waits_pkey primary key (conversation_id, since)
);
create index service_waits_of_figure on service_waits (week, team_id, channel, clock, due_at desc, conversation_id desc);

-- Customers who left the page of a channel that knows who is there, while they waited; gone again when they come back. Kept as long as a figure may ask.
create table left_waits (
  conversation_id uuid not null references conversations on delete cascade,
  since timestamptz not null,
  left_at timestamptz not null,
  constraint left_waits_pkey primary key (conversation_id, since)
);
create index left_waits_since on left_waits (since);
-- Null: the channel cannot know, or it was not counted yet.
alter table service_figures add column abandoned int, add column abandoned_in_time int, add column abandoned_short int;
