-- Every word of every message, once, so that a search finds the words that hold or resemble a typed one.
create extension if not exists pg_trgm;
create extension if not exists fuzzystrmatch;
create table search_words (
  word text collate "C" primary key,
  english text,
  seen int not null
);
create index search_words_parts on search_words using gin (word gin_trgm_ops);
create index search_words_english on search_words (english);
insert into search_words (word, english, seen)
  select l.lexeme, (ts_lexize('english_stem', l.lexeme))[1], least(count(*), 50)
  from messages m, unnest(m.words) l where l.lexeme ~ '^[a-z\u0080-\uffff]{3,40}$' group by l.lexeme;
