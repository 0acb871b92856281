import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { type ConversationRow, conversationFacts, linkAllToCases } from '../../conversations/index.ts';
import { summaries } from '../../customers/index.ts';
import { factsOf } from '../facts.ts';
import { findCases, insertCases, nextRunningNumbers, survivorOf, touchCases } from '../queries/cases.ts';
import { continuedCases, insertLinks, linksOf } from '../queries/links.ts';
import type { CaseRow } from '../queries/rows.ts';
import { caseNumber, caseNumbersIn, yearInBerlin } from './number.ts';

export interface Opened {
  conversationId: string;
  relatedId: string | null;
  /** The sender may be forged: neither what it refers to nor a number in its subject leads it into a case. */
  isApart?: boolean;
}

/**
 * Finds or opens the case of new conversations: the one it was begun for, the one of the conversation it continues, the one whose number its subject
 * names; otherwise a new one. At most nine statements however many conversations. Returns the cases that were opened or
 * grew here: their news is told.
 */
export async function openCases(ctx: Ctx, opened: readonly Opened[]): Promise<Set<string>> {
  const rows = await conversationFacts(
    ctx.db,
    opened.map((o) => o.conversationId),
  );
  const fresh = opened.flatMap((o) => rows.get(o.conversationId) ?? []);
  const related = new Map(opened.map((o) => [o.conversationId, o]));
  const found = await continued(ctx, fresh, related);
  const without = fresh.filter((row) => !found.has(row.id));
  const numbers = without.length > 0 ? await nextRunningNumbers(ctx.db, without.length) : [];
  const made = without.map((row, index) => ({
    id: newId(ctx.now.getTime()),
    number: caseNumber(numbers[index] ?? 0, yearInBerlin(ctx.now)),
    // Their own, not whom they count as today: a merge of customers can be undone.
    customerId: row.ownCustomerId,
    subject: row.subject || row.preview,
    priority: row.priority,
    origin: row.visibility,
    at: row.createdAt,
    conversation: row,
  }));
  if (made.length > 0) await insertCases(ctx.db, made);
  const caseOf = new Map([...found, ...made.map((m) => [m.conversation.id, m.id] as const)]);
  const links = fresh.map((row) => ({
    conversationId: row.id,
    caseId: caseOf.get(row.id) ?? '',
    teamId: row.teamId,
    state: row.state,
    at: row.createdAt,
  }));
  const tied = await insertLinks(ctx.db, links);
  await linkAllToCases(ctx, links);
  for (const { conversation, ...kase } of made) {
    ctx.emit('cases.opened', { ...factsOf({ ...kase, ownerId: null }, [conversation]), conversationId: conversation.id }, kase.id);
  }
  const grown = [...found].filter(([conversationId]) => tied.has(conversationId)).map(([, caseId]) => caseId);
  await reportChanged(ctx, await touchCases(ctx.db, grown), 'activity');
  return new Set([...made.map((m) => m.id), ...grown]);
}

/** Says that these cases look different now. */
export async function reportChanged(
  ctx: Ctx,
  cases: readonly CaseRow[],
  what: 'activity' | 'fields' | 'teams',
  leftTeams: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  if (cases.length === 0) return;
  const ids = cases.map((row) => row.id);
  const links = Map.groupBy(await linksOf(ctx.db, ids), (link) => link.caseId);
  for (const row of cases) {
    const leftTeamId = leftTeams.get(row.id) ?? null;
    ctx.emit('cases.changed', { ...factsOf(row, links.get(row.id) ?? []), what, ...(leftTeamId ? { leftTeamId } : {}) }, row.id);
  }
}

/** Which existing case each conversation goes on with; never another customer's. */
async function continued(ctx: Ctx, rows: readonly ConversationRow[], related: ReadonlyMap<string, Opened>): Promise<Map<string, string>> {
  const given = new Map(rows.flatMap((row) => (row.caseId ? [[row.id, row.caseId] as const] : [])));
  if (given.size > 0) {
    const known = new Map((await findCases(ctx.db, [...given.values()])).map((k) => [k.id, k]));
    for (const [conversationId, caseId] of given) {
      const kase = known.get(caseId);
      // Merged between the writing and this reading.
      const survivor = kase?.mergedInto ? await survivorOf(ctx.db, caseId) : kase?.id;
      if (survivor) given.set(conversationId, survivor);
      else given.delete(conversationId);
    }
  }
  const wanted = rows
    .filter((row) => !given.has(row.id) && !related.get(row.id)?.isApart)
    .map((row) => ({ conversationId: row.id, relatedId: related.get(row.id)?.relatedId ?? null, numbers: caseNumbersIn(row.subject) }))
    .filter((w) => w.relatedId !== null || w.numbers.length > 0);
  if (wanted.length === 0) return given;
  const candidates = await continuedCases(ctx.db, wanted);
  const customerOf = new Map(rows.map((row) => [row.id, row.customerId]));
  const customers = candidates.flatMap((c) => [c.customerId, customerOf.get(c.conversationId) ?? '']);
  const roots = await summaries(ctx.db, customers);
  const rootOf = (id: string) => roots.get(id)?.id ?? id;
  for (const candidate of candidates) {
    if (given.has(candidate.conversationId)) continue;
    if (rootOf(candidate.customerId) === rootOf(customerOf.get(candidate.conversationId) ?? ''))
      given.set(candidate.conversationId, candidate.caseId);
  }
  return given;
}
