-- A storm: many write about the same within a short time. What it concerns is said by topic, words and queue; at least one of them.
create table storms (
  id uuid primary key,
  version int not null,
  title text not null,
  owner_id uuid not null,
  -- Whether all of what is said must hold, or one is enough.
  match text not null,
  topic_id uuid,
  words text[] not null,
  queue_id uuid,
  -- Who wrote from then on is a mention.
  gathers_from timestamptz not null,
  -- Null: unknown.
  ends_expected_at timestamptz,
  -- What the customer gains by it.
  benefit text not null,
  -- From these nobody is given work that is not near due while it is on.
  resting_queue_ids uuid[] not null,
  seconds_per_answer int not null,
  declared_by uuid,
  declared_at timestamptz not null,
  ended_by uuid,
  ended_at timestamptz,
  -- How it went, as counted when it ended.
  outcome jsonb,
  review_due_on date,
  cause text,
  measure text,
  measure_owner_id uuid,
  measure_due_on date,
  reviewed_at timestamptz,
  constraint storms_about_check check (topic_id is not null or queue_id is not null or words <> '{}'),
  constraint storms_benefit_check check (benefit <> ''),
  constraint storms_ended_check check ((ended_at is null) = (outcome is null) and (ended_at is null) = (review_due_on is null)),
  constraint storms_reviewed_check check (reviewed_at is null or (ended_at is not null and cause <> '' and measure <> '' and measure_owner_id is not null and measure_due_on is not null))
);
create index storms_running on storms (declared_at) where ended_at is null;
create index storms_newest on storms (declared_at desc, id desc);
-- What may be answered, version by version; rows are approved once, by somebody else, and change no more.
create table storm_texts (
  storm_id uuid not null references storms on delete cascade,
  version int not null,
  text_de text not null,
  text_en text not null,
  written_by uuid not null,
  written_at timestamptz not null,
  approved_by uuid,
  approved_at timestamptz,
  primary key (storm_id, version),
  constraint storm_texts_four_eyes_check check (approved_by <> written_by),
  constraint storm_texts_approved_check check ((approved_by is null) = (approved_at is null))
);
-- A conversation whose customer wrote about it. Whether it is answered stands with its messages and is not repeated here.
create table storm_mentions (
  storm_id uuid not null references storms on delete cascade,
  conversation_id uuid not null references conversations on delete cascade,
  -- When the wait began that has to be answered.
  since timestamptz not null,
  -- Why it gets no answer.
  exception text,
  excepted_by uuid,
  excepted_at timestamptz,
  primary key (storm_id, conversation_id),
  constraint storm_mentions_exception_check check ((exception is null) = (excepted_at is null) and exception <> '')
);
create index storm_mentions_conversation on storm_mentions (conversation_id);
