-- Generated from the migrations (UPDATE_SCHEMA=1 npm test server/migrations); change those, not this file.

create extension fuzzystrmatch;

create extension pg_trgm;

create sequence case_numbers;

create table api_tokens (
  id uuid not null,
  name text not null,
  role text not null,
  token_hash bytea not null,
  prefix text not null,
  created_by uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint api_tokens_pkey PRIMARY KEY (id),
  constraint api_tokens_token_hash_key UNIQUE (token_hash)
);

create table attachments (
  id uuid not null,
  message_id uuid,
  n integer not null,
  intake_id uuid,
  file_id uuid,
  filename text not null,
  media_type text not null,
  size bigint not null,
  inline boolean default false not null,
  content_id text,
  scan text default 'none'::text not null,
  uploaded_by uuid,
  created_at timestamp with time zone not null,
  constraint attachments_pkey PRIMARY KEY (id),
  constraint attachments_message_id_fkey FOREIGN KEY (message_id) REFERENCES messages(id)
);
CREATE INDEX attachments_message ON public.attachments USING btree (message_id, n) WHERE (message_id IS NOT NULL);
CREATE INDEX attachments_to_scan ON public.attachments USING btree (created_at) WHERE (scan = 'pending'::text);
CREATE INDEX attachments_unused ON public.attachments USING btree (created_at) WHERE (message_id IS NULL);

create table audit_log (
  seq bigint not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  action text not null,
  object_kind text,
  object_id text,
  reason text,
  data jsonb,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_log_pkey PRIMARY KEY (seq)
);
CREATE INDEX audit_log_actor ON public.audit_log USING btree (actor_id, seq);
CREATE INDEX audit_log_object ON public.audit_log USING btree (object_kind, object_id, seq);

create table automation_firings (
  id uuid not null,
  event_id uuid not null,
  rule_id uuid not null,
  version integer not null,
  conversation_id uuid not null,
  trigger text not null,
  chain uuid[] not null,
  stop text,
  held integer[] not null,
  actions jsonb not null,
  at timestamp with time zone not null,
  constraint automation_firings_pkey PRIMARY KEY (id)
);
CREATE INDEX automation_firings_at ON public.automation_firings USING btree (at);
CREATE INDEX automation_firings_conversation ON public.automation_firings USING btree (conversation_id, at DESC);
CREATE UNIQUE INDEX automation_firings_once ON public.automation_firings USING btree (event_id, rule_id, conversation_id);
CREATE INDEX automation_firings_rule ON public.automation_firings USING btree (rule_id, at DESC);

create table automation_rule_versions (
  rule_id uuid not null,
  version integer not null,
  name text not null,
  is_on boolean not null,
  trigger text not null,
  match text not null,
  conditions jsonb not null,
  actions jsonb not null,
  benefit text not null,
  changed_by uuid,
  changed_at timestamp with time zone not null,
  constraint automation_rule_versions_pkey PRIMARY KEY (rule_id, version),
  constraint automation_rule_versions_rule_id_fkey FOREIGN KEY (rule_id) REFERENCES automation_rules(id) ON DELETE CASCADE,
  constraint automation_rule_versions_benefit_check CHECK (((NOT is_on) OR (benefit <> ''::text)))
);

create table automation_rules (
  id uuid not null,
  version integer not null,
  place integer not null,
  removed_at timestamp with time zone,
  constraint automation_rules_pkey PRIMARY KEY (id)
);

create table breaches (
  id uuid not null,
  conversation_id uuid,
  since timestamp with time zone not null,
  clock text not null,
  due_at timestamp with time zone not null,
  team_id uuid,
  queue_id uuid,
  cause text not null,
  phases jsonb not null,
  people_there integer,
  case_id uuid,
  statement_id uuid,
  constraint breaches_pkey PRIMARY KEY (id),
  constraint breaches_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id) ON DELETE CASCADE,
  constraint breaches_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint breaches_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES statements(id) ON DELETE CASCADE,
  constraint breaches_one CHECK ((num_nonnulls(conversation_id, case_id, statement_id) = 1))
);
CREATE INDEX breaches_due ON public.breaches USING btree (due_at DESC, id DESC);
CREATE UNIQUE INDEX breaches_promise ON public.breaches USING btree (statement_id) WHERE (statement_id IS NOT NULL);
CREATE UNIQUE INDEX breaches_solution ON public.breaches USING btree (case_id, since) WHERE (case_id IS NOT NULL);
CREATE UNIQUE INDEX breaches_wait ON public.breaches USING btree (conversation_id, since) WHERE (conversation_id IS NOT NULL);

create table case_conversations (
  conversation_id uuid not null,
  case_id uuid not null,
  team_id uuid,
  state text not null,
  state_at timestamp with time zone not null,
  contacts integer default 0 not null,
  first_answer_at timestamp with time zone,
  last_answer_at timestamp with time zone,
  last_answer_id uuid,
  last_answer_by uuid,
  last_handler_id uuid,
  handled_at timestamp with time zone,
  activity_at timestamp with time zone not null,
  silence_due_at timestamp with time zone,
  reminders smallint default 0 not null,
  page_withdrawn_at timestamp with time zone,
  constraint case_conversations_pkey PRIMARY KEY (conversation_id),
  constraint case_conversations_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id)
);
CREATE INDEX case_conversations_case ON public.case_conversations USING btree (case_id);
CREATE INDEX case_conversations_silence ON public.case_conversations USING btree (silence_due_at) WHERE (silence_due_at IS NOT NULL);
CREATE INDEX case_conversations_team ON public.case_conversations USING btree (team_id, case_id);

create table case_history (
  id uuid not null,
  customer_id uuid not null,
  case_id uuid,
  what text not null,
  about_id uuid,
  by_id uuid,
  at timestamp with time zone not null,
  constraint case_history_pkey PRIMARY KEY (id)
);
CREATE INDEX case_history_case ON public.case_history USING btree (case_id, at DESC, id DESC) WHERE (case_id IS NOT NULL);
CREATE INDEX case_history_customer ON public.case_history USING btree (customer_id, at DESC, id DESC);

create table case_moves (
  id uuid not null,
  kind text not null,
  from_id uuid not null,
  into_id uuid not null,
  conversation_ids uuid[] not null,
  statement_ids uuid[] not null,
  handover_ids uuid[] not null,
  taken jsonb default '{}'::jsonb not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint case_moves_pkey PRIMARY KEY (id),
  constraint case_moves_from_id_fkey FOREIGN KEY (from_id) REFERENCES cases(id),
  constraint case_moves_into_id_fkey FOREIGN KEY (into_id) REFERENCES cases(id),
  constraint case_moves_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'split'::text, 'transfer'::text])))
);
CREATE INDEX case_moves_from ON public.case_moves USING btree (from_id) WHERE (undone_at IS NULL);
CREATE INDEX case_moves_into ON public.case_moves USING btree (into_id) WHERE (undone_at IS NULL);

