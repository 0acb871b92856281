-- Why *Next* gave a conversation to whoever has it, as it was then; null where it was taken in another way.
alter table conversations add column next_reason jsonb;
