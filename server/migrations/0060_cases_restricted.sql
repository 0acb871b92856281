alter table cases add column restricted_at timestamptz, add column erased_at timestamptz;
-- So that whoever looks at statements and hand-overs learns at once which cases are left out.
create index cases_restricted on cases (id) where restricted_at is not null;