create table cases (
  id uuid not null,
  version integer default 1 not null,
  number text not null,
  customer_id uuid not null,
  subject text not null,
  topic_id uuid,
  state text not null,
  owner_id uuid,
  priority smallint default 1 not null,
  tags text[] default '{}'::text[] not null,
  facts jsonb default '[]'::jsonb not null,
  wish text,
  resolution jsonb,
  origin text not null,
  contacts_count integer default 0 not null,
  handovers_count integer default 0 not null,
  first_answer_at timestamp with time zone,
  last_answer_at timestamp with time zone,
  last_activity_at timestamp with time zone not null,
  resolved_at timestamp with time zone,
  closed_at timestamp with time zone,
  merged_into uuid,
  created_at timestamp with time zone not null,
  restricted_at timestamp with time zone,
  erased_at timestamp with time zone,
  constraint cases_pkey PRIMARY KEY (id),
  constraint cases_number_key UNIQUE (number),
  constraint cases_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES cases(id),
  constraint cases_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES topics(id),
  constraint cases_check CHECK (((state = 'merged'::text) = (merged_into IS NOT NULL))),
  constraint cases_origin_check CHECK ((origin = ANY (ARRAY['public'::text, 'private'::text]))),
  constraint cases_resolution_check CHECK (((resolution IS NULL) OR (resolution ?& '{summary,solvedById,customerInformedAt}'::text[]))),
  constraint cases_state_check CHECK ((state = ANY (ARRAY['open'::text, 'waiting'::text, 'resolved'::text, 'closed'::text, 'merged'::text])))
);
CREATE INDEX cases_customer ON public.cases USING btree (customer_id, last_activity_at DESC);
CREATE INDEX cases_merged ON public.cases USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX cases_newest ON public.cases USING btree (last_activity_at DESC, id DESC);
CREATE INDEX cases_opened ON public.cases USING btree (created_at) WHERE (topic_id IS NOT NULL);
CREATE INDEX cases_owner ON public.cases USING btree (owner_id, last_activity_at DESC) WHERE (owner_id IS NOT NULL);
CREATE INDEX cases_restricted ON public.cases USING btree (id) WHERE (restricted_at IS NOT NULL);
CREATE INDEX cases_to_close ON public.cases USING btree (resolved_at) WHERE (state = 'resolved'::text);
CREATE INDEX cases_words ON public.cases USING gin (to_tsvector('simple'::regconfig, subject));

create table channel_account_health (
  account_id uuid not null,
  ok boolean not null,
  code text,
  detail text,
  delay_seconds integer,
  since timestamp with time zone not null,
  constraint channel_account_health_pkey PRIMARY KEY (account_id),
  constraint channel_account_health_account_id_fkey FOREIGN KEY (account_id) REFERENCES channel_accounts(id)
);

create table channel_account_states (
  account_id uuid not null,
  state jsonb not null,
  at timestamp with time zone not null,
  constraint channel_account_states_pkey PRIMARY KEY (account_id),
  constraint channel_account_states_account_id_fkey FOREIGN KEY (account_id) REFERENCES channel_accounts(id)
);

create table channel_accounts (
  id uuid not null,
  version integer default 1 not null,
  changed_version integer default 1 not null,
  kind text not null,
  name text not null,
  address text not null,
  team_id uuid,
  signature text,
  active boolean not null,
  settings jsonb not null,
  secrets jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  constraint channel_accounts_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX channel_accounts_address ON public.channel_accounts USING btree (kind, address) WHERE (removed_at IS NULL);

create table channel_leases (
  account_id uuid not null,
  holder uuid not null,
  until timestamp with time zone not null,
  constraint channel_leases_pkey PRIMARY KEY (account_id)
);

create table channel_threads (
  account_id uuid not null,
  thread_key text not null,
  note jsonb,
  here_until timestamp with time zone,
  at timestamp with time zone not null,
  constraint channel_threads_pkey PRIMARY KEY (account_id, thread_key),
  constraint channel_threads_account_id_fkey FOREIGN KEY (account_id) REFERENCES channel_accounts(id)
);

create table conversation_access (
  conversation_id uuid not null,
  person_id uuid not null,
  until timestamp with time zone not null,
  take_until timestamp with time zone,
  constraint conversation_access_pkey PRIMARY KEY (conversation_id, person_id),
  constraint conversation_access_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id)
);

create table conversation_conflicts (
  conversation_id uuid not null,
  person_id uuid not null,
  reason text not null,
  set_by uuid not null,
  set_at timestamp with time zone not null,
  constraint conversation_conflicts_pkey PRIMARY KEY (conversation_id, person_id),
  constraint conversation_conflicts_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
);

create table conversation_splits (
  id uuid not null,
  from_id uuid not null,
  into_id uuid not null,
  message_ids uuid[] not null,
  by_person uuid,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint conversation_splits_pkey PRIMARY KEY (id),
  constraint conversation_splits_from_id_fkey FOREIGN KEY (from_id) REFERENCES conversations(id),
  constraint conversation_splits_into_id_fkey FOREIGN KEY (into_id) REFERENCES conversations(id)
);

create table conversation_views (
  id uuid not null,
  version integer default 1 not null,
  name text not null,
  owner_id uuid,
  filter jsonb not null,
  sort text not null,
  "position" integer not null,
  team_id uuid,
  constraint conversation_views_pkey PRIMARY KEY (id),
  constraint conversation_views_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id)
);

create table conversations (
  id uuid not null,
  version integer default 1 not null,
  channel text not null,
  account_id uuid,
  visibility text not null,
  state text not null,
  is_open boolean generated always as (state <> ALL (ARRAY['resolved'::text, 'closed'::text, 'spam'::text, 'merged'::text])) stored not null,
  subject text not null,
  preview text not null,
  customer_id uuid not null,
  customer_root_id uuid not null,
  case_id uuid,
  team_id uuid,
  assignee_id uuid,
  claimed_by uuid,
  claimed_at timestamp with time zone,
  claim_until timestamp with time zone,
  fence bigint default 0 not null,
  priority smallint default 1 not null,
  tags text[] default '{}'::text[] not null,
  last_seq integer default 0 not null,
  last_message_at timestamp with time zone not null,
  last_direction text not null,
  waiting_since timestamp with time zone,
  snoozed_until timestamp with time zone,
  automatic text,
  attachment_count integer default 0 not null,
  participants text[] default '{}'::text[] not null,
  thread_key text,
  merged_into uuid,
  state_before_merge text,
  resolved_at timestamp with time zone,
  created_at timestamp with time zone not null,
  restricted_at timestamp with time zone,
  restricted_team_id uuid,
  restricted_assignee_id uuid,
  erased_at timestamp with time zone,
  wait_until timestamp with time zone,
  read_seq integer default 0 not null,
  first_answer_at timestamp with time zone,
  due_at timestamp with time zone,
  warn_at timestamp with time zone,
  alarm_at timestamp with time zone,
  queue_id uuid,
  next_reason jsonb,
  constraint conversations_pkey PRIMARY KEY (id),
  constraint conversations_due_check CHECK (((due_at IS NULL) OR (waiting_since IS NOT NULL)))
);
CREATE INDEX conversations_account ON public.conversations USING btree (account_id, created_at DESC) WHERE (account_id IS NOT NULL);
CREATE INDEX conversations_alarm ON public.conversations USING btree (alarm_at) WHERE (alarm_at IS NOT NULL);
CREATE INDEX conversations_assignee ON public.conversations USING btree (assignee_id, last_message_at DESC) WHERE (is_open AND (assignee_id IS NOT NULL));
CREATE INDEX conversations_awaiting ON public.conversations USING btree (team_id, last_message_at DESC, id DESC) INCLUDE (is_open) WHERE (state = ANY (ARRAY['waiting_customer'::text, 'waiting_internal'::text, 'waiting_third_party'::text]));
CREATE INDEX conversations_case ON public.conversations USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX conversations_claim ON public.conversations USING btree (claim_until) WHERE (claimed_by IS NOT NULL);
CREATE INDEX conversations_customer ON public.conversations USING btree (customer_root_id, last_message_at DESC);
CREATE INDEX conversations_done_newest ON public.conversations USING btree (team_id, last_message_at DESC, id DESC) WHERE (NOT is_open);
CREATE INDEX conversations_held_waiting ON public.conversations USING btree (claimed_by) WHERE ((claimed_by IS NOT NULL) AND (waiting_since IS NOT NULL));
CREATE INDEX conversations_merged ON public.conversations USING btree (merged_into) WHERE (merged_into IS NOT NULL);
CREATE INDEX conversations_open_due ON public.conversations USING btree (team_id, due_at, id) INCLUDE (snoozed_until) WHERE is_open;
CREATE INDEX conversations_open_newest ON public.conversations USING btree (team_id, last_message_at DESC, id DESC) WHERE is_open;
CREATE INDEX conversations_open_waiting ON public.conversations USING btree (team_id, waiting_since, id) INCLUDE (snoozed_until) WHERE is_open;
CREATE INDEX conversations_own_customer ON public.conversations USING btree (customer_id);
CREATE INDEX conversations_queue ON public.conversations USING btree (queue_id, team_id, due_at, id) WHERE ((state = ANY (ARRAY['new'::text, 'queued'::text])) AND (assignee_id IS NULL) AND (queue_id IS NOT NULL));
CREATE INDEX conversations_snoozed ON public.conversations USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);
CREATE INDEX conversations_spam ON public.conversations USING btree (team_id, last_message_at DESC, id DESC) INCLUDE (is_open) WHERE (state = 'spam'::text);
CREATE INDEX conversations_thread ON public.conversations USING btree (thread_key) WHERE (thread_key IS NOT NULL);
CREATE INDEX conversations_unassigned ON public.conversations USING btree (team_id, due_at, id) INCLUDE (is_open, snoozed_until) WHERE ((state = ANY (ARRAY['new'::text, 'queued'::text])) AND (assignee_id IS NULL));
CREATE INDEX conversations_wait_until ON public.conversations USING btree (wait_until) WHERE (state = ANY (ARRAY['waiting_internal'::text, 'waiting_third_party'::text]));

