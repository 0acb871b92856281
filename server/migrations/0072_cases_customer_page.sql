-- The customer's own page about a concern: until when an adviser has withdrawn the links of a conversation, the codes by which whoever holds a link shows
-- that they read its address (the code itself follows from the id and the installation's secret, and is stored nowhere), and how often a customer said that
-- they had to tell it again.
alter table case_conversations add column page_withdrawn_at timestamptz;
create table customer_page_codes (
  id uuid primary key,
  conversation_id uuid not null,
  identity_id uuid not null,
  attempts smallint not null default 0,
  created_at timestamptz not null,
  used_at timestamptz
);
create index customer_page_codes_newest on customer_page_codes (identity_id, created_at desc);
create index customer_page_codes_conversation on customer_page_codes (conversation_id);
create table retellings (
  id uuid primary key,
  conversation_id uuid not null,
  at timestamptz not null
);
create index retellings_conversation on retellings (conversation_id, at desc);
