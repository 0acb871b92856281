import type { Ctx } from '../../platform/context.ts';
import { linksOf } from './queries/links.ts';
import type { CaseRow, HandoverRow, LinkRow, StatementRow } from './queries/rows.ts';

/** What every event of a case carries, so that who hears it can be told without looking anything up. */
export interface CaseFacts {
  caseId: string;
  customerId: string;
  teamIds: string[];
  ownerId: string | null;
}

type Teamed = { teamId: string | null };

export const factsOf = (kase: Pick<CaseRow, 'id' | 'customerId' | 'ownerId'>, conversations: readonly Teamed[]): CaseFacts => ({
  caseId: kase.id,
  customerId: kase.customerId,
  teamIds: teamsOf(conversations),
  ownerId: kase.ownerId,
});

export const teamsOf = (conversations: readonly Teamed[]): string[] =>
  [...new Set(conversations.flatMap((c) => (c.teamId ? [c.teamId] : [])))].toSorted();

/** The same when only rows of this room are at hand. */
export async function loadFacts(ctx: Pick<Ctx, 'db'>, kase: CaseRow, links?: readonly LinkRow[]): Promise<CaseFacts> {
  return factsOf(kase, links ?? (await linksOf(ctx.db, [kase.id])));
}

export const statementFacts = (facts: CaseFacts, row: StatementRow) => ({
  ...facts,
  statementId: row.id,
  kind: row.kind,
  debtorId: row.ownerId,
});

export const handoverFacts = (facts: CaseFacts, row: HandoverRow) => ({
  ...facts,
  handoverId: row.id,
  conversationId: row.conversationId,
  fromId: row.fromId,
  toPersonId: row.toPersonId,
  toTeamId: row.toTeamId,
});
