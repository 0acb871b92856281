-- What a report (a bounce, a receipt) is about: it names the receiver and often quotes the message, so it goes with it.
alter table intake add column concerns uuid[];
create index intake_concerns on intake using gin (concerns) where concerns is not null;
