-- Names that look like what was typed, for names that were mistyped. The operator takes its limit from a setting, which the function brings along; 0.3
-- still finds two letters swapped in a word of five.
create index customers_alike on customers using gin (lower(display_name) gin_trgm_ops) where status = 'active';
create function customers_alike(typed text, most int) returns table (id uuid) stable language sql
  set pg_trgm.word_similarity_threshold = 0.3
  as $$
    select c.id from customers c where c.status = 'active' and lower(c.display_name) %> typed
      order by word_similarity(typed, lower(c.display_name)) desc, lower(c.display_name), c.id limit most
  $$;
