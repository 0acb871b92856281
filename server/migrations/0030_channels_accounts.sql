-- Addresses we are reached at and write from. `kind` is a channel's folder; `settings` are checked by its schema, secrets sealed one by one.
-- `version` grows with everything shown, health too; `changed_version` is the version of the last change by a person, which connections go by.
create table channel_accounts (
  id uuid primary key,
  version int not null default 1,
  changed_version int not null default 1,
  kind text not null,
  name text not null,
  address text not null,
  team_id uuid,
  signature text,
  active boolean not null,
  settings jsonb not null,
  secrets jsonb not null default '{}',
  created_at timestamptz not null,
  removed_at timestamptz
);
create unique index channel_accounts_address on channel_accounts (kind, address) where removed_at is null;

-- A channel's own cursor of an account (UIDs seen, position of a feed); moved in the transaction that stores what it stands for.
create table channel_account_states (
  account_id uuid primary key references channel_accounts,
  state jsonb not null,
  at timestamptz not null
);

-- How a connection fares. Only changes are written.
create table channel_account_health (
  account_id uuid primary key references channel_accounts,
  ok boolean not null,
  code text,
  detail text,
  delay_seconds int,
  since timestamptz not null
);

-- Which process holds an account's connection; the database's own clock counts, because processes may differ.
create table channel_leases (
  account_id uuid primary key,
  holder uuid not null,
  until timestamptz not null
);
