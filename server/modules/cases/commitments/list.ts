import type { CommitmentLine } from '../../../../contract/cases.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { summaries } from '../../customers/index.ts';
import { seesMaskedOnly } from '../policy.ts';
import { presentStatement } from '../present.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { dayMilliseconds } from '../state/kase.ts';
import { type CommitmentCount, type CommitmentRow, countCommitments, listCommitments as list } from './queries.ts';

interface Input {
  state: 'owed' | 'open' | 'broken';
  owner: 'me' | 'team';
  cursor?: string | undefined;
  limit: number;
}

/** What the caller, or the caller and their teams, promised, the one due first on top: what broke stands before what is still open. */
export async function listCommitments(ctx: Ctx, { state, owner, cursor, limit }: Input) {
  if (seesMaskedOnly(ctx.actor)) return { items: [], nextCursor: null };
  const rows = await list(ctx.db, {
    state,
    ownerId: ctx.actor.id,
    ...(owner === 'team' ? { teamIds: teamsWithin(ctx.actor, 'read_case') } : {}),
    after: cursor ? readCursor(cursor) : undefined,
    limit: limit + 1,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await presentLines(ctx, page),
    nextCursor: rows.length > limit && last?.dueTo ? writeCursor(last.dueTo, last.id) : null,
  };
}

/** Each with what is needed to know whose it is. */
export async function presentLines(ctx: Ctx, rows: readonly CommitmentRow[]): Promise<CommitmentLine[]> {
  const names = await summaries(
    ctx.db,
    rows.map((row) => row.customerId),
  );
  return rows.map((row) => ({
    statement: presentStatement(row),
    caseNumber: row.caseNumber,
    caseSubject: row.caseSubject,
    customerId: names.get(row.customerId)?.id ?? row.customerId,
    customerName: names.get(row.customerId)?.displayName ?? '–',
  }));
}

/** How many are open, due within a day, and broken. */
export async function commitmentCounters(ctx: Ctx): Promise<{ me: CommitmentCount; team: CommitmentCount }> {
  const soon = new Date(ctx.now.getTime() + dayMilliseconds);
  if (seesMaskedOnly(ctx.actor)) return { me: none, team: none };
  const [me, team] = await Promise.all([
    countCommitments(ctx.db, soon, ctx.actor.id),
    countCommitments(ctx.db, soon, ctx.actor.id, teamsWithin(ctx.actor, 'read_case')),
  ]);
  return { me, team };
}

const none: CommitmentCount = { open: 0, dueSoon: 0, broken: 0 };
