-- Everything that arrived, as it arrived; the bytes lie in `files` under the same id. Stored before it is acknowledged, never changed.
-- `hash` covers the bytes, or what of them a repetition has in common. The same platform id with other bytes is kept beside the first.
create table intake (
  id uuid primary key,
  account_id uuid not null,
  channel text not null,
  platform_id text,
  hash bytea not null,
  size bigint not null,
  media_type text not null,
  envelope jsonb not null,
  received_at timestamptz not null,
  state text not null default 'stored' check (state in ('stored', 'parsed', 'failed')),
  defects text[] not null default '{}',
  problem text,
  items int
);
create unique index intake_once on intake (account_id, platform_id, hash) nulls not distinct;
create index intake_newest on intake (account_id, received_at desc, id desc);
create index intake_unread on intake (received_at desc, id desc) where state <> 'parsed';
