import type { Ctx } from '../../../platform/context.ts';
import { messageFacts } from '../../conversations/index.ts';
import { factsOf } from '../facts.ts';
import { lockCases, writeStandings } from '../queries/cases.ts';
import { linksOf, owingCases } from '../queries/links.ts';
import type { CaseRow, LinkRow, Resolution } from '../queries/rows.ts';
import { lastAnswer, needsOwner, settle } from './kase.ts';

/**
 * Computes the standing of cases anew from their conversations and from what is owed, writes what changed and says so. Four statements however many.
 * The rows are locked before the links are read, so whoever settles last has seen everything. `told`: cases whose news is in another event already.
 */
export async function settleCases(ctx: Ctx, caseIds: readonly string[], told: ReadonlySet<string> = new Set()): Promise<void> {
  if (caseIds.length === 0) return;
  // What is restricted only lies there; it is settled when that ends.
  const rows = (await lockCases(ctx.db, [...new Set(caseIds)])).filter((row) => !row.restrictedAt);
  const ids = rows.map((row) => row.id);
  const links = await linksOf(ctx.db, ids);
  const owing = await owingCases(ctx.db, ids);
  const byCase = Map.groupBy(links, (link) => link.caseId);
  const settled = rows.map((row) => {
    const mine = byCase.get(row.id) ?? [];
    return { row, links: mine, after: { ...row, ...settle(ctx.now, row, mine, owing.has(row.id)) } };
  });
  const resolutions = await resolutionsOf(ctx, settled);
  const changed = settled
    .map(({ after, ...rest }) => ({ ...rest, after: { ...after, resolution: resolutions.get(after.id) ?? null } }))
    .filter(({ row, after }) => differs(row, after));
  if (changed.length === 0) return;
  await writeStandings(
    ctx.db,
    changed.map(({ after }) => standingOf(after)),
  );
  for (const { row, after, links: mine } of changed) report(ctx, row, after, mine, told);
}

/** A case that opens again loses its resolution; one that comes to rest without being resolved by somebody is taken as solved by the last answer. */
async function resolutionsOf(
  ctx: Ctx,
  settled: readonly { row: CaseRow; after: CaseRow; links: readonly LinkRow[] }[],
): Promise<Map<string, Resolution>> {
  const found = new Map<string, Resolution>();
  const rested: { caseId: string; id: string; byId: string; at: Date }[] = [];
  for (const { after, links } of settled) {
    if (after.state === 'merged' && after.resolution) found.set(after.id, after.resolution);
    if (after.state !== 'resolved' && after.state !== 'closed') continue;
    const answer = lastAnswer(links);
    if (after.resolution) found.set(after.id, after.resolution);
    else if (answer) rested.push({ caseId: after.id, ...answer });
  }
  if (rested.length === 0) return found;
  const messages = await messageFacts(
    ctx.db,
    rested.map((r) => r.id),
  );
  for (const { caseId, id, byId, at } of rested) {
    const summary = (messages.get(id)?.text ?? '').replace(/\s+/g, ' ').trim().slice(0, 300);
    if (summary) found.set(caseId, { summary, solvedById: byId, customerInformedAt: at.toISOString() });
  }
  return found;
}

function report(ctx: Ctx, before: CaseRow, after: CaseRow, links: readonly LinkRow[], told: ReadonlySet<string>): void {
  const facts = factsOf(after, links);
  if (before.ownerId !== after.ownerId) {
    const forced = needsOwner(after.contactsCount, after.handoversCount);
    ctx.emit('cases.owner_assigned', { ...facts, formerOwnerId: before.ownerId, forced }, after.id);
  }
  if (before.state !== after.state) ctx.emit('cases.state_changed', { ...facts, fromState: before.state, toState: after.state }, after.id);
  if (before.ownerId === after.ownerId && before.state === after.state && !told.has(after.id)) {
    ctx.emit('cases.changed', { ...facts, what: 'activity' }, after.id);
  }
}

const standingOf = (row: CaseRow) => ({
  id: row.id,
  state: row.state,
  ownerId: row.ownerId,
  contactsCount: row.contactsCount,
  handoversCount: row.handoversCount,
  firstAnswerAt: row.firstAnswerAt,
  lastAnswerAt: row.lastAnswerAt,
  lastActivityAt: row.lastActivityAt,
  resolvedAt: row.resolvedAt,
  closedAt: row.closedAt,
  resolution: row.resolution,
});

const differs = (a: CaseRow, b: CaseRow): boolean => JSON.stringify(standingOf(a)) !== JSON.stringify(standingOf(b));
