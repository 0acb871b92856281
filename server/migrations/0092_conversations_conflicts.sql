-- Who must not get a conversation, nor any other of its case: whom the customer complains about, or who knows them in private.
create table conversation_conflicts (
  conversation_id uuid not null references conversations on delete cascade,
  person_id uuid not null,
  reason text not null,
  set_by uuid not null,
  set_at timestamptz not null,
  primary key (conversation_id, person_id)
);
