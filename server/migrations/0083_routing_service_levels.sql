-- Service levels: each row from its instant on until the next one. `recomputes`: it also holds for who waited already when it began.
create table service_levels (
  id uuid primary key,
  valid_from timestamptz not null unique,
  recomputes boolean not null,
  levels jsonb not null,
  set_by uuid references people (id) on delete set null,
  created_at timestamptz not null
);
