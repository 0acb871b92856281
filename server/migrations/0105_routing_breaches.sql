-- Solutions and promises that became overdue are written down beside answers, with the same causes: of each row exactly one of the three is known.
alter table late_answers rename to breaches;
alter index late_answers_pkey rename to breaches_pkey;
alter index late_answers_due rename to breaches_due;
alter table breaches rename constraint late_answers_conversation_id_fkey to breaches_conversation_id_fkey;
alter table breaches drop constraint late_answers_wait;
alter table breaches alter column conversation_id drop not null;
alter table breaches add column case_id uuid references cases on delete cascade;
alter table breaches add column statement_id uuid references statements on delete cascade;
alter table breaches add constraint breaches_one check (num_nonnulls(conversation_id, case_id, statement_id) = 1);
create unique index breaches_wait on breaches (conversation_id, since) where conversation_id is not null;
create unique index breaches_solution on breaches (case_id, since) where case_id is not null;
create unique index breaches_promise on breaches (statement_id) where statement_id is not null;
