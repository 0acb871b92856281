-- When somebody is to be told of a commitment next: that it is nearly due, then that it is broken. It takes the place of who was told.
alter table statements add column alarm_at timestamptz;
update statements set alarm_at = case when told_to is not distinct from owner_id then due_to
    else greatest(due_to - (due_to - said_at) / 5, due_to - interval '1 hour') end
  where state = 'open';
create index statements_alarm on statements (alarm_at, id) where state = 'open';
drop index statements_due;
alter table statements drop column told_to;
