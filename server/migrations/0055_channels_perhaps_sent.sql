-- `begun_at`: the attempt under way has come to the point from which the service may have the message; a sender that dies before it certainly sent nothing.
-- State `uncertain`: perhaps sent. The service cannot be asked and would not notice a repetition, so a person decides.
alter table outbox add column begun_at timestamptz;
alter table outbox drop constraint outbox_state_check;
alter table outbox add constraint outbox_state_check
  check (state in ('held', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'cancelled'));
