-- Whom a customer would like to be served by again: their own wish, in their own words. One a customer; of merged ones the latest counts.
create table customer_wishes (
  customer_id uuid primary key references customers on delete cascade,
  person_id uuid not null,
  words text not null,
  noted_by uuid,
  noted_at timestamptz not null
);
