-- The event table: one row for everything that happened, written in the transaction of the change itself.
-- Sequence numbers commit out of order, so readers go by (xid, seq) and only below the oldest transaction still running:
-- whatever has a lower xid is then committed or gone, and no reader can skip an event.
create table events (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  id uuid not null,
  type text not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  causation_id text,
  correlation_id uuid,
  data jsonb not null
);
create index events_order on events (xid, seq);
create index events_correlation on events (correlation_id, seq) where correlation_id is not null;

-- How far each subscriber has got; its row lock keeps the subscriber to one process at a time.
create table event_cursors (
  subscriber text primary key,
  xid xid8 not null,
  seq bigint not null
);

-- A restored database starts with low transaction ids again: events keep their order as rows of one old transaction, cursors keep their place.
create function renumber_events_after_restore() returns void language plpgsql as $$
begin
  create temporary table event_order on commit drop as
    select seq as old_seq, xid as old_xid, row_number() over (order by xid, seq) as new_seq from events;
  update event_cursors c set seq = coalesce((select max(new_seq) from event_order o where (o.old_xid, o.old_seq) <= (c.xid, c.seq)), 0), xid = '3'::xid8;
  update events set seq = default, xid = '3'::xid8 where false;
  alter table events alter column seq drop identity;
  update events e set seq = -o.new_seq, xid = '3'::xid8 from event_order o where o.old_seq = e.seq;
  update events set seq = -seq;
  alter table events alter column seq add generated always as identity;
  perform setval(pg_get_serial_sequence('events', 'seq'), greatest((select max(seq) from events), 1));
end $$;

-- Replies already given to POSTs that create, so that a repeated request creates nothing.
create table idempotency_keys (
  caller text not null,
  key text not null,
  request_hash text not null,
  status int not null,
  reply jsonb not null,
  created_at timestamptz not null,
  primary key (caller, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- Files: raw mails and attachments. Small ones are one row, large ones go in pieces so that they stream.
create table files (
  id uuid primary key,
  sha256 bytea not null,
  size bigint not null,
  media_type text not null,
  filename text,
  content bytea,
  created_at timestamptz not null
);
alter table files alter column content set storage external;
create table file_pieces (
  file_id uuid not null references files on delete cascade,
  n int not null,
  content bytea not null,
  primary key (file_id, n)
);
alter table file_pieces alter column content set storage external;
