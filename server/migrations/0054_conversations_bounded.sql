-- What people look at often costs what they see, not what lies in the archive: the spam folder, what waits for others, what nobody has,
-- and the newest messages, through which a search for common words walks. What a count asks for lies in the index too, so that it need not visit the rows.
create index conversations_spam on conversations (team_id, last_message_at desc, id desc) include (is_open) where state = 'spam';
create index conversations_awaiting on conversations (team_id, last_message_at desc, id desc) include (is_open)
  where state in ('waiting_customer', 'waiting_internal', 'waiting_third_party');
create index conversations_unassigned on conversations (team_id, waiting_since, id) include (is_open, snoozed_until)
  where state in ('new', 'queued') and assignee_id is null;
create index messages_newest on messages (at desc, id desc);
drop index conversations_open_waiting;
create index conversations_open_waiting on conversations (team_id, waiting_since, id) include (snoozed_until) where is_open;
