-- A restricted conversation has neither team nor assignee: so no list, counter, search or stream finds it, and none needs to look whether it may.
-- Whose it was is kept aside for when the restriction is lifted.
alter table conversations add column restricted_at timestamptz, add column restricted_team_id uuid, add column restricted_assignee_id uuid,
  add column erased_at timestamptz;
