-- Up to which message whoever took the conversation has had it before them: what a customer is told as "read".
alter table conversations add column read_seq int not null default 0;
-- The newest of an account, from which the wait for a first answer is told.
create index conversations_account on conversations (account_id, created_at desc) where account_id is not null;
