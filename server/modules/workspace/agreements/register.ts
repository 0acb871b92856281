import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Agreement, GatedFeature, workspaceEndpoints } from '../../../../contract/workspace.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as refuse } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { audit } from '../audit/audit.ts';
import { fail } from '../errors.ts';

interface AgreementRow
  extends Pick<Agreement, 'id' | 'kind' | 'title' | 'siteIds' | 'purpose' | 'gdprBasis' | 'necessity' | 'proposedById' | 'activatedById'> {
  features: GatedFeature[];
  validFrom: Date;
  validTo: Date | null;
  activatedAt: Date | null;
  endedAt: Date | null;
}

const columns = sql`id, kind, title, features, site_ids as "siteIds", purpose, gdpr_basis as "gdprBasis", necessity, valid_from as "validFrom", valid_to as "validTo",
  proposed_by as "proposedById", activated_by as "activatedById", activated_at as "activatedAt", ended_at as "endedAt"`;

export async function listAgreements(ctx: Ctx): Promise<{ items: Agreement[] }> {
  const rows = await ctx.db.query<AgreementRow>(sql`select ${columns} from works_agreements order by created_at desc, id desc limit 500`);
  return { items: rows.map((row) => present(row, ctx.now)) };
}

type Proposal = ParsedInputOf<typeof workspaceEndpoints.proposeAgreement>;

export async function proposeAgreement(ctx: Ctx, { siteIds, ...given }: Proposal): Promise<Agreement> {
  const sites = await ctx.db.query<{ id: string }>(sql`select id from sites where id = any(${siteIds}::uuid[])`);
  if (sites.length < new Set(siteIds).size) throw fail('workspace.unknown_reference');
  const id = newId(ctx.now.getTime());
  const row =
    await ctx.db.one<AgreementRow>(sql`insert into works_agreements (id, kind, title, features, site_ids, purpose, gdpr_basis, necessity, valid_from, valid_to,
      created_at, proposed_by)
    values (${id}, ${given.kind}, ${given.title}, ${given.features}::text[], ${siteIds}::uuid[], ${given.purpose}, ${given.gdprBasis}, ${given.necessity},
      ${new Date(given.validFrom)}, ${given.validTo && new Date(given.validTo)}, ${ctx.now}, ${ctx.actor.id}) returning ${columns}`);
  return changed(ctx, row, 'workspace.agreement_proposed');
}

/** Whoever signs is another person than who wrote it, and speaks for those concerned: the works council, or whoever protects data where there is none. */
export async function activateAgreement(ctx: Ctx, { id }: { id: string }): Promise<Agreement> {
  const row = await locked(ctx, id);
  if (row.activatedAt) throw fail('workspace.agreement_settled');
  if (row.proposedById === ctx.actor.id) throw fail('workspace.second_person');
  if (!ctx.actor.roles.includes(await signer(ctx, row.kind))) throw fail('workspace.wrong_signature', { kind: row.kind });
  const now = await ctx.db.one<AgreementRow>(
    sql`update works_agreements set activated_by = ${ctx.actor.id}, activated_at = ${ctx.now} where id = ${id} returning ${columns}`,
  );
  return changed(ctx, now, 'workspace.agreement_activated');
}

/** A policy is for companies without a works council: where there is one, it signs that, too. */
async function signer(ctx: Ctx, kind: Agreement['kind']): Promise<'works_council' | 'privacy'> {
  if (kind === 'agreement') return 'works_council';
  const { has } = await ctx.db.one<{ has: boolean }>(
    sql`select exists (select from people where active and 'works_council' = any(roles)) as has`,
  );
  return has ? 'works_council' : 'privacy';
}

export async function endAgreement(ctx: Ctx, { id }: { id: string }): Promise<Agreement> {
  await locked(ctx, id);
  const row = await ctx.db.one<AgreementRow>(
    sql`update works_agreements set ended_by = ${ctx.actor.id}, ended_at = ${ctx.now} where id = ${id} returning ${columns}`,
  );
  return changed(ctx, row, 'workspace.agreement_ended');
}

async function locked(ctx: Ctx, id: string): Promise<AgreementRow> {
  const row = await ctx.db.maybe<AgreementRow>(sql`select ${columns} from works_agreements where id = ${id} for update`);
  if (!row) throw refuse('core.not_found');
  if (row.endedAt) throw fail('workspace.agreement_settled');
  return row;
}

async function changed(ctx: Ctx, row: AgreementRow, action: string): Promise<Agreement> {
  await audit(ctx, { action, object: { kind: 'agreement', id: row.id }, data: { features: row.features } });
  ctx.emit('workspace.agreement_changed', { agreementId: row.id });
  return present(row, ctx.now);
}

function present({ validFrom, validTo, activatedAt, endedAt, ...row }: AgreementRow, now: Date): Agreement {
  const state = endedAt
    ? 'ended'
    : validTo && validTo <= now
      ? 'expired'
      : !activatedAt
        ? 'proposed'
        : validFrom > now
          ? 'coming'
          : 'active';
  return {
    ...row,
    state,
    validFrom: validFrom.toISOString(),
    validTo: validTo?.toISOString() ?? null,
    activatedAt: activatedAt?.toISOString() ?? null,
    endedAt: endedAt?.toISOString() ?? null,
  };
}
