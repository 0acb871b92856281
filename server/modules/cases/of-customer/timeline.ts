import type { CaseRow, HandoverRow } from '../queries/rows.ts';
import type { caseEndpoints as api, CustomerMoment, Happening } from '../../../../contract/cases.ts';
import type { ParsedInputOf } from '../../../../contract/core.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type CustomerMessage, conversationFacts, messagesOfCustomers, readableConversations } from '../../conversations/index.ts';
import { findStatements } from '../commitments/queries.ts';
import { findHandovers } from '../handovers/queries.ts';
import { seesMaskedOnly } from '../policy.ts';
import { presentHandover, presentStatement } from '../present.ts';
import { countingAs, findCases, survivorsOf } from '../queries/cases.ts';
import { readCursor, writeCursor } from '../../../platform/http/cursor.ts';
import { readableCases } from '../reading/list.ts';
import { readableFamily } from './family.ts';
import { type HappeningRow, historyOf } from './history.ts';

type Line = { id: string; at: Date; message: CustomerMessage } | { id: string; at: Date; happening: HappeningRow };

/**
 * Everything written with a customer and what happened to their cases in one order of time. A page is cut before it is asked who asks, so that its
 * cost is bounded; what the caller may not read is left out of it then.
 */
export async function timelineOfCustomer(ctx: Ctx, { id, limit, cursor, channel, caseId }: ParsedInputOf<typeof api.timelineOfCustomer>) {
  const family = await readableFamily(ctx, id);
  if (seesMaskedOnly(ctx.actor)) return { items: [], nextCursor: null };
  const slice = {
    limit: limit + 1,
    before: cursor ? readCursor(cursor) : undefined,
    caseIds: caseId ? await countingAs(ctx.db, caseId) : undefined,
  };
  const messages = await messagesOfCustomers(ctx.db, family, { ...slice, channel });
  // A happening has no channel.
  const happenings = channel ? [] : await historyOf(ctx.db, family, slice);
  const lines: Line[] = [
    ...messages.map((message) => ({ id: message.id, at: message.at, message })),
    ...happenings.map((happening) => ({ id: happening.id, at: happening.at, happening })),
  ].toSorted(newestFirst);
  const page = lines.slice(0, limit);
  const last = page.at(-1);
  return { items: await present(ctx, page), nextCursor: lines.length > limit && last ? writeCursor(last.at, last.id) : null };
}

/** As the database orders uuids. */
const newestFirst = (a: Line, b: Line): number => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1);

async function present(ctx: Ctx, page: readonly Line[]): Promise<CustomerMoment[]> {
  const { caseOf, conversations } = await readableOf(ctx, page);
  const happenings = await presentHappenings(
    ctx,
    page.flatMap((line) => ('happening' in line ? [line.happening] : [])),
    caseOf,
  );
  return page.flatMap((line): CustomerMoment[] => {
    const head = { id: line.id, at: line.at.toISOString() };
    if ('message' in line) {
      const { at: _, caseId, ...message } = line.message;
      const kase = caseId ? caseOf(caseId) : undefined;
      if (!kase && !conversations.has(message.conversationId)) return [];
      return [{ ...head, case: named(kase), message, happening: null }];
    }
    const { caseId } = line.happening;
    const kase = caseId ? caseOf(caseId) : undefined;
    if (caseId && !kase) return [];
    return [{ ...head, case: named(kase), message: null, happening: happenings.get(line.id) ?? null }];
  });
}

const named = (kase: CaseRow | undefined): CustomerMoment['case'] =>
  kase ? { id: kase.id, number: kase.number, subject: kase.subject } : null;

/** Whoever may read one conversation of a case reads the whole of it; a conversation of no case is read by itself. */
async function readableOf(ctx: Ctx, page: readonly Line[]) {
  const conversations = await conversationFacts(ctx.db, [
    ...new Set(page.flatMap((line) => ('message' in line ? [line.message.conversationId] : []))),
  ]);
  const mentioned = page.flatMap((line) => {
    if ('message' in line) return line.message.caseId ?? [];
    const { what, caseId, aboutId } = line.happening;
    return [caseId, isMove(what) ? aboutId : null].filter((one) => one !== null);
  });
  const survivors = await survivorsOf(ctx.db, [...new Set(mentioned)]);
  const cases = (await findCases(ctx.db, [...new Set(survivors.values())])).filter((kase) => !kase.restrictedAt);
  const readable = await readableCases(ctx, cases);
  const byId = new Map(cases.filter(({ id }) => readable.has(id)).map((kase) => [kase.id, kase]));
  return {
    /** The case an id stands for now, if the caller may read it. */
    caseOf: (id: string): CaseRow | undefined => byId.get(survivors.get(id) ?? id),
    conversations: new Set((await readableConversations(ctx, [...conversations.values()])).map(({ id }) => id)),
  };
}

const moves: readonly HappeningRow['what'][] = ['merged', 'unmerged', 'split', 'transferred'];
const isMove = (what: HappeningRow['what']): boolean => moves.includes(what);

async function presentHappenings(
  ctx: Ctx,
  rows: readonly HappeningRow[],
  caseOf: (id: string) => CaseRow | undefined,
): Promise<Map<string, Happening>> {
  const about = (matches: (what: HappeningRow['what']) => boolean): string[] => [
    ...new Set(rows.flatMap((row) => (row.aboutId && matches(row.what) ? [row.aboutId] : []))),
  ];
  const statements = await findStatements(
    ctx.db,
    about((what) => what === 'statement_made' || what.startsWith('commitment_')),
  );
  const handovers = await findHandovers(
    ctx.db,
    about((what) => what.startsWith('handover_')),
  );
  return new Map(
    rows.map((row) => {
      const statement = statements.find((one) => one.id === row.aboutId);
      const handover = handovers.find((one) => one.id === row.aboutId);
      const other = row.aboutId && isMove(row.what) ? caseOf(row.aboutId) : undefined;
      return [
        row.id,
        {
          what: row.what,
          byId: row.byId,
          statement: statement ? presentStatement(statement) : null,
          handover: handover ? inShort(handover) : null,
          other: named(other),
        },
      ];
    }),
  );
}

/** The brief is read with the hand-over. */
function inShort(row: HandoverRow): NonNullable<Happening['handover']> {
  const { id, fromId, to, state, reason, acceptedById } = presentHandover(row);
  return { id, fromId, to, state, reason, acceptedById };
}
