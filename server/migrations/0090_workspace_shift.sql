-- Where somebody works today, said once a day and remembered as what is usual; when a pause ends; and words for oneself alone.
alter table presence
  add column until timestamptz,
  -- When others may expect somebody back from a break; a recovery pause within a break leaves it as it was.
  add column back_at timestamptz,
  add column note text,
  -- office, remote
  add column location text,
  add column located_at timestamptz;
alter table presence_history add column note text, add column location text;
-- Recovery pauses end by themselves.
create index presence_recovery on presence (until) where state = 'recovery';