create table customer_access (
  customer_id uuid not null,
  person_id uuid not null,
  reason text not null,
  until timestamp with time zone not null,
  constraint customer_access_pkey PRIMARY KEY (customer_id, person_id),
  constraint customer_access_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);

create table customer_authentications (
  id uuid not null,
  customer_id uuid not null,
  conversation_id uuid not null,
  level smallint not null,
  method text not null,
  by_id uuid,
  at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint customer_authentications_pkey PRIMARY KEY (id),
  constraint customer_authentications_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint customer_authentications_level_check CHECK (((level >= 1) AND (level <= 3)))
);
CREATE INDEX customer_authentications_conversation ON public.customer_authentications USING btree (conversation_id) WHERE (ended_at IS NULL);
CREATE INDEX customer_authentications_standing ON public.customer_authentications USING btree (customer_id) WHERE (ended_at IS NULL);

create table customer_consents (
  id uuid not null,
  n bigint generated always as identity not null,
  customer_id uuid not null,
  purpose text not null,
  state text not null,
  channel text not null,
  text_version text not null,
  evidence text,
  by_id uuid,
  at timestamp with time zone not null,
  constraint customer_consents_pkey PRIMARY KEY (id),
  constraint customer_consents_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint customer_consents_state_check CHECK ((state = ANY (ARRAY['given'::text, 'refused'::text, 'withdrawn'::text]))),
  constraint customer_consents_text_version_check CHECK ((text_version <> ''::text))
);
CREATE INDEX customer_consents_customer ON public.customer_consents USING btree (customer_id, n);

create table customer_identities (
  id uuid not null,
  version integer default 1 not null,
  customer_id uuid not null,
  kind text not null,
  value text not null,
  label text not null,
  evidence text,
  verified_at timestamp with time zone,
  recognises boolean not null,
  created_at timestamp with time zone not null,
  constraint customer_identities_pkey PRIMARY KEY (id),
  constraint customer_identities_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);
CREATE UNIQUE INDEX customer_identities_claimed ON public.customer_identities USING btree (kind, value) WHERE (recognises AND (verified_at IS NULL));
CREATE INDEX customer_identities_customer ON public.customer_identities USING btree (customer_id);
CREATE INDEX customer_identities_prefix ON public.customer_identities USING btree (value text_pattern_ops);
CREATE UNIQUE INDEX customer_identities_proved ON public.customer_identities USING btree (kind, value) WHERE (recognises AND (verified_at IS NOT NULL));

create table customer_identity_history (
  id uuid not null,
  n bigint generated always as identity not null,
  customer_id uuid not null,
  identity_id uuid not null,
  kind text not null,
  value text not null,
  step text not null,
  evidence text,
  by_id uuid,
  at timestamp with time zone not null,
  constraint customer_identity_history_pkey PRIMARY KEY (id),
  constraint customer_identity_history_step_check CHECK ((step = ANY (ARRAY['added'::text, 'verified'::text, 'removed'::text])))
);
CREATE INDEX customer_identity_history_customer ON public.customer_identity_history USING btree (customer_id, n);

create table customer_leases (
  customer_id uuid not null,
  person_id uuid not null,
  since timestamp with time zone not null,
  until timestamp with time zone not null,
  constraint customer_leases_pkey PRIMARY KEY (customer_id)
);

create table customer_merges (
  id uuid not null,
  customer_id uuid not null,
  into_id uuid not null,
  taken jsonb not null,
  status_before text not null,
  reason text not null,
  by_id uuid,
  at timestamp with time zone not null,
  undone_by_id uuid,
  undone_at timestamp with time zone,
  constraint customer_merges_pkey PRIMARY KEY (id),
  constraint customer_merges_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id),
  constraint customer_merges_into_id_fkey FOREIGN KEY (into_id) REFERENCES customers(id)
);
CREATE INDEX customer_merges_into ON public.customer_merges USING btree (into_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX customer_merges_standing ON public.customer_merges USING btree (customer_id) WHERE (undone_at IS NULL);

create table customer_notes (
  id uuid not null,
  n bigint generated always as identity not null,
  version integer default 1 not null,
  customer_id uuid not null,
  author_id uuid,
  text text not null,
  at timestamp with time zone not null,
  constraint customer_notes_pkey PRIMARY KEY (id),
  constraint customer_notes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id)
);
CREATE INDEX customer_notes_customer ON public.customer_notes USING btree (customer_id, n);

create table customer_page_codes (
  id uuid not null,
  conversation_id uuid not null,
  identity_id uuid not null,
  attempts smallint default 0 not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint customer_page_codes_pkey PRIMARY KEY (id)
);
CREATE INDEX customer_page_codes_conversation ON public.customer_page_codes USING btree (conversation_id);
CREATE INDEX customer_page_codes_newest ON public.customer_page_codes USING btree (identity_id, created_at DESC);

create table customer_wishes (
  customer_id uuid not null,
  person_id uuid not null,
  words text not null,
  noted_by uuid,
  noted_at timestamp with time zone not null,
  constraint customer_wishes_pkey PRIMARY KEY (customer_id),
  constraint customer_wishes_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customers(id) ON DELETE CASCADE
);

