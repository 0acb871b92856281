-- How people prove who they are. Tokens lie here as hashes only; the secret of an authenticator app is sealed.
create table passwords (
  person_id uuid primary key references people on delete cascade,
  hash text not null,
  changed_at timestamptz not null
);

create table sessions (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  token_hash bytea not null unique,
  user_agent text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_person on sessions (person_id);

create table totp_secrets (
  person_id uuid primary key references people on delete cascade,
  sealed_secret text not null,
  created_at timestamptz not null,
  -- Until then it does not count.
  confirmed_at timestamptz,
  -- The newest time step whose code was used: no code works twice.
  last_step bigint not null default 0
);
create table recovery_codes (
  person_id uuid not null references people on delete cascade,
  hash bytea not null,
  primary key (person_id, hash)
);

create table passkeys (
  id uuid primary key,
  person_id uuid not null references people on delete cascade,
  credential_id text not null unique,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamptz not null,
  last_used_at timestamptz
);
create index passkeys_person on passkeys (person_id);
create table passkey_challenges (
  id uuid primary key,
  challenge text not null,
  -- Null while signing in: nobody is known yet.
  person_id uuid references people on delete cascade,
  expires_at timestamptz not null
);

-- Links to set a password: invitations and resets. One open link a person.
create table password_links (
  person_id uuid primary key references people on delete cascade,
  kind text not null check (kind in ('invitation', 'reset')),
  token_hash bytea not null unique,
  expires_at timestamptz not null
);

-- Failed attempts by account, by account and address, and by address; keys are hashes, so no address of a person lies here.
create table sign_in_attempts (
  key text primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz
);
