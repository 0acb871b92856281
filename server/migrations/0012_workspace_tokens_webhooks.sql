-- Programs that call us.
create table api_tokens (
  id uuid primary key,
  name text not null,
  role text not null,
  token_hash bytea not null unique,
  prefix text not null,
  created_by uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz
);

-- Programs that we call.
create table webhooks (
  id uuid primary key,
  url text not null,
  events text[] not null,
  sealed_secret text not null,
  active boolean not null default true,
  failing_since timestamptz,
  disabled_reason text,
  created_at timestamptz not null
);
create table webhook_deliveries (
  id uuid primary key,
  webhook_id uuid not null references webhooks on delete cascade,
  event_id uuid not null,
  event_type text not null,
  -- Ids and neutral facts, as in the event.
  payload jsonb not null,
  state text not null check (state in ('queued', 'delivered', 'failed')),
  attempts int not null default 0,
  response_status int,
  problem text,
  milliseconds int,
  created_at timestamptz not null,
  next_at timestamptz
);
create index webhook_deliveries_log on webhook_deliveries (webhook_id, id desc);
create index webhook_deliveries_age on webhook_deliveries (created_at);