create table customers (
  id uuid not null,
  version integer default 1 not null,
  root_id uuid not null,
  merged_into uuid,
  number text,
  name text,
  name_source text default 'claimed'::text not null,
  display_name text not null,
  salutation text default 'formal'::text not null,
  locale text,
  languages text[] default '{}'::text[] not null,
  preferences jsonb default '{}'::jsonb not null,
  since date,
  status text default 'active'::text not null,
  created_at timestamp with time zone not null,
  restricted_at timestamp with time zone,
  erasure_asked_at timestamp with time zone,
  keeps_letters boolean default false not null,
  constraint customers_pkey PRIMARY KEY (id),
  constraint customers_merged_into_fkey FOREIGN KEY (merged_into) REFERENCES customers(id),
  constraint customers_check CHECK (((status = 'merged'::text) = (merged_into IS NOT NULL))),
  constraint customers_check1 CHECK (((merged_into IS NOT NULL) OR (root_id = id))),
  constraint customers_name_source_check CHECK ((name_source = ANY (ARRAY['claimed'::text, 'person'::text, 'import'::text]))),
  constraint customers_salutation_check CHECK ((salutation = ANY (ARRAY['formal'::text, 'informal'::text, 'neutral'::text, 'none'::text]))),
  constraint customers_status_check CHECK ((status = ANY (ARRAY['active'::text, 'restricted'::text, 'erased'::text, 'merged'::text])))
);
CREATE INDEX customers_alike ON public.customers USING gin (lower(display_name) gin_trgm_ops) WHERE (status = 'active'::text);
CREATE INDEX customers_any_number ON public.customers USING btree (bare_number(number)) WHERE (number IS NOT NULL);
CREATE INDEX customers_name ON public.customers USING btree (lower(display_name) text_pattern_ops, id) WHERE (status = 'active'::text);
CREATE UNIQUE INDEX customers_number ON public.customers USING btree (bare_number(number)) WHERE ((number IS NOT NULL) AND (status <> 'merged'::text));
CREATE INDEX customers_root ON public.customers USING btree (root_id) WHERE (merged_into IS NOT NULL);
CREATE INDEX customers_withheld ON public.customers USING btree (restricted_at DESC, id) WHERE (status = ANY (ARRAY['restricted'::text, 'erased'::text]));
CREATE INDEX customers_words ON public.customers USING gin (to_tsvector('simple'::regconfig, display_name)) WHERE (status = 'active'::text);

create table desk_processes (
  id uuid not null,
  alive_at timestamp with time zone not null,
  constraint desk_processes_pkey PRIMARY KEY (id)
);

create table desks (
  person_id uuid not null,
  process_id uuid not null,
  lost_at timestamp with time zone,
  constraint desks_pkey PRIMARY KEY (person_id, process_id),
  constraint desks_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint desks_process_id_fkey FOREIGN KEY (process_id) REFERENCES desk_processes(id) ON DELETE CASCADE
);
CREATE INDEX desks_process ON public.desks USING btree (process_id);

create table drafts (
  id uuid not null,
  version integer default 1 not null,
  conversation_id uuid not null,
  person_id uuid not null,
  kind text not null,
  text text not null,
  html text,
  envelope jsonb not null,
  subject text,
  attachment_ids uuid[] default '{}'::uuid[] not null,
  base_seq integer not null,
  updated_at timestamp with time zone not null,
  constraint drafts_pkey PRIMARY KEY (id),
  constraint drafts_conversation_id_person_id_kind_key UNIQUE (conversation_id, person_id, kind),
  constraint drafts_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id)
);

create table erased_orders (
  mark text not null,
  at timestamp with time zone not null,
  constraint erased_orders_pkey PRIMARY KEY (mark)
);

create table event_cursors (
  subscriber text not null,
  xid xid8 not null,
  seq bigint not null,
  constraint event_cursors_pkey PRIMARY KEY (subscriber)
);

create table events (
  seq bigint generated always as identity not null,
  xid xid8 default pg_current_xact_id() not null,
  id uuid not null,
  type text not null,
  at timestamp with time zone not null,
  actor_kind text not null,
  actor_id uuid,
  causation_id text,
  correlation_id uuid,
  data jsonb not null,
  constraint events_pkey PRIMARY KEY (seq)
);
CREATE INDEX events_correlation ON public.events USING btree (correlation_id, seq) WHERE (correlation_id IS NOT NULL);
CREATE INDEX events_order ON public.events USING btree (xid, seq);

create table events_pruned (
  is_only boolean default true not null,
  xid xid8 not null,
  seq bigint not null,
  constraint events_pruned_pkey PRIMARY KEY (is_only),
  constraint events_pruned_is_only_check CHECK (is_only)
);

create table file_pieces (
  file_id uuid not null,
  n integer not null,
  content bytea not null,
  constraint file_pieces_pkey PRIMARY KEY (file_id, n),
  constraint file_pieces_file_id_fkey FOREIGN KEY (file_id) REFERENCES files(id) ON DELETE CASCADE
);

create table files (
  id uuid not null,
  sha256 bytea not null,
  size bigint not null,
  media_type text not null,
  filename text,
  content bytea,
  created_at timestamp with time zone not null,
  constraint files_pkey PRIMARY KEY (id)
);

create table handovers (
  id uuid not null,
  version integer default 1 not null,
  case_id uuid not null,
  conversation_id uuid,
  from_id uuid not null,
  to_person_id uuid,
  to_team_id uuid,
  brief jsonb not null,
  mode text not null,
  state text not null,
  reason text,
  read_at timestamp with time zone,
  readers uuid[] default '{}'::uuid[] not null,
  accepted_by uuid,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint handovers_pkey PRIMARY KEY (id),
  constraint handovers_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint handovers_check CHECK (((to_person_id IS NULL) <> (to_team_id IS NULL))),
  constraint handovers_mode_check CHECK ((mode = ANY (ARRAY['warm'::text, 'cold'::text]))),
  constraint handovers_state_check CHECK ((state = ANY (ARRAY['briefed'::text, 'read'::text, 'accepted'::text, 'customer_confirmed'::text, 'declined'::text, 'timed_out'::text])))
);
CREATE INDEX handovers_case ON public.handovers USING btree (case_id, created_at);
CREATE INDEX handovers_expiring ON public.handovers USING btree (expires_at) WHERE ((expires_at IS NOT NULL) AND (state = ANY (ARRAY['briefed'::text, 'read'::text])));
CREATE INDEX handovers_from ON public.handovers USING btree (from_id, created_at DESC, id DESC);
CREATE UNIQUE INDEX handovers_pending ON public.handovers USING btree (case_id) WHERE (state = ANY (ARRAY['briefed'::text, 'read'::text]));
CREATE INDEX handovers_to_person ON public.handovers USING btree (to_person_id, created_at DESC, id DESC) WHERE (to_person_id IS NOT NULL);
CREATE INDEX handovers_to_team ON public.handovers USING btree (to_team_id, created_at DESC, id DESC) WHERE (to_team_id IS NOT NULL);

