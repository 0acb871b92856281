-- How answers stood to their time, week by week: of groups of people large enough that nobody can be told from them. Written once when a week is over, never anew.
create table service_weeks (
  -- Its Monday.
  week date primary key,
  computed_at timestamptz not null
);
create table service_figures (
  week date not null references service_weeks on delete cascade,
  -- team, site, company
  group_kind text not null,
  -- Of a team or a site; the empty text for the company.
  group_id text not null,
  site_id uuid,
  channel text not null,
  clock text not null,
  -- Why nothing is shown: few_people, few_contacts, one_dominates, would_reveal. Then there are no figures.
  withheld text,
  answered int,
  answered_in_time int,
  unanswered int,
  -- Minutes until the answer.
  p50 int,
  p90 int,
  longest int,
  primary key (week, channel, clock, group_kind, group_id),
  constraint service_figures_withheld_check check ((withheld is null) = (answered is not null))
);
-- The answers of a week, for as long as they are looked for.
create index messages_answers_since on messages (answers_since) where answers_since is not null;
