-- Who takes over what a dissolved team had: without one, its open work and its mailboxes' new mail lay where nobody looks.
alter table teams add column successor_id uuid references teams;
update teams set successor_id = (select id from teams where archived_at is null order by created_at, id limit 1) where archived_at is not null;
alter table teams add constraint teams_successor_check check ((archived_at is null) = (successor_id is null));
