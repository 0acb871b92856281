-- How much of a person each kind of work takes, of a hundred; no row until somebody sets something else than the usual.
create table work_units (
  is_only boolean primary key default true check (is_only),
  version int not null,
  units jsonb not null
);
