-- One concern of one customer. What follows from its conversations (contacts, answers, activity, state) is kept here for lists and searching,
-- and can be computed again from case_conversations at any time.
create sequence case_numbers minvalue 0 start 0 cache 20;

create table topics (
  id uuid primary key,
  version int not null default 1,
  parent_id uuid references topics,
  key text not null unique,
  label_de text not null,
  label_en text not null,
  owner_department text not null,
  training_suitable boolean not null default false
);

create table cases (
  id uuid primary key,
  version int not null default 1,
  number text not null unique,
  customer_id uuid not null,
  subject text not null,
  topic_id uuid references topics,
  state text not null check (state in ('open', 'waiting', 'resolved', 'closed', 'merged')),
  owner_id uuid,
  priority smallint not null default 1,
  tags text[] not null default '{}',
  -- [{ key, label, value, source, at, moveId? }]; `moveId`: came with a merge and leaves with its undoing.
  facts jsonb not null default '[]',
  wish text,
  -- { summary, solvedById, customerInformedAt }; all three or nothing.
  resolution jsonb check (resolution is null or resolution ?& '{summary,solvedById,customerInformedAt}'),
  origin text not null check (origin in ('public', 'private')),
  contacts_count int not null default 0,
  handovers_count int not null default 0,
  first_answer_at timestamptz,
  last_answer_at timestamptz,
  last_activity_at timestamptz not null,
  resolved_at timestamptz,
  closed_at timestamptz,
  merged_into uuid references cases,
  created_at timestamptz not null,
  check ((state = 'merged') = (merged_into is not null))
);
create index cases_customer on cases (customer_id, last_activity_at desc);
create index cases_newest on cases (last_activity_at desc, id desc);
create index cases_owner on cases (owner_id, last_activity_at desc) where owner_id is not null;
create index cases_to_close on cases (resolved_at) where state = 'resolved';
create index cases_merged on cases (merged_into) where merged_into is not null;
create index cases_words on cases using gin (to_tsvector('simple', subject));

-- What a case knows of each of its conversations, told by events. `silence_due_at`: when the customer's silence is looked at next.
create table case_conversations (
  conversation_id uuid primary key,
  case_id uuid not null references cases,
  team_id uuid,
  state text not null,
  state_at timestamptz not null,
  contacts int not null default 0,
  first_answer_at timestamptz,
  last_answer_at timestamptz,
  last_answer_id uuid,
  last_answer_by uuid,
  last_handler_id uuid,
  handled_at timestamptz,
  activity_at timestamptz not null,
  silence_due_at timestamptz,
  reminders smallint not null default 0
);
create index case_conversations_case on case_conversations (case_id);
create index case_conversations_team on case_conversations (team_id, case_id);
create index case_conversations_silence on case_conversations (silence_due_at) where silence_due_at is not null;

create table statements (
  id uuid primary key,
  version int not null default 1,
  case_id uuid not null references cases,
  kind text not null check (kind in ('information', 'commitment', 'decision')),
  text text not null,
  due_from timestamptz,
  due_to timestamptz,
  owner_id uuid,
  state text not null check (state in ('told', 'open', 'kept', 'broken', 'made_good', 'released', 'superseded')),
  said_by uuid not null,
  said_at timestamptz not null,
  channel text not null,
  conversation_id uuid,
  message_id uuid,
  supersedes_id uuid references statements,
  evidence text,
  broken_at timestamptz,
  carried boolean not null default false,
  created_at timestamptz not null,
  check (kind <> 'commitment' or (due_to is not null and owner_id is not null)),
  check (kind = 'commitment' or state in ('told', 'superseded'))
);
create index statements_case on statements (case_id, said_at);
create index statements_due on statements (due_to, id) where state = 'open';
create index statements_owed on statements (owner_id, state, due_to, id) where state in ('open', 'broken');
-- Only one statement can replace another: two advisers who change one promise at once must not both be right.
create unique index statements_supersedes on statements (supersedes_id) where supersedes_id is not null;

create table handovers (
  id uuid primary key,
  version int not null default 1,
  case_id uuid not null references cases,
  conversation_id uuid,
  from_id uuid not null,
  to_person_id uuid,
  to_team_id uuid,
  brief jsonb not null,
  mode text not null check (mode in ('warm', 'cold')),
  state text not null check (state in ('briefed', 'read', 'accepted', 'customer_confirmed', 'declined', 'timed_out')),
  reason text,
  read_at timestamptz,
  readers uuid[] not null default '{}',
  accepted_by uuid,
  expires_at timestamptz,
  created_at timestamptz not null,
  check ((to_person_id is null) <> (to_team_id is null))
);
create index handovers_case on handovers (case_id, created_at);
create unique index handovers_pending on handovers (case_id) where state in ('briefed', 'read');
create index handovers_to_person on handovers (to_person_id, created_at desc, id desc) where to_person_id is not null;
create index handovers_to_team on handovers (to_team_id, created_at desc, id desc) where to_team_id is not null;
create index handovers_from on handovers (from_id, created_at desc, id desc);
create index handovers_expiring on handovers (expires_at) where expires_at is not null and state in ('briefed', 'read');

-- Merges (from_id into into_id) and splits (into_id came out of from_id). What moved and what was taken over, so that it goes back exactly.
create table case_moves (
  id uuid primary key,
  kind text not null check (kind in ('merge', 'split')),
  from_id uuid not null references cases,
  into_id uuid not null references cases,
  conversation_ids uuid[] not null,
  statement_ids uuid[] not null,
  handover_ids uuid[] not null,
  taken jsonb not null default '{}',
  by_id uuid not null,
  at timestamptz not null,
  undone_at timestamptz
);
create index case_moves_from on case_moves (from_id) where undone_at is null;
create index case_moves_into on case_moves (into_id) where undone_at is null;
