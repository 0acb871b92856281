-- A storm proposed by count: so many more cases of a topic within an hour than its earlier weeks let expect. Only people declare one.
create table storm_proposals (
  id uuid primary key,
  topic_id uuid not null,
  at timestamptz not null,
  count int not null,
  expected real not null,
  -- More than this is seldom: the quantile of the forecast.
  bound int not null,
  closed_at timestamptz,
  closed_by uuid,
  -- What was declared because of it.
  storm_id uuid references storms on delete set null
);
create unique index storm_proposals_open on storm_proposals (topic_id) where closed_at is null;
create index storm_proposals_closed on storm_proposals (topic_id, closed_at);
-- How many of a topic were opened within an hour.
create index cases_opened on cases (created_at) where topic_id is not null;
