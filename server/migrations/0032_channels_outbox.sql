-- One row per message to send, written with the message. `next_at`: when a sender looks at it again (due, retry, or the end of a sender's lease).
-- `uncertain`: an attempt ended without an answer, so the service is asked before the message is sent again. `fence` grows with every attempt;
-- a sender whose fence is old has lost the row and records nothing.
create table outbox (
  message_id uuid primary key,
  conversation_id uuid not null,
  account_id uuid not null,
  state text not null check (state in ('held', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'failed', 'cancelled')),
  due_at timestamptz not null,
  next_at timestamptz not null,
  attempts int not null default 0,
  attempted_at timestamptz,
  fence int not null default 0,
  uncertain boolean not null default false,
  platform_id text,
  reply text,
  problem jsonb,
  at timestamptz not null,
  read_at timestamptz,
  created_at timestamptz not null
);
create index outbox_due on outbox (next_at) where state in ('held', 'scheduled', 'queued', 'sending');
create index outbox_platform on outbox (account_id, platform_id) where platform_id is not null;
create index outbox_attempts on outbox (account_id, attempted_at) where attempted_at is not null;
create index outbox_failed on outbox (at desc) where state = 'failed';

-- What accounts without a sending server would have sent.
create table local_outbox (
  id uuid primary key,
  account_id uuid not null,
  message_id uuid not null unique,
  platform_id text,
  media_type text not null,
  content bytea not null,
  recipients text[] not null,
  subject text,
  at timestamptz not null
);
create index local_outbox_newest on local_outbox (account_id, at desc, id desc);
