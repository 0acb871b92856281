-- Audit rows leave after their time, oldest first; the last one that left stays known as the anchor the chain hangs on.
create or replace function refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('nahbar.prune_audit', true) = 'on' then return old; end if;
  raise exception 'The audit log is append-only.' using errcode = 'insufficient_privilege';
end $$;
drop trigger audit_log_append_only on audit_log;
create trigger audit_log_append_only before update or delete on audit_log for each row execute function refuse_audit_change();
create trigger audit_log_no_truncate before truncate on audit_log execute function refuse_audit_change();

-- Removes what is older, but never the newest row: new ones hang on it. Says how many went.
create function prune_audit(before timestamptz) returns bigint language plpgsql as $$
declare
  anchor audit_log;
  removed bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit_log', 0));
  -- Up to the first row that stays, so that the chain has one end and no holes.
  select * into anchor from audit_log where seq < (select coalesce(min(seq) filter (where at >= before), max(seq)) from audit_log)
    order by seq desc limit 1;
  if anchor.seq is null then return 0; end if;
  perform set_config('nahbar.prune_audit', 'on', true);
  delete from audit_log where seq <= anchor.seq;
  get diagnostics removed = row_count;
  perform set_config('nahbar.prune_audit', 'off', true);
  insert into settings (key, value) values ('audit_anchor', jsonb_build_object('seq', anchor.seq, 'hash', encode(anchor.hash, 'hex')))
    on conflict (key) do update set value = excluded.value;
  return removed;
end $$;
