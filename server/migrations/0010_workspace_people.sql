-- Who works here: people, the sites they work at, the teams whose work they share, what they can do; settings and the audit log.
create table sites (
  id uuid primary key,
  version int not null default 1,
  name text not null,
  land text not null,
  municipality text,
  zone text not null,
  created_at timestamptz not null default now()
);

create table people (
  id uuid primary key,
  version int not null default 1,
  name text not null,
  email text not null,
  roles text[] not null,
  site_id uuid references sites,
  languages text[] not null default '{de}',
  locale text not null default 'de',
  active boolean not null default true,
  preferences jsonb not null default '{}',
  created_at timestamptz not null default now()
);
create unique index people_email on people (lower(email));

create table teams (
  id uuid primary key,
  version int not null default 1,
  name text not null,
  site_id uuid references sites,
  archived_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index teams_name on teams (lower(name)) where archived_at is null;

-- Members take the team's work; leads answer for it. A lead need not be a member.
create table team_members (
  team_id uuid not null references teams on delete cascade,
  person_id uuid not null references people on delete cascade,
  primary key (team_id, person_id)
);
create index team_members_person on team_members (person_id);
create table team_leads (
  team_id uuid not null references teams on delete cascade,
  person_id uuid not null references people on delete cascade,
  primary key (team_id, person_id)
);
create index team_leads_person on team_leads (person_id);

create table skills (
  id uuid primary key,
  version int not null default 1,
  key text not null unique,
  label_de text not null,
  label_en text not null,
  created_at timestamptz not null default now()
);
create table person_skills (
  person_id uuid not null references people on delete cascade,
  skill_id uuid not null references skills on delete cascade,
  level int not null check (level between 1 and 3),
  valid_to date,
  primary key (person_id, skill_id)
);

create table settings (
  key text primary key,
  value jsonb not null
);

-- Append-only; each row's hash covers the one before it, so a changed or missing row breaks the chain visibly.
create table audit_log (
  seq bigint primary key,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  object_kind text,
  object_id text,
  reason text,
  data jsonb,
  previous_hash bytea not null,
  hash bytea not null
);
create index audit_log_actor on audit_log (actor_id, seq);
create index audit_log_object on audit_log (object_kind, object_id, seq);

create function audit_hash(previous bytea, entry audit_log) returns bytea language sql immutable as $$
  select sha256(previous || convert_to(jsonb_build_array(entry.seq, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_kind, entry.actor_id,
    entry.action, entry.object_kind, entry.object_id, entry.reason, entry.data)::text, 'UTF8'))
$$;

-- One statement, so that it also serves reading without a transaction. The lock lets one writer at a time see the newest row.
create function append_audit(entry audit_log) returns void language plpgsql as $$
declare
  newest audit_log;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  select * into newest from audit_log order by seq desc limit 1;
  entry.seq := coalesce(newest.seq, 0) + 1;
  entry.previous_hash := coalesce(newest.hash, '\x'::bytea);
  entry.hash := audit_hash(entry.previous_hash, entry);
  insert into audit_log values (entry.*);
end $$;

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log is append-only.' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_log_append_only before update or delete or truncate on audit_log execute function refuse_audit_change();
