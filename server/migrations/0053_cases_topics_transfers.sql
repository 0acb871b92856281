-- A topic that is no longer chosen stays with the cases that have it, so it is retired and never removed.
alter table topics add column retired_at timestamptz;

-- Conversations may also be carried over to a case that exists; that is undone like a merge.
alter table case_moves drop constraint case_moves_kind_check;
alter table case_moves add constraint case_moves_kind_check check (kind in ('merge', 'split', 'transfer'));
