-- The timeline of a case reads the newest messages of its conversations in order, however many there are.
create index messages_timeline on messages (conversation_id, at desc, id desc);