create table idempotency_keys (
  caller text not null,
  key text not null,
  request_hash text not null,
  status integer not null,
  reply jsonb not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_keys_age ON public.idempotency_keys USING btree (created_at);

create table intake (
  id uuid not null,
  account_id uuid not null,
  channel text not null,
  platform_id text,
  hash bytea not null,
  size bigint not null,
  media_type text not null,
  envelope jsonb not null,
  received_at timestamp with time zone not null,
  state text default 'stored'::text not null,
  defects text[] default '{}'::text[] not null,
  problem text,
  items integer,
  concerns uuid[],
  withheld_for uuid,
  constraint intake_pkey PRIMARY KEY (id),
  constraint intake_state_check CHECK ((state = ANY (ARRAY['stored'::text, 'parsed'::text, 'failed'::text, 'dismissed'::text])))
);
CREATE INDEX intake_concerns ON public.intake USING gin (concerns) WHERE (concerns IS NOT NULL);
CREATE INDEX intake_newest ON public.intake USING btree (account_id, received_at DESC, id DESC);
CREATE UNIQUE INDEX intake_once ON public.intake USING btree (account_id, platform_id, hash) NULLS NOT DISTINCT;
CREATE INDEX intake_unread ON public.intake USING btree (received_at DESC, id DESC) WHERE (state <> 'parsed'::text);
CREATE INDEX intake_withheld ON public.intake USING btree (withheld_for) WHERE (withheld_for IS NOT NULL);

create table left_waits (
  conversation_id uuid not null,
  since timestamp with time zone not null,
  left_at timestamp with time zone not null,
  constraint left_waits_pkey PRIMARY KEY (conversation_id, since),
  constraint left_waits_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE
);
CREATE INDEX left_waits_since ON public.left_waits USING btree (since);

create table local_outbox (
  id uuid not null,
  account_id uuid not null,
  message_id uuid not null,
  platform_id text,
  media_type text not null,
  content bytea not null,
  recipients text[] not null,
  subject text,
  at timestamp with time zone not null,
  constraint local_outbox_pkey PRIMARY KEY (id),
  constraint local_outbox_message_id_key UNIQUE (message_id)
);
CREATE INDEX local_outbox_newest ON public.local_outbox USING btree (account_id, at DESC, id DESC);

create table macros (
  id uuid not null,
  version integer not null,
  name text not null,
  team_id uuid,
  actions jsonb not null,
  text_de text not null,
  text_en text not null,
  benefit text not null,
  changed_by uuid,
  changed_at timestamp with time zone not null,
  constraint macros_pkey PRIMARY KEY (id),
  constraint macros_benefit_check CHECK ((benefit <> ''::text))
);
CREATE UNIQUE INDEX macros_name ON public.macros USING btree (lower(name), COALESCE(team_id, '00000000-0000-0000-0000-000000000000'::uuid));

create table messages (
  id uuid not null,
  version integer default 1 not null,
  conversation_id uuid not null,
  seq integer not null,
  kind text not null,
  direction text not null,
  visibility text not null,
  author_kind text not null,
  author_id uuid,
  author_name text not null,
  envelope jsonb not null,
  subject text,
  text text not null,
  quoted text,
  signature text,
  html text,
  has_html boolean default false not null,
  automatic text,
  facts text[] default '{}'::text[] not null,
  mentions uuid[] default '{}'::uuid[] not null,
  delivery jsonb,
  platform_id text,
  in_reply_to text,
  draft_id uuid,
  intake_id uuid,
  intake_index integer,
  at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  words tsvector generated always as to_tsvector('german'::regconfig, ((COALESCE(subject, ''::text) || ' '::text) || "left"(text, 100000))) stored,
  answers_since timestamp with time zone,
  constraint messages_pkey PRIMARY KEY (id),
  constraint messages_conversation_id_seq_key UNIQUE (conversation_id, seq),
  constraint messages_draft_id_key UNIQUE (draft_id),
  constraint messages_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id)
);
CREATE INDEX messages_answers_since ON public.messages USING btree (answers_since) WHERE (answers_since IS NOT NULL);
CREATE INDEX messages_in_reply_to ON public.messages USING btree (in_reply_to) WHERE (in_reply_to IS NOT NULL);
CREATE UNIQUE INDEX messages_intake ON public.messages USING btree (intake_id, intake_index) WHERE (intake_id IS NOT NULL);
CREATE INDEX messages_mentions ON public.messages USING gin (mentions) WHERE (mentions <> '{}'::uuid[]);
CREATE INDEX messages_newest ON public.messages USING btree (at DESC, id DESC);
CREATE INDEX messages_platform ON public.messages USING btree (platform_id) WHERE (platform_id IS NOT NULL);
CREATE INDEX messages_scheduled ON public.messages USING btree (conversation_id) WHERE ((delivery ->> 'state'::text) = 'scheduled'::text);
CREATE INDEX messages_timeline ON public.messages USING btree (conversation_id, at DESC, id DESC);
CREATE INDEX messages_words ON public.messages USING gin (words);

create table notices (
  id uuid not null,
  person_id uuid not null,
  kind text not null,
  sealed text,
  created_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);

create table offers (
  id uuid not null,
  conversation_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  until timestamp with time zone not null,
  state text not null,
  ended_at timestamp with time zone,
  why jsonb not null,
  customer_id uuid,
  constraint offers_pkey PRIMARY KEY (id),
  constraint offers_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint offers_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint offers_ended_check CHECK (((state = 'open'::text) = (ended_at IS NULL)))
);
CREATE UNIQUE INDEX offers_conversation ON public.offers USING btree (conversation_id) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX offers_customer ON public.offers USING btree (customer_id) WHERE (state = 'open'::text);
CREATE INDEX offers_of_conversation ON public.offers USING btree (conversation_id);
CREATE INDEX offers_of_person ON public.offers USING btree (person_id, ended_at);
CREATE UNIQUE INDEX offers_person ON public.offers USING btree (person_id) WHERE (state = 'open'::text);

create table orders (
  id uuid not null,
  version integer default 1 not null,
  customer_id uuid not null,
  reference text not null,
  revision bigint not null,
  placed_at timestamp with time zone not null,
  status text not null,
  total_amount bigint not null,
  currency text not null,
  lines jsonb not null,
  reported_at timestamp with time zone not null,
  constraint orders_pkey PRIMARY KEY (id),
  constraint orders_reference_key UNIQUE (reference),
  constraint orders_status_check CHECK ((status = ANY (ARRAY['placed'::text, 'preparing'::text, 'shipped'::text, 'delivered'::text, 'cancelled'::text, 'returned'::text])))
);
CREATE INDEX orders_customer ON public.orders USING btree (customer_id, placed_at DESC, id DESC);

create table outbox (
  message_id uuid not null,
  conversation_id uuid not null,
  account_id uuid not null,
  state text not null,
  due_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  attempts integer default 0 not null,
  attempted_at timestamp with time zone,
  fence integer default 0 not null,
  uncertain boolean default false not null,
  platform_id text,
  reply text,
  problem jsonb,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  created_at timestamp with time zone not null,
  begun_at timestamp with time zone,
  unread_at timestamp with time zone,
  detour jsonb,
  constraint outbox_pkey PRIMARY KEY (message_id),
  constraint outbox_state_check CHECK ((state = ANY (ARRAY['held'::text, 'scheduled'::text, 'queued'::text, 'sending'::text, 'sent'::text, 'delivered'::text, 'failed'::text, 'uncertain'::text, 'cancelled'::text])))
);
CREATE INDEX outbox_attempts ON public.outbox USING btree (account_id, attempted_at) WHERE (attempted_at IS NOT NULL);
CREATE INDEX outbox_due ON public.outbox USING btree (next_at) WHERE (state = ANY (ARRAY['held'::text, 'scheduled'::text, 'queued'::text, 'sending'::text]));
CREATE INDEX outbox_failed ON public.outbox USING btree (at DESC) WHERE (state = 'failed'::text);
CREATE INDEX outbox_platform ON public.outbox USING btree (account_id, platform_id) WHERE (platform_id IS NOT NULL);
CREATE INDEX outbox_unread ON public.outbox USING btree (unread_at) WHERE ((unread_at IS NOT NULL) AND (read_at IS NULL));

create table passkey_challenges (
  id uuid not null,
  challenge text not null,
  person_id uuid,
  expires_at timestamp with time zone not null,
  constraint passkey_challenges_pkey PRIMARY KEY (id),
  constraint passkey_challenges_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);

create table passkeys (
  id uuid not null,
  person_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkeys_pkey PRIMARY KEY (id),
  constraint passkeys_credential_id_key UNIQUE (credential_id),
  constraint passkeys_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);
CREATE INDEX passkeys_person ON public.passkeys USING btree (person_id);

create table password_links (
  person_id uuid not null,
  kind text not null,
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint password_links_pkey PRIMARY KEY (person_id, kind),
  constraint password_links_token_hash_key UNIQUE (token_hash),
  constraint password_links_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint password_links_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text])))
);

