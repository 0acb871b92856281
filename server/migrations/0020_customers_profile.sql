-- Whom we serve. A merged customer stays with everything that is its own and points to the one it counts as: `merged_into` is the one it was
-- merged into, `root_id` the end of that chain. Nothing moves, so taking a merge back restores everything.
create table customers (
  id uuid primary key,
  version int not null default 1,
  root_id uuid not null,
  merged_into uuid references customers,
  number text,
  name text,
  -- `claimed`: a sender's display name, anybody can write any; `person`: written down by somebody of ours; `import`: from a master system.
  name_source text not null default 'claimed' check (name_source in ('claimed', 'person', 'import')),
  -- What lists show: the name, else the best identity.
  display_name text not null,
  salutation text not null default 'formal' check (salutation in ('formal', 'informal', 'neutral', 'none')),
  locale text,
  languages text[] not null default '{}',
  preferences jsonb not null default '{}',
  since date,
  status text not null default 'active' check (status in ('active', 'restricted', 'erased', 'merged')),
  created_at timestamptz not null,
  check ((status = 'merged') = (merged_into is not null)),
  check (merged_into is not null or root_id = id)
);
create function bare_number(written text) returns text immutable language sql return upper(regexp_replace(written, '[\s./-]', '', 'g'));
create unique index customers_number on customers (bare_number(number)) where number is not null and status <> 'merged';
create index customers_root on customers (root_id) where merged_into is not null;
create index customers_name on customers (lower(display_name) text_pattern_ops, id) where status = 'active';
create index customers_words on customers using gin (to_tsvector('simple', display_name)) where status = 'active';

-- How a customer is reached and recognised. `recognises`: a message from it finds this customer; addresses of a house never do, nor do those of
-- restricted customers. One customer may have proved an identity while another one merely wrote from it: the proof counts.
create table customer_identities (
  id uuid primary key,
  version int not null default 1,
  customer_id uuid not null references customers,
  kind text not null,
  value text not null,
  label text not null,
  evidence text,
  verified_at timestamptz,
  recognises boolean not null,
  created_at timestamptz not null
);
create unique index customer_identities_proved on customer_identities (kind, value) where recognises and verified_at is not null;
create unique index customer_identities_claimed on customer_identities (kind, value) where recognises and verified_at is null;
create index customer_identities_customer on customer_identities (customer_id);
create index customer_identities_prefix on customer_identities (value text_pattern_ops);

-- What became of identities: added, verified, removed; by whom, on what evidence. Append-only.
create table customer_identity_history (
  id uuid primary key,
  n bigint not null generated always as identity,
  customer_id uuid not null,
  identity_id uuid not null,
  kind text not null,
  value text not null,
  step text not null check (step in ('added', 'verified', 'removed')),
  evidence text,
  by_id uuid,
  at timestamptz not null
);
create index customer_identity_history_customer on customer_identity_history (customer_id, n);

create table customer_notes (
  id uuid primary key,
  n bigint not null generated always as identity,
  version int not null default 1,
  customer_id uuid not null references customers,
  author_id uuid,
  text text not null,
  at timestamptz not null
);
create index customer_notes_customer on customer_notes (customer_id, n);

-- Append-only; the newest line of a purpose is what holds.
create table customer_consents (
  id uuid primary key,
  n bigint not null generated always as identity,
  customer_id uuid not null references customers,
  purpose text not null,
  state text not null check (state in ('given', 'refused', 'withdrawn')),
  channel text not null,
  text_version text not null check (text_version <> ''),
  evidence text,
  by_id uuid,
  at timestamptz not null
);
create index customer_consents_customer on customer_consents (customer_id, n);
create function refuse_consent_change() returns trigger language plpgsql as $$
begin
  raise exception 'Consents are append-only.' using errcode = 'insufficient_privilege';
end $$;
create trigger customer_consents_append_only before update on customer_consents for each row execute function refuse_consent_change();

-- `taken`: fields of the merged one that the other had not, with what they were before and became, to take them back.
create table customer_merges (
  id uuid primary key,
  customer_id uuid not null references customers,
  into_id uuid not null references customers,
  taken jsonb not null,
  status_before text not null,
  reason text not null,
  by_id uuid,
  at timestamptz not null,
  undone_by_id uuid,
  undone_at timestamptz
);
create unique index customer_merges_standing on customer_merges (customer_id) where undone_at is null;
create index customer_merges_into on customer_merges (into_id) where undone_at is null;

-- How sure we are whom we speak to, per conversation; ends with it.
create table customer_authentications (
  id uuid primary key,
  customer_id uuid not null references customers,
  conversation_id uuid not null,
  level smallint not null check (level between 1 and 3),
  method text not null,
  by_id uuid,
  at timestamptz not null,
  ended_at timestamptz
);
create index customer_authentications_standing on customer_authentications (customer_id) where ended_at is null;
create index customer_authentications_conversation on customer_authentications (conversation_id) where ended_at is null;

-- Reading a customer without a conversation of one's own, after giving a reason; ends by itself.
create table customer_access (
  customer_id uuid not null references customers,
  person_id uuid not null,
  reason text not null,
  until timestamptz not null,
  primary key (customer_id, person_id)
);
