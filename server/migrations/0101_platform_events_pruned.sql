-- The newest place from which events have been taken out of the table: whoever stands before it has missed some. One row, once there is any.
create table events_pruned (
  is_only boolean primary key default true check (is_only),
  xid xid8 not null,
  seq bigint not null
);

-- What is taken out are the oldest rows, which lie together, so their room is used again as soon as they are vacuumed; a fifth of a large table would be too late.
alter table events set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);

-- As before, and: what came back from the archive has numbers below zero, so those on the way lie below all of them; and places of before mean nothing any more.
create or replace function renumber_events_after_restore() returns void language plpgsql as $$
declare
  aside constant bigint := 4611686018427387904;
begin
  create temporary table event_order on commit drop as
    select seq as old_seq, xid as old_xid, row_number() over (order by xid, seq) as new_seq from events;
  update event_cursors c set seq = coalesce((select max(new_seq) from event_order o where (o.old_xid, o.old_seq) <= (c.xid, c.seq)), 0), xid = '3'::xid8;
  alter table events alter column seq drop identity;
  update events e set seq = o.new_seq - aside, xid = '3'::xid8 from event_order o where o.old_seq = e.seq;
  update events set seq = seq + aside;
  alter table events alter column seq add generated always as identity;
  perform setval(pg_get_serial_sequence('events', 'seq'), greatest((select max(seq) from events), 1));
  delete from events_pruned;
end $$;