create table passwords (
  person_id uuid not null,
  hash text not null,
  changed_at timestamp with time zone not null,
  constraint passwords_pkey PRIMARY KEY (person_id),
  constraint passwords_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);

create table people (
  id uuid not null,
  version integer default 1 not null,
  name text not null,
  email text not null,
  roles text[] not null,
  site_id uuid,
  languages text[] default '{de}'::text[] not null,
  locale text default 'de'::text not null,
  active boolean default true not null,
  preferences jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone default now() not null,
  constraint people_pkey PRIMARY KEY (id),
  constraint people_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id)
);
CREATE UNIQUE INDEX people_email ON public.people USING btree (lower(email));

create table person_skills (
  person_id uuid not null,
  skill_id uuid not null,
  level integer not null,
  valid_to date,
  constraint person_skills_pkey PRIMARY KEY (person_id, skill_id),
  constraint person_skills_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint person_skills_skill_id_fkey FOREIGN KEY (skill_id) REFERENCES skills(id) ON DELETE CASCADE,
  constraint person_skills_level_check CHECK (((level >= 1) AND (level <= 3)))
);

create table presence (
  person_id uuid not null,
  state text not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  back_at timestamp with time zone,
  note text,
  location text,
  located_at timestamp with time zone,
  constraint presence_pkey PRIMARY KEY (person_id),
  constraint presence_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);
CREATE INDEX presence_recovery ON public.presence USING btree (until) WHERE (state = 'recovery'::text);

create table presence_history (
  person_id uuid not null,
  state text not null,
  since timestamp with time zone not null,
  note text,
  location text,
  constraint presence_history_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);
CREATE INDEX presence_history_person ON public.presence_history USING btree (person_id, since);

create table push_subscriptions (
  session_id uuid not null,
  person_id uuid not null,
  endpoint_hash bytea not null,
  sealed text not null,
  kinds text[] not null,
  created_at timestamp with time zone not null,
  last_told_at timestamp with time zone,
  constraint push_subscriptions_pkey PRIMARY KEY (session_id),
  constraint push_subscriptions_endpoint_hash_key UNIQUE (endpoint_hash),
  constraint push_subscriptions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint push_subscriptions_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
);
CREATE INDEX push_subscriptions_person ON public.push_subscriptions USING btree (person_id);

create table queues (
  id uuid not null,
  place integer not null,
  name text not null,
  filter jsonb not null,
  needs jsonb not null,
  is_offered boolean not null,
  keep_free integer default 0 not null,
  overflow jsonb default '{"teamIds": [], "whenClosed": false, "afterMinutes": null}'::jsonb not null,
  constraint queues_pkey PRIMARY KEY (id)
);

create table recovery_codes (
  person_id uuid not null,
  hash bytea not null,
  constraint recovery_codes_pkey PRIMARY KEY (person_id, hash),
  constraint recovery_codes_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);

create table retellings (
  id uuid not null,
  conversation_id uuid not null,
  at timestamp with time zone not null,
  constraint retellings_pkey PRIMARY KEY (id)
);
CREATE INDEX retellings_conversation ON public.retellings USING btree (conversation_id, at DESC);

create table schema_migrations (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone not null,
  milliseconds integer not null,
  constraint schema_migrations_pkey PRIMARY KEY (number),
  constraint schema_migrations_name_key UNIQUE (name)
);

create table search_words (
  word text collate "C" not null,
  english text,
  seen integer not null,
  constraint search_words_pkey PRIMARY KEY (word)
);
CREATE INDEX search_words_english ON public.search_words USING btree (english);
CREATE INDEX search_words_parts ON public.search_words USING gin (word gin_trgm_ops);

create table service_figures (
  week date not null,
  group_kind text not null,
  group_id text not null,
  site_id uuid,
  channel text not null,
  clock text not null,
  withheld text,
  answered integer,
  answered_in_time integer,
  unanswered integer,
  p50 integer,
  p90 integer,
  longest integer,
  abandoned integer,
  abandoned_in_time integer,
  abandoned_short integer,
  constraint service_figures_pkey PRIMARY KEY (week, channel, clock, group_kind, group_id),
  constraint service_figures_week_fkey FOREIGN KEY (week) REFERENCES service_weeks(week) ON DELETE CASCADE,
  constraint service_figures_withheld_check CHECK (((withheld IS NULL) = (answered IS NOT NULL)))
);

create table service_levels (
  id uuid not null,
  valid_from timestamp with time zone not null,
  recomputes boolean not null,
  levels jsonb not null,
  set_by uuid,
  created_at timestamp with time zone not null,
  constraint service_levels_pkey PRIMARY KEY (id),
  constraint service_levels_valid_from_key UNIQUE (valid_from),
  constraint service_levels_set_by_fkey FOREIGN KEY (set_by) REFERENCES people(id) ON DELETE SET NULL
);

create table service_waits (
  week date not null,
  team_id uuid not null,
  channel text not null,
  clock text not null,
  outcome text not null,
  conversation_id uuid not null,
  since timestamp with time zone not null,
  due_at timestamp with time zone not null,
  minutes integer,
  constraint service_waits_pkey PRIMARY KEY (conversation_id, since),
  constraint service_waits_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint service_waits_week_fkey FOREIGN KEY (week) REFERENCES service_weeks(week) ON DELETE CASCADE
);
CREATE INDEX service_waits_of_figure ON public.service_waits USING btree (week, team_id, channel, clock, due_at DESC, conversation_id DESC);

create table service_weeks (
  week date not null,
  computed_at timestamp with time zone not null,
  constraint service_weeks_pkey PRIMARY KEY (week)
);

create table sessions (
  id uuid not null,
  person_id uuid not null,
  token_hash bytea not null,
  user_agent text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint sessions_pkey PRIMARY KEY (id),
  constraint sessions_token_hash_key UNIQUE (token_hash),
  constraint sessions_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);
CREATE INDEX sessions_person ON public.sessions USING btree (person_id);

create table settings (
  key text not null,
  value jsonb not null,
  constraint settings_pkey PRIMARY KEY (key)
);

create table shipments (
  order_id uuid not null,
  "position" integer not null,
  carrier text not null,
  tracking_number text,
  tracking_url text,
  status text not null,
  scan_what text,
  scan_place text,
  scan_at timestamp with time zone,
  promised_from timestamp with time zone,
  promised_to timestamp with time zone,
  next_step text,
  constraint shipments_pkey PRIMARY KEY (order_id, "position"),
  constraint shipments_order_id_fkey FOREIGN KEY (order_id) REFERENCES orders(id) ON DELETE CASCADE,
  constraint shipments_check CHECK (((scan_what IS NULL) = (scan_at IS NULL))),
  constraint shipments_status_check CHECK ((status = ANY (ARRAY['pre_transit'::text, 'transit'::text, 'delivered'::text, 'failure'::text, 'returned'::text]))),
  constraint shipments_tracking_url_check CHECK ((tracking_url ~~ 'https://%'::text))
);

create table sign_in_attempts (
  key text not null,
  failures integer not null,
  last_at timestamp with time zone not null,
  blocked_until timestamp with time zone,
  constraint sign_in_attempts_pkey PRIMARY KEY (key)
);

create table sign_in_places (
  person_id uuid not null,
  place text not null,
  last_at timestamp with time zone not null,
  constraint sign_in_places_pkey PRIMARY KEY (person_id, place),
  constraint sign_in_places_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);

create table site_hours (
  id uuid not null,
  site_id uuid not null,
  valid_from timestamp with time zone not null,
  week jsonb not null,
  municipal text[] not null,
  special jsonb not null,
  created_at timestamp with time zone not null,
  constraint site_hours_pkey PRIMARY KEY (id),
  constraint site_hours_site_id_valid_from_key UNIQUE (site_id, valid_from),
  constraint site_hours_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id) ON DELETE CASCADE
);

