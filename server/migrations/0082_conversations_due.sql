-- When the answer a customer waits for is due, when somebody is told that it is near, and when the next of these two is to be told.
alter table conversations add column due_at timestamptz, add column warn_at timestamptz, add column alarm_at timestamptz;
alter table conversations add constraint conversations_due_check check (due_at is null or waiting_since is not null);
create index conversations_alarm on conversations (alarm_at) where alarm_at is not null;
create index conversations_open_due on conversations (team_id, due_at, id) include (snoozed_until) where is_open;
-- What nobody has is worked off in the order in which it is due.
drop index conversations_unassigned;
create index conversations_unassigned on conversations (team_id, due_at, id) include (is_open, snoozed_until)
  where state in ('new', 'queued') and assignee_id is null;
