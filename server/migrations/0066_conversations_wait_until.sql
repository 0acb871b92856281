-- Until when what waits for an expert or a third party does so at the longest; counts in these two states only. What waits already has its whole time
-- from here on, because nobody wrote down since when it does.
alter table conversations add column wait_until timestamptz;
update conversations set wait_until = now() + interval '4 hours' where 'waiting_internal' in (state, state_before_merge);
update conversations set wait_until = now() + interval '3 days' where 'waiting_third_party' in (state, state_before_merge);
create index conversations_wait_until on conversations (wait_until) where state in ('waiting_internal', 'waiting_third_party');
