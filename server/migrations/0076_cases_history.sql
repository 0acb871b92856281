-- What happened to the concerns of a customer, for those who read it later: events say it once and go. Lines hold ids and times only.
create table case_history (
  id uuid primary key,
  customer_id uuid not null,
  case_id uuid,
  what text not null,
  about_id uuid,
  by_id uuid,
  at timestamptz not null
);
create index case_history_customer on case_history (customer_id, at desc, id desc);
create index case_history_case on case_history (case_id, at desc, id desc) where case_id is not null;

-- From before, what rows still tell: when a promise was kept or a hand-over accepted nobody wrote down.
insert into case_history (id, customer_id, case_id, what, about_id, by_id, at)
  select gen_random_uuid(), k.customer_id, k.id, 'statement_made', s.id, s.said_by, s.said_at from statements s join cases k on k.id = s.case_id
  union all select gen_random_uuid(), k.customer_id, k.id, 'commitment_broken', s.id, null, s.broken_at
    from statements s join cases k on k.id = s.case_id where s.broken_at is not null
  union all select gen_random_uuid(), k.customer_id, k.id, 'handover_briefed', h.id, h.from_id, h.created_at
    from handovers h join cases k on k.id = h.case_id
  union all select gen_random_uuid(), k.customer_id, k.id, case m.kind when 'merge' then 'merged' else 'transferred' end, m.from_id, m.by_id, m.at
    from case_moves m join cases k on k.id = m.into_id where m.kind <> 'split'
  union all select gen_random_uuid(), k.customer_id, k.id, 'split', m.into_id, m.by_id, m.at
    from case_moves m join cases k on k.id = m.from_id where m.kind = 'split'
  union all select gen_random_uuid(), k.customer_id, k.id, 'unmerged', m.from_id, null, m.undone_at
    from case_moves m join cases k on k.id = m.into_id where m.undone_at is not null
  union all select gen_random_uuid(), k.customer_id, k.id, 'resolved', null, (k.resolution->>'solvedById')::uuid, k.resolved_at
    from cases k where k.resolved_at is not null and k.resolution is not null;
