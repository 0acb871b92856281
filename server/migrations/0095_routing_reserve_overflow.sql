alter table queues
  -- How many people in each team are kept free for what stands in it.
  add column keep_free int not null default 0,
  -- Which other teams help, and when.
  add column overflow jsonb not null default '{"teamIds": [], "whenClosed": false, "afterMinutes": null}';
-- Until when somebody of another team may take a conversation they were offered, beside reading it.
alter table conversation_access add column take_until timestamptz;
