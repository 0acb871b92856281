-- By when a case is to be solved, as it will be if its clock runs on; and what of it has rung. Read from the events told of the case, kept so that what is due next is found.
create table solution_clocks (
  case_id uuid primary key,
  -- Null: nobody has looked yet, and what came true before rings no more.
  started_at timestamptz,
  near_at timestamptz,
  due_at timestamptz,
  -- When somebody is to be told next; null while it rests, after it stopped, and when all has rung.
  alarm_at timestamptz,
  stopped_at timestamptz,
  -- 1: that it is nearly due, 2: that it is overdue.
  rung smallint not null default 0
);
create index solution_clocks_alarm on solution_clocks (alarm_at, case_id) where alarm_at is not null;
create index solution_clocks_stopped on solution_clocks (stopped_at) where stopped_at is not null;
insert into solution_clocks (case_id, alarm_at) select id, now() from cases where state in ('open', 'waiting') and restricted_at is null;
