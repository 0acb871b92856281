import type { Conversation, Message } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { accountsFor, channelOf } from '../../channels/index.ts';
import { findOrCreateMany, mayReadCustomer } from '../../customers/index.ts';
import { defaultTeamId } from '../../workspace/index.ts';
import { changeState } from '../changes/change-state.ts';
import { customerTaken } from '../claims/claim.ts';
import { fail } from '../errors.ts';
import { mayRead } from '../policy.ts';
import { conversationFacts } from '../queries.ts';
import { type MessageRow, messageColumns } from '../rows.ts';
import { onlyDrafts, present } from './reply.ts';
import { type Content, writeOutgoing } from './write-outgoing.ts';

export interface StartInput extends Content {
  accountId: string;
  customerId?: string | undefined;
}

/** Writes first. The conversation waits for the customer from the start; its case is found or opened as for an incoming one. */
export async function startConversation(ctx: Ctx, input: StartInput): Promise<{ message: Message; conversation: Conversation }> {
  if (onlyDrafts(ctx) || !ctx.actor.id) throw core('core.forbidden', { right: 'write_private_reply' });
  const again = await ctx.db.maybe<MessageRow>(sql`select ${messageColumns} from messages m where m.draft_id = ${input.draftId}`);
  if (again) {
    const known = (await conversationFacts(ctx.db, [again.conversationId])).get(again.conversationId);
    if (!known || known.restrictedAt || again.authorId !== ctx.actor.id) throw core('core.conflict');
    return present(ctx, known, again, known);
  }
  const { account, channel, teamId } = await accountToStart(ctx, input.accountId);
  const [first] = input.to;
  if (!first) throw fail('conversations.no_recipient');
  // Whoever writes to a customer may read them from then on, so it must be one whom the caller reads already, or whom the address names.
  if (input.customerId && !(await mayReadCustomer(ctx, input.customerId))) throw core('core.not_found');

  const value = channel.identity.normalise(first.address) ?? first.address.toLowerCase();
  const [found] = await findOrCreateMany(ctx, [
    { kind: channel.identity.kind, value, label: first.address, name: first.name, evidence: 'written_to' },
  ]);
  if (!found) throw new Error('A recipient has no customer');
  const customerId = input.customerId ?? found.rootId;
  const ownCustomerId = input.customerId ?? found.customerId;
  const id = newId(ctx.now.getTime());
  await ctx.db.exec(sql`insert into conversations (id, channel, account_id, visibility, state, subject, preview, customer_id, customer_root_id, case_id, team_id, assignee_id,
      claimed_by, claimed_at, claim_until, fence, last_message_at, last_direction, participants, created_at)
    values (${id}, ${account.kind}, ${account.id}, 'private', 'in_progress', ${input.subject ?? ''}, '', ${ownCustomerId}, ${customerId}, null, ${teamId}, ${ctx.actor.id},
      ${ctx.actor.id}, ${ctx.now}, ${ctx.now}, 1, ${ctx.now}, 'out', ${[value]}, ${ctx.now})`);
  const row = (await conversationFacts(ctx.db, [id])).get(id);
  if (!row) throw new Error('A conversation was not written');
  if ((await ctx.db.exec(customerTaken(ctx, customerId, ctx.actor.id))) === 0) throw fail('conversations.customer_already_served');
  ctx.emit('conversations.opened', {
    conversationId: id,
    customerId,
    teamId,
    channel: account.kind,
    accountId: account.id,
    relatedId: null,
  });
  // A subject that nobody wrote is none, not one of an answer.
  const content = { ...input, subject: input.subject ?? '' };
  const written = await writeOutgoing(ctx, row, content, { direction: 'out', authorKind: 'person', draftKind: 'reply', then: 'wait' });
  // Nobody reported anything: there is nothing yet that we owe them a solution of.
  return present(ctx, changeState(ctx, written.conversation, 'send_and_wait', { asks: true }), written.message, row);
}

/** The account a message leaves by that answers none, if the actor may write from it. */
export async function accountToStart(ctx: Ctx, accountId: string) {
  const account = (await accountsFor(ctx.db, [accountId])).get(accountId);
  if (!account) throw core('core.not_found');
  const channel = channelOf(account.kind);
  if (!channel?.descriptor.capabilities.canStart) throw fail('conversations.channel_cannot_start');
  const teamId = account.teamId ?? (await defaultTeamId(ctx.db));
  if (!mayRead(ctx.actor, { teamId, assigneeId: null, claimedBy: null }, false, 'write_private_reply')) throw core('core.not_found');
  return { account, channel, teamId };
}
