-- The schema's own history: what was applied, and what the file said then.
create table schema_migrations (
  number int primary key,
  name text not null unique,
  checksum text not null,
  applied_at timestamptz not null,
  milliseconds int not null
);
