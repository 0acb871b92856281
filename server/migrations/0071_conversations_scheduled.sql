-- Few answers wait for their time; whoever writes into a conversation asks whether one does.
create index messages_scheduled on messages (conversation_id) where delivery ->> 'state' = 'scheduled';
