-- Whoever helps out in a team belongs to it until then, and no longer.
alter table team_members add column until timestamptz;
create index team_members_until on team_members (until) where until is not null;