create table sites (
  id uuid not null,
  version integer default 1 not null,
  name text not null,
  land text not null,
  municipality text,
  zone text not null,
  created_at timestamp with time zone default now() not null,
  constraint sites_pkey PRIMARY KEY (id)
);

create table skills (
  id uuid not null,
  version integer default 1 not null,
  key text not null,
  label_de text not null,
  label_en text not null,
  created_at timestamp with time zone default now() not null,
  constraint skills_pkey PRIMARY KEY (id),
  constraint skills_key_key UNIQUE (key)
);

create table snippets (
  id uuid not null,
  version integer default 1 not null,
  title text not null,
  shortcut text not null,
  text_de text not null,
  text_en text not null,
  team_id uuid,
  written_by uuid,
  written_at timestamp with time zone not null,
  constraint snippets_pkey PRIMARY KEY (id),
  constraint snippets_shortcut_key UNIQUE NULLS NOT DISTINCT (shortcut, team_id)
);

create table solution_clocks (
  case_id uuid not null,
  started_at timestamp with time zone,
  near_at timestamp with time zone,
  due_at timestamp with time zone,
  alarm_at timestamp with time zone,
  stopped_at timestamp with time zone,
  rung smallint default 0 not null,
  constraint solution_clocks_pkey PRIMARY KEY (case_id)
);
CREATE INDEX solution_clocks_alarm ON public.solution_clocks USING btree (alarm_at, case_id) WHERE (alarm_at IS NOT NULL);
CREATE INDEX solution_clocks_stopped ON public.solution_clocks USING btree (stopped_at) WHERE (stopped_at IS NOT NULL);

create table statements (
  id uuid not null,
  version integer default 1 not null,
  case_id uuid not null,
  kind text not null,
  text text not null,
  due_from timestamp with time zone,
  due_to timestamp with time zone,
  owner_id uuid,
  state text not null,
  said_by uuid not null,
  said_at timestamp with time zone not null,
  channel text not null,
  conversation_id uuid,
  message_id uuid,
  supersedes_id uuid,
  evidence text,
  broken_at timestamp with time zone,
  carried boolean default false not null,
  created_at timestamp with time zone not null,
  alarm_at timestamp with time zone,
  constraint statements_pkey PRIMARY KEY (id),
  constraint statements_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id),
  constraint statements_supersedes_id_fkey FOREIGN KEY (supersedes_id) REFERENCES statements(id),
  constraint statements_check CHECK (((kind <> 'commitment'::text) OR ((due_to IS NOT NULL) AND (owner_id IS NOT NULL)))),
  constraint statements_check1 CHECK (((kind = 'commitment'::text) OR (state = ANY (ARRAY['told'::text, 'superseded'::text])))),
  constraint statements_kind_check CHECK ((kind = ANY (ARRAY['information'::text, 'commitment'::text, 'decision'::text]))),
  constraint statements_state_check CHECK ((state = ANY (ARRAY['told'::text, 'open'::text, 'kept'::text, 'broken'::text, 'made_good'::text, 'released'::text, 'superseded'::text])))
);
CREATE INDEX statements_alarm ON public.statements USING btree (alarm_at, id) WHERE (state = 'open'::text);
CREATE INDEX statements_case ON public.statements USING btree (case_id, said_at);
CREATE INDEX statements_owed ON public.statements USING btree (owner_id, state, due_to, id) WHERE (state = ANY (ARRAY['open'::text, 'broken'::text]));
CREATE UNIQUE INDEX statements_supersedes ON public.statements USING btree (supersedes_id) WHERE (supersedes_id IS NOT NULL);

create table storm_mentions (
  storm_id uuid not null,
  conversation_id uuid not null,
  since timestamp with time zone not null,
  exception text,
  excepted_by uuid,
  excepted_at timestamp with time zone,
  constraint storm_mentions_pkey PRIMARY KEY (storm_id, conversation_id),
  constraint storm_mentions_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES conversations(id) ON DELETE CASCADE,
  constraint storm_mentions_storm_id_fkey FOREIGN KEY (storm_id) REFERENCES storms(id) ON DELETE CASCADE,
  constraint storm_mentions_exception_check CHECK ((((exception IS NULL) = (excepted_at IS NULL)) AND (exception <> ''::text)))
);
CREATE INDEX storm_mentions_conversation ON public.storm_mentions USING btree (conversation_id);

create table storm_proposals (
  id uuid not null,
  topic_id uuid not null,
  at timestamp with time zone not null,
  count integer not null,
  expected real not null,
  bound integer not null,
  closed_at timestamp with time zone,
  closed_by uuid,
  storm_id uuid,
  constraint storm_proposals_pkey PRIMARY KEY (id),
  constraint storm_proposals_storm_id_fkey FOREIGN KEY (storm_id) REFERENCES storms(id) ON DELETE SET NULL
);
CREATE INDEX storm_proposals_closed ON public.storm_proposals USING btree (topic_id, closed_at);
CREATE UNIQUE INDEX storm_proposals_open ON public.storm_proposals USING btree (topic_id) WHERE (closed_at IS NULL);

create table storm_texts (
  storm_id uuid not null,
  version integer not null,
  text_de text not null,
  text_en text not null,
  written_by uuid not null,
  written_at timestamp with time zone not null,
  approved_by uuid,
  approved_at timestamp with time zone,
  constraint storm_texts_pkey PRIMARY KEY (storm_id, version),
  constraint storm_texts_storm_id_fkey FOREIGN KEY (storm_id) REFERENCES storms(id) ON DELETE CASCADE,
  constraint storm_texts_approved_check CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint storm_texts_four_eyes_check CHECK ((approved_by <> written_by))
);

create table storms (
  id uuid not null,
  version integer not null,
  title text not null,
  owner_id uuid not null,
  match text not null,
  topic_id uuid,
  words text[] not null,
  queue_id uuid,
  gathers_from timestamp with time zone not null,
  ends_expected_at timestamp with time zone,
  benefit text not null,
  resting_queue_ids uuid[] not null,
  seconds_per_answer integer not null,
  declared_by uuid,
  declared_at timestamp with time zone not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  outcome jsonb,
  review_due_on date,
  cause text,
  measure text,
  measure_owner_id uuid,
  measure_due_on date,
  reviewed_at timestamp with time zone,
  constraint storms_pkey PRIMARY KEY (id),
  constraint storms_about_check CHECK (((topic_id IS NOT NULL) OR (queue_id IS NOT NULL) OR (words <> '{}'::text[]))),
  constraint storms_benefit_check CHECK ((benefit <> ''::text)),
  constraint storms_ended_check CHECK ((((ended_at IS NULL) = (outcome IS NULL)) AND ((ended_at IS NULL) = (review_due_on IS NULL)))),
  constraint storms_reviewed_check CHECK (((reviewed_at IS NULL) OR ((ended_at IS NOT NULL) AND (cause <> ''::text) AND (measure <> ''::text) AND (measure_owner_id IS NOT NULL) AND (measure_due_on IS NOT NULL))))
);
CREATE INDEX storms_newest ON public.storms USING btree (declared_at DESC, id DESC);
CREATE INDEX storms_running ON public.storms USING btree (declared_at) WHERE (ended_at IS NULL);

create table team_leads (
  team_id uuid not null,
  person_id uuid not null,
  constraint team_leads_pkey PRIMARY KEY (team_id, person_id),
  constraint team_leads_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint team_leads_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
);
CREATE INDEX team_leads_person ON public.team_leads USING btree (person_id);

