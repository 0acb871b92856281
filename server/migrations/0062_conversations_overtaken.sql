-- Answers that came before what they answer: asked for each mail that comes. Only they name it, so the index stays small.
create index messages_in_reply_to on messages (in_reply_to) where in_reply_to is not null;
