-- When a site is open: each row from its instant on until the next one. What began under earlier hours keeps them.
create table site_hours (
  id uuid primary key,
  site_id uuid not null references sites (id) on delete cascade,
  valid_from timestamptz not null,
  week jsonb not null,
  municipal text[] not null,
  special jsonb not null,
  created_at timestamptz not null,
  unique (site_id, valid_from)
);