create table team_members (
  team_id uuid not null,
  person_id uuid not null,
  until timestamp with time zone,
  constraint team_members_pkey PRIMARY KEY (team_id, person_id),
  constraint team_members_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE,
  constraint team_members_team_id_fkey FOREIGN KEY (team_id) REFERENCES teams(id) ON DELETE CASCADE
);
CREATE INDEX team_members_person ON public.team_members USING btree (person_id);
CREATE INDEX team_members_until ON public.team_members USING btree (until) WHERE (until IS NOT NULL);

create table teams (
  id uuid not null,
  version integer default 1 not null,
  name text not null,
  site_id uuid,
  archived_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  successor_id uuid,
  constraint teams_pkey PRIMARY KEY (id),
  constraint teams_site_id_fkey FOREIGN KEY (site_id) REFERENCES sites(id),
  constraint teams_successor_id_fkey FOREIGN KEY (successor_id) REFERENCES teams(id),
  constraint teams_successor_check CHECK (((archived_at IS NULL) = (successor_id IS NULL)))
);
CREATE UNIQUE INDEX teams_name ON public.teams USING btree (lower(name)) WHERE (archived_at IS NULL);

create table topics (
  id uuid not null,
  version integer default 1 not null,
  parent_id uuid,
  key text not null,
  label_de text not null,
  label_en text not null,
  owner_department text not null,
  training_suitable boolean default false not null,
  retired_at timestamp with time zone,
  constraint topics_pkey PRIMARY KEY (id),
  constraint topics_key_key UNIQUE (key),
  constraint topics_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES topics(id)
);

create table totp_secrets (
  person_id uuid not null,
  sealed_secret text not null,
  created_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  last_step bigint default 0 not null,
  constraint totp_secrets_pkey PRIMARY KEY (person_id),
  constraint totp_secrets_person_id_fkey FOREIGN KEY (person_id) REFERENCES people(id) ON DELETE CASCADE
);

create table webhook_deliveries (
  id uuid not null,
  webhook_id uuid not null,
  event_id uuid not null,
  event_type text not null,
  payload jsonb not null,
  state text not null,
  attempts integer default 0 not null,
  response_status integer,
  problem text,
  milliseconds integer,
  created_at timestamp with time zone not null,
  next_at timestamp with time zone,
  constraint webhook_deliveries_pkey PRIMARY KEY (id),
  constraint webhook_deliveries_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES webhooks(id) ON DELETE CASCADE,
  constraint webhook_deliveries_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'delivered'::text, 'failed'::text])))
);
CREATE INDEX webhook_deliveries_age ON public.webhook_deliveries USING btree (created_at);
CREATE INDEX webhook_deliveries_log ON public.webhook_deliveries USING btree (webhook_id, id DESC);

create table webhooks (
  id uuid not null,
  url text not null,
  events text[] not null,
  sealed_secret text not null,
  active boolean default true not null,
  failing_since timestamp with time zone,
  disabled_reason text,
  created_at timestamp with time zone not null,
  constraint webhooks_pkey PRIMARY KEY (id)
);

create table work_units (
  is_only boolean default true not null,
  version integer not null,
  units jsonb not null,
  constraint work_units_pkey PRIMARY KEY (is_only),
  constraint work_units_is_only_check CHECK (is_only)
);

create table works_agreements (
  id uuid not null,
  kind text not null,
  title text not null,
  features text[] not null,
  site_ids uuid[] not null,
  purpose text not null,
  gdpr_basis text not null,
  necessity text not null,
  valid_from timestamp with time zone not null,
  valid_to timestamp with time zone,
  created_at timestamp with time zone not null,
  proposed_by uuid,
  activated_by uuid,
  activated_at timestamp with time zone,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint works_agreements_pkey PRIMARY KEY (id),
  constraint works_agreements_validity_check CHECK ((valid_to > valid_from))
);

CREATE OR REPLACE FUNCTION public.append_audit(entry audit_log)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  newest audit_log;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  select * into newest from audit_log order by seq desc limit 1;
  entry.seq := coalesce(newest.seq, 0) + 1;
  entry.previous_hash := coalesce(newest.hash, '\x'::bytea);
  entry.hash := audit_hash(entry.previous_hash, entry);
  insert into audit_log values (entry.*);
end $function$;

CREATE OR REPLACE FUNCTION public.audit_hash(previous bytea, entry audit_log)
 RETURNS bytea
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select sha256(previous || convert_to(jsonb_build_array(entry.seq, (extract(epoch from entry.at) * 1000000)::bigint, entry.actor_kind, entry.actor_id,
    entry.action, entry.object_kind, entry.object_id, entry.reason, entry.data)::text, 'UTF8'))
$function$;

CREATE OR REPLACE FUNCTION public.bare_number(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN upper(regexp_replace(written, '[\s./-]'::text, ''::text, 'g'::text));

CREATE OR REPLACE FUNCTION public.customers_alike(typed text, most integer)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE
 SET "pg_trgm.word_similarity_threshold" TO '0.3'
AS $function$
    select c.id from customers c where c.status = 'active' and lower(c.display_name) %> typed
      order by word_similarity(typed, lower(c.display_name)) desc, lower(c.display_name), c.id limit most
  $function$;

CREATE OR REPLACE FUNCTION public.exactly_one(changed bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if changed <> 1 then
    raise exception 'a change of one row touched %', changed using errcode = 'serialization_failure';
  end if;
end
$function$;

CREATE OR REPLACE FUNCTION public.prune_audit(before timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  anchor audit_log;
  removed bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  -- Up to the first row that stays, so that the chain has one end and no holes.
  select * into anchor from audit_log where seq < (select coalesce(min(seq) filter (where at >= before), max(seq)) from audit_log)
    order by seq desc limit 1;
  if anchor.seq is null then return 0; end if;
  perform set_config('nahbar.prune_audit', 'on', true);
  delete from audit_log where seq <= anchor.seq;
  get diagnostics removed = row_count;
  perform set_config('nahbar.prune_audit', 'off', true);
  insert into settings (key, value) values ('audit_anchor', jsonb_build_object('seq', anchor.seq, 'hash', encode(anchor.hash, 'hex')))
    on conflict (key) do update set value = excluded.value;
  return removed;
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and current_setting('nahbar.prune_audit', true) = 'on' then return old; end if;
  raise exception 'The audit log is append-only.' using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.refuse_consent_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'Consents are append-only.' using errcode = 'insufficient_privilege';
end $function$;

CREATE OR REPLACE FUNCTION public.renumber_events_after_restore()
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  aside constant bigint := 4611686018427387904;
begin
  create temporary table event_order on commit drop as
    select seq as old_seq, xid as old_xid, row_number() over (order by xid, seq) as new_seq from events;
  update event_cursors c set seq = coalesce((select max(new_seq) from event_order o where (o.old_xid, o.old_seq) <= (c.xid, c.seq)), 0), xid = '3'::xid8;
  alter table events alter column seq drop identity;
  update events e set seq = o.new_seq - aside, xid = '3'::xid8 from event_order o where o.old_seq = e.seq;
  update events set seq = seq + aside;
  alter table events alter column seq add generated always as identity;
  perform setval(pg_get_serial_sequence('events', 'seq'), greatest((select max(seq) from events), 1));
  delete from events_pruned;
end $function$;

CREATE TRIGGER audit_log_append_only BEFORE DELETE OR UPDATE ON public.audit_log FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER audit_log_no_truncate BEFORE TRUNCATE ON public.audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();

CREATE TRIGGER customer_consents_append_only BEFORE UPDATE ON public.customer_consents FOR EACH ROW EXECUTE FUNCTION refuse_consent_change();
