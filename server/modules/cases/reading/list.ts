import type { Case } from '../../../../contract/cases.ts';
import { teamsWithin } from '../../../platform/actor.ts';
import type { Ctx } from '../../../platform/context.ts';
import { DomainError } from '../../../platform/errors.ts';
import { conversationFacts, mayGiveReason, readableConversations } from '../../conversations/index.ts';
import { customerIdsFor, familyOf } from '../../customers/index.ts';
import { loadCase } from '../access/visible.ts';
import { readCaseNumber } from '../opening/number.ts';
import { seesMaskedOnly } from '../policy.ts';
import { presentCases } from '../present.ts';
import { caseByNumber, findCase } from '../queries/cases.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { linksOf } from '../queries/links.ts';
import type { CaseRow } from '../queries/rows.ts';
import { searchCases } from './lists.ts';

interface ListInput {
  q?: string | undefined;
  state?: Case['state'] | undefined;
  owner?: 'me' | undefined;
  customerId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface CaseList {
  items: Case[];
  nextCursor: string | null;
  locked: { id: string; number: string }[];
  numberMistyped: boolean;
}

const nothing: CaseList = { items: [], nextCursor: null, locked: [], numberMistyped: false };

/** The caller's cases: of their teams and their own; a number finds any case, if need be only that it exists. */
export async function listCases(ctx: Ctx, input: ListInput): Promise<CaseList> {
  if (seesMaskedOnly(ctx.actor)) return nothing;
  const number = input.q ? readCaseNumber(input.q) : undefined;
  if (number === 'mistyped') return { ...nothing, numberMistyped: true };
  if (number) return byNumber(ctx, number.number);
  const rows = await searchCases(ctx.db, {
    teamIds: teamsWithin(ctx.actor, 'read_case'),
    personId: ctx.actor.id,
    words: input.q,
    namedCustomerIds: input.q ? await customerIdsFor(ctx.db, input.q) : [],
    customerIds: input.customerId ? await familyOf(ctx.db, input.customerId) : undefined,
    state: input.state,
    ownedOnly: input.owner === 'me',
    before: input.cursor ? readCursor(input.cursor) : undefined,
    limit: input.limit + 1,
  });
  return { ...nothing, ...(await pageOf(ctx, rows, input.limit)) };
}

async function byNumber(ctx: Ctx, number: string): Promise<CaseList> {
  const id = await caseByNumber(ctx.db, number);
  if (!id) return nothing;
  try {
    const { kase } = await loadCase(ctx, id);
    return { ...nothing, items: await presentCases(ctx.db, [kase]) };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const kase = mayGiveReason(ctx.actor) ? await findCase(ctx.db, id) : undefined;
    return { ...nothing, locked: kase && !kase.restrictedAt ? [{ id: kase.id, number: kase.number }] : [] };
  }
}

/** Every case of a customer and of those merged with them. What the caller may not read is told by its number only, to those who may give a reason. */
export async function listCasesOfCustomer(ctx: Ctx, { id, limit, cursor }: { id: string; limit: number; cursor?: string | undefined }) {
  if (seesMaskedOnly(ctx.actor)) return { items: [], nextCursor: null, locked: [] };
  const rows = await searchCases(ctx.db, {
    teamIds: 'all',
    personId: ctx.actor.id,
    customerIds: await familyOf(ctx.db, id),
    before: cursor ? readCursor(cursor) : undefined,
    limit: limit + 1,
  });
  const readable = await readableCases(ctx, rows.slice(0, limit));
  const page = await pageOf(ctx, rows, limit, readable);
  const locked = rows.slice(0, limit).filter((row) => !readable.has(row.id));
  return { ...page, locked: mayGiveReason(ctx.actor) ? locked.map((row) => ({ id: row.id, number: row.number })) : [] };
}

/** Which of these the caller may read. */
export async function readableCases(ctx: Ctx, rows: readonly CaseRow[]): Promise<Set<string>> {
  const links = await linksOf(
    ctx.db,
    rows.map((row) => row.id),
  );
  const caseOf = new Map(links.map((l) => [l.conversationId, l.caseId]));
  const conversations = await conversationFacts(ctx.db, [...caseOf.keys()]);
  const readable = await readableConversations(ctx, [...conversations.values()]);
  const found = new Set(readable.flatMap((c) => caseOf.get(c.id) ?? []));
  for (const row of rows) if (row.ownerId !== null && row.ownerId === ctx.actor.id) found.add(row.id);
  return found;
}

async function pageOf(ctx: Ctx, rows: readonly CaseRow[], limit: number, readable?: ReadonlySet<string>) {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const shown = readable ? page.filter((row) => readable.has(row.id)) : page;
  return {
    items: await presentCases(ctx.db, shown),
    nextCursor: rows.length > limit && last ? writeCursor(last.lastActivityAt, last.id) : null,
  };
}
