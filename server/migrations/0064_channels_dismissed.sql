-- What could not be read and a person has dealt with otherwise: kept, and no longer a problem.
alter table intake drop constraint intake_state_check;
alter table intake add constraint intake_state_check check (state in ('stored', 'parsed', 'failed', 'dismissed'));
