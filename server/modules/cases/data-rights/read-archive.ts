import type { ArchivedCase, ArchivedMessage, ArchivePage, ArchivePurpose } from '../../../../contract/cases.ts';
import { scopes } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { type ArchivedRow, archivedMessages } from '../../conversations/index.ts';
import { archiveOf } from '../../customers/index.ts';
import { keptOrders } from '../../orders/index.ts';
import { audit } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { type CaseRow, caseColumns, type HandoverRow, handoverColumns, type StatementRow, statementColumns } from '../queries/rows.ts';

interface Reading {
  id: string;
  purpose: ArchivePurpose;
  reason: string;
  cursor?: string | undefined;
  limit: number;
}

/**
 * What is kept of somebody restricted, for those purposes that the law leaves (Art. 18 (2) GDPR), each page with a reason on record. Only people
 * read it: a program cannot answer for a purpose.
 */
export async function readArchive(ctx: Ctx, { id, purpose, reason, cursor, limit }: Reading): Promise<ArchivePage> {
  if (ctx.actor.kind !== 'person' || !scopes(ctx.actor, 'archive').has('R')) throw core('core.forbidden', { right: 'archive' });
  const { rootId, familyIds, keepsLetters, notes } = await archiveOf(ctx, id);
  if (purpose === 'retention_duty' && !keepsLetters) throw fail('cases.nothing_kept_by_duty');
  const before = cursor ? readCursor(cursor) : undefined;
  const rows = await archivedMessages(ctx, rootId, { before, limit: limit + 1 });
  const messages = rows.slice(0, limit);
  const last = rows.length > limit ? messages.at(-1) : undefined;
  await audit(ctx, {
    action: 'cases.archive_read',
    object: { kind: 'customer', id: rootId },
    reason,
    data: { purpose, messages: messages.length },
  });
  return {
    notes: before ? [] : notes,
    cases: before ? [] : await archivedCases(ctx, familyIds),
    orders: before ? [] : await keptOrders(ctx, rootId, familyIds),
    messages: messages.map(presentMessage),
    nextCursor: last ? writeCursor(last.at, last.id) : null,
  };
}

async function archivedCases({ db }: Ctx, customerIds: readonly string[]): Promise<ArchivedCase[]> {
  const cases = await db.query<CaseRow>(sql`select ${caseColumns} from cases k
    where k.customer_id = any(${customerIds}::uuid[]) and k.restricted_at is not null order by k.last_activity_at desc, k.id`);
  const ids = cases.map((kase) => kase.id);
  const statements = Map.groupBy(
    await db.query<StatementRow>(
      sql`select ${statementColumns} from statements s where s.case_id = any(${ids}::uuid[]) order by s.said_at, s.id`,
    ),
    (statement) => statement.caseId,
  );
  const handovers = Map.groupBy(
    await db.query<HandoverRow>(
      sql`select ${handoverColumns} from handovers h where h.case_id = any(${ids}::uuid[]) order by h.created_at, h.id`,
    ),
    (handover) => handover.caseId,
  );
  return cases.map((kase) => ({
    id: kase.id,
    number: kase.number,
    subject: kase.subject,
    wish: kase.wish,
    facts: kase.facts.map(({ label, value }) => ({ label, value })),
    statements: (statements.get(kase.id) ?? []).map((s) => ({
      id: s.id,
      text: s.text,
      saidById: s.saidById,
      saidAt: s.saidAt.toISOString(),
      dueTo: s.dueTo?.toISOString() ?? null,
    })),
    briefs: (handovers.get(kase.id) ?? []).map((h) => ({ id: h.id, at: h.createdAt.toISOString(), brief: h.brief })),
  }));
}

const presentMessage = (row: ArchivedRow): ArchivedMessage => ({
  id: row.id,
  conversationId: row.conversationId,
  subject: row.subject ?? row.conversationSubject,
  kind: row.kind === 'note' ? 'note' : 'message',
  direction: row.direction,
  author: { name: row.authorName, personId: row.authorKind === 'person' ? row.authorId : null },
  to: [...row.envelope.to, ...row.envelope.cc, ...row.envelope.bcc].map(({ address }) => address),
  text: row.text,
  quoted: row.quoted,
  files: row.files,
  at: row.at.toISOString(),
});
