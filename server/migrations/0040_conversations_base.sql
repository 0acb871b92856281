-- One thread on one channel identity. `is_open` is what the queues look at; the lease is part of the row so that a list needs no join.
create table conversations (
  id uuid primary key,
  version int not null default 1,
  channel text not null,
  account_id uuid,
  visibility text not null,
  state text not null,
  is_open boolean not null generated always as (state not in ('resolved', 'closed', 'spam', 'merged')) stored,
  subject text not null,
  preview text not null,
  -- Whom the writer's identity belongs to, and whom that customer counts as since the last merge; lists and leases go by the latter.
  customer_id uuid not null,
  customer_root_id uuid not null,
  case_id uuid,
  team_id uuid,
  assignee_id uuid,
  claimed_by uuid,
  claimed_at timestamptz,
  claim_until timestamptz,
  fence bigint not null default 0,
  priority smallint not null default 1,
  tags text[] not null default '{}',
  last_seq int not null default 0,
  last_message_at timestamptz not null,
  last_direction text not null,
  waiting_since timestamptz,
  snoozed_until timestamptz,
  automatic text,
  attachment_count int not null default 0,
  -- Normalised addresses seen in the thread: whoever is among them may continue it.
  participants text[] not null default '{}',
  thread_key text,
  merged_into uuid,
  state_before_merge text,
  resolved_at timestamptz,
  created_at timestamptz not null
);
create index conversations_open_newest on conversations (team_id, last_message_at desc, id desc) where is_open;
create index conversations_open_waiting on conversations (team_id, waiting_since, id) where is_open;
create index conversations_done_newest on conversations (team_id, last_message_at desc, id desc) where not is_open;
create index conversations_assignee on conversations (assignee_id, last_message_at desc) where is_open and assignee_id is not null;
create index conversations_claim on conversations (claim_until) where claimed_by is not null;
create index conversations_customer on conversations (customer_root_id, last_message_at desc);
create index conversations_own_customer on conversations (customer_id);
create index conversations_case on conversations (case_id) where case_id is not null;
create index conversations_thread on conversations (thread_key) where thread_key is not null;
create index conversations_snoozed on conversations (snoozed_until) where snoozed_until is not null;
create index conversations_merged on conversations (merged_into) where merged_into is not null;

-- One customer, one handler: whoever works on any conversation of a customer holds this row.
create table customer_leases (
  customer_id uuid primary key,
  person_id uuid not null,
  since timestamptz not null,
  until timestamptz not null
);

create table messages (
  id uuid primary key,
  version int not null default 1,
  conversation_id uuid not null references conversations,
  seq int not null,
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
  has_html boolean not null default false,
  automatic text,
  facts text[] not null default '{}',
  mentions uuid[] not null default '{}',
  delivery jsonb,
  platform_id text,
  in_reply_to text,
  draft_id uuid unique,
  intake_id uuid,
  intake_index int,
  at timestamptz not null,
  created_at timestamptz not null,
  words tsvector generated always as (to_tsvector('german', coalesce(subject, '') || ' ' || left(text, 100000))) stored,
  unique (conversation_id, seq)
);
create unique index messages_intake on messages (intake_id, intake_index) where intake_id is not null;
create index messages_platform on messages (platform_id) where platform_id is not null;
create index messages_words on messages using gin (words);
create index messages_mentions on messages using gin (mentions) where mentions <> '{}';

-- An attachment lies in the raw message it came with, or in a file somebody uploaded.
create table attachments (
  id uuid primary key,
  message_id uuid references messages,
  n int not null,
  intake_id uuid,
  file_id uuid,
  filename text not null,
  media_type text not null,
  size bigint not null,
  inline boolean not null default false,
  content_id text,
  scan text not null default 'none',
  uploaded_by uuid,
  created_at timestamptz not null
);
create index attachments_message on attachments (message_id, n) where message_id is not null;
create index attachments_unused on attachments (created_at) where message_id is null;
create index attachments_to_scan on attachments (created_at) where scan = 'pending';

create table drafts (
  id uuid primary key,
  version int not null default 1,
  conversation_id uuid not null references conversations,
  person_id uuid not null,
  kind text not null,
  text text not null,
  html text,
  envelope jsonb not null,
  subject text,
  attachment_ids uuid[] not null default '{}',
  base_seq int not null,
  updated_at timestamptz not null,
  unique (conversation_id, person_id, kind)
);

-- Reading somebody else's case after giving a reason; ends by itself.
create table conversation_access (
  conversation_id uuid not null references conversations,
  person_id uuid not null,
  until timestamptz not null,
  primary key (conversation_id, person_id)
);

create table conversation_views (
  id uuid primary key,
  version int not null default 1,
  name text not null,
  owner_id uuid,
  filter jsonb not null,
  sort text not null,
  position int not null
);

-- Copies made by a split, so that it can be undone.
create table conversation_splits (
  id uuid primary key,
  from_id uuid not null references conversations,
  into_id uuid not null references conversations,
  message_ids uuid[] not null,
  by_person uuid,
  at timestamptz not null,
  undone_at timestamptz
);
