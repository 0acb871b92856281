import type { Ctx } from '../../../platform/context.ts';
import { nobody } from '../../../platform/actor.ts';
import type { Db } from '../../../platform/database/sql.ts';
import { type ConversationRow, conversationFacts, conversationsOfCase } from '../../conversations/index.ts';
import { type KnownIdentity, knownIdentity, summaries } from '../../customers/index.ts';
import { companySettings } from '../../workspace/index.ts';
import { fail } from '../errors.ts';
import { findCase } from '../queries/cases.ts';
import type { CaseRow } from '../queries/rows.ts';
import { type PageLink, readLink } from './link.ts';
import { pageStateOf } from './queries.ts';

/** How long a link leads somewhere after the last answer in its conversation. */
export const linkDays = 90;

/** A page that is there: whose, about what, until when. */
export interface Page {
  identity: KnownIdentity;
  conversation: ConversationRow;
  kase: CaseRow;
  /** Conversations of the case that are the same customer's. */
  conversationIds: string[];
  until: Date;
  /** Whoever confirmed the address before that must do so again. */
  withdrawnAt: Date | null;
}

type Reading = Pick<Ctx, 'db' | 'now' | 'platform'>;

/**
 * The page a link leads to. Every reason why there is none is told alike: signed elsewhere, ended, withdrawn, of somebody restricted or erased, of an
 * address that is the customer's no more. A merged conversation or case leads to where it lives now, a split or moved one goes with its conversation.
 */
export async function openPage(ctx: Reading, link: string): Promise<Page> {
  const named = readLink(ctx.platform.secrets, link);
  const page = named && (await pageOf(ctx, named));
  if (!page) throw fail('cases.page_unavailable');
  return page;
}

export async function pageOf(ctx: Reading, link: PageLink): Promise<Page | undefined> {
  const { db, now } = ctx;
  if (!(await companySettings(db)).customerPage) return undefined;
  const identity = await knownIdentity(db, link.identityId);
  const conversation = identity && (await standing(db, link.conversationId));
  if (!identity || !conversation || conversation.restrictedAt) return undefined;
  const of = await pageStateOf(db, conversation.id);
  // What was withdrawn before a merge stays so.
  const named = conversation.id === link.conversationId ? of : await pageStateOf(db, link.conversationId);
  const kase = of && (await findCase(db, of.caseId));
  if (!of || !kase || kase.restrictedAt || kase.mergedInto) return undefined;
  const theirs = await conversationsOf(db, kase.id, identity.customerId);
  if (!theirs.includes(conversation.id)) return undefined;
  const withdrawnAt = latest(of.withdrawnAt, named?.withdrawnAt ?? null);
  if (withdrawnAt && link.issuedAt <= withdrawnAt) return undefined;
  const last = latest(link.issuedAt, of.lastAnswerAt) ?? link.issuedAt;
  const until = new Date(last.getTime() + linkDays * 86_400_000);
  return until > now ? { identity, conversation, kase, conversationIds: theirs, until, withdrawnAt } : undefined;
}

/** The conversation, or the one it was merged into. */
async function standing(db: Db, id: string): Promise<ConversationRow | undefined> {
  const row = (await conversationFacts(db, [id])).get(id);
  return row?.mergedInto ? standing(db, row.mergedInto) : row;
}

/** By whom the identity counts as today, also where a merge of customers has not been followed yet. */
async function conversationsOf(db: Db, caseId: string, customerId: string): Promise<string[]> {
  const rows = await conversationsOfCase(db, caseId);
  const roots = await summaries(
    db,
    rows.map((row) => row.ownCustomerId),
  );
  return rows.filter((row) => roots.get(row.ownCustomerId)?.id === customerId).map((row) => row.id);
}

/** The customer as whoever acts on the page. */
export const asCustomer = (ctx: Ctx, { identity }: Page): Ctx => ({ ...ctx, actor: { ...nobody, id: identity.customerId } });

const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));
