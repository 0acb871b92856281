-- One open link of each kind: whoever asks for a new password in somebody's name must not end that person's invitation.
alter table password_links drop constraint password_links_pkey;
alter table password_links add constraint password_links_pkey primary key (person_id, kind);

-- From where a person signed in before, so that strangers who guess cannot keep the owner out. Keyed hashes of a browser's cookie and of a
-- network's address: they can be recognised and not read. Nothing asks for them but the count of attempts.
create table sign_in_places (
  person_id uuid not null references people on delete cascade,
  place text not null,
  last_at timestamptz not null,
  primary key (person_id, place)
);
