-- A view can be shared with one team: whoever is in it or leads it sees it, whoever leads it may change it.
alter table conversation_views add column team_id uuid references teams;
