-- Since when the customer had waited for what a message answers: an answer that is taken back gives that wait back.
alter table messages add column answers_since timestamptz;
-- When one of us answered for the first time; what comes after it waits for a next answer.
alter table conversations add column first_answer_at timestamptz;
update conversations c set first_answer_at = m.at from (
  select conversation_id, min(at) as at from messages
  where kind = 'message' and direction = 'out' and author_kind = 'person' and not 'forward' = any (facts) and coalesce(delivery->>'state', '') <> 'cancelled'
  group by conversation_id
) m where m.conversation_id = c.id;
-- Whoever waits while somebody else is asked has waited all the time.
update conversations set waiting_since = last_message_at
  where waiting_since is null and last_direction = 'in' and state in ('waiting_internal', 'waiting_third_party', 'handover');
