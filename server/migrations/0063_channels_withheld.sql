-- A mail that could not be read lies in no conversation; when its sender's data is restricted or erased, it is withheld under the customer it is from.
alter table intake add column withheld_for uuid;
create index intake_withheld on intake (withheld_for) where withheld_for is not null;
