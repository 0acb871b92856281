-- The register of works agreements: what could show conduct or performance of people is off until one of these allows it.
create table works_agreements (
  id uuid primary key,
  -- agreement, policy
  kind text not null,
  title text not null,
  features text[] not null,
  -- Empty: all sites.
  site_ids uuid[] not null,
  purpose text not null,
  gdpr_basis text not null,
  necessity text not null,
  valid_from timestamptz not null,
  valid_to timestamptz,
  created_at timestamptz not null,
  proposed_by uuid,
  activated_by uuid,
  activated_at timestamptz,
  ended_by uuid,
  ended_at timestamptz,
  constraint works_agreements_validity_check check (valid_to > valid_from)
);
