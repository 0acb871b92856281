-- Queues in their order: a conversation whose customer waits stands in the first one whose filter fits it. `needs`: the skills it takes.
create table queues (
  id uuid primary key,
  place int not null,
  name text not null,
  filter jsonb not null,
  needs jsonb not null,
  -- Whether it is offered to whoever is free; else it only waits to be taken.
  is_offered boolean not null
);
-- The queue it stands in, or stood in last; no foreign key: that a queue is gone is found when all who wait are looked at anew.
alter table conversations add column queue_id uuid;
