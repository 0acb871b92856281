-- Texts that are written often, kept once. Two teams may use the same word for their own, and everybody's a third time.
create table snippets (
  id uuid primary key,
  version int not null default 1,
  title text not null,
  shortcut text not null,
  text_de text not null,
  text_en text not null,
  team_id uuid,
  written_by uuid,
  written_at timestamptz not null,
  constraint snippets_shortcut_key unique nulls not distinct (shortcut, team_id)
);
