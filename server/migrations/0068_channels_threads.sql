-- What a channel keeps of one thread, and until when somebody at the other end is there to read at once.
create table channel_threads (
  account_id uuid not null references channel_accounts (id),
  thread_key text not null,
  note jsonb,
  here_until timestamptz,
  at timestamptz not null,
  primary key (account_id, thread_key)
);
-- When it is looked at again whether anybody has read a message, and where it went instead when nobody had.
alter table outbox add column unread_at timestamptz;
alter table outbox add column detour jsonb;
create index outbox_unread on outbox (unread_at) where unread_at is not null and read_at is null;
