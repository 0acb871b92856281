-- Rules that act by themselves, in their order; what each says is in its versions, which never change.
create table automation_rules (
  id uuid primary key,
  version int not null,
  place int not null,
  removed_at timestamptz
);
create table automation_rule_versions (
  rule_id uuid not null references automation_rules on delete cascade,
  version int not null,
  name text not null,
  is_on boolean not null,
  trigger text not null,
  match text not null,
  conditions jsonb not null,
  actions jsonb not null,
  -- What the customer gains by it.
  benefit text not null,
  changed_by uuid,
  changed_at timestamptz not null,
  primary key (rule_id, version),
  constraint automation_rule_versions_benefit_check check (not is_on or benefit <> '')
);
-- What fired or was stopped, once for each event, rule and conversation: the row is written before anything is done, in the same transaction.
create table automation_firings (
  id uuid primary key,
  event_id uuid not null,
  rule_id uuid not null,
  version int not null,
  conversation_id uuid not null,
  trigger text not null,
  -- The rules whose doing led here, this one not among them.
  chain uuid[] not null,
  stop text,
  -- The places of the conditions that held.
  held int[] not null,
  actions jsonb not null,
  at timestamptz not null
);
create unique index automation_firings_once on automation_firings (event_id, rule_id, conversation_id);
create index automation_firings_conversation on automation_firings (conversation_id, at desc);
create index automation_firings_rule on automation_firings (rule_id, at desc);
create index automation_firings_at on automation_firings (at);
-- Steps somebody takes with one press.
create table macros (
  id uuid primary key,
  version int not null,
  name text not null,
  team_id uuid,
  actions jsonb not null,
  text_de text not null,
  text_en text not null,
  benefit text not null,
  changed_by uuid,
  changed_at timestamptz not null,
  constraint macros_benefit_check check (benefit <> '')
);
create unique index macros_name on macros (lower(name), coalesce(team_id, '00000000-0000-0000-0000-000000000000'));
