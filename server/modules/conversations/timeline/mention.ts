import type { Ctx } from '../../../platform/context.ts';
import { actorOf, audit } from '../../workspace/index.ts';
import { grantAccess } from '../access/grant-access.ts';
import { readersByGrant } from '../access/listeners.ts';
import { fail } from '../errors.ts';
import { mayGiveReason, mayRead, seesMaskedOnly } from '../policy.ts';
import type { ConversationRow } from '../rows.ts';

/** How long somebody who was mentioned may read the conversation. */
const mentionDays = 30;

export interface Mentions {
  personIds: string[];
  /** Those whom the mention opens the conversation to. */
  opened: string[];
}

/**
 * Only who may read the conversation is mentioned in it. To those who could read it for a written reason a mention opens it, as a colleague's word is
 * reason enough; but whoever reads by such a grant themselves hands none on, neither to others nor, longer, to themselves.
 */
export async function admitMentions(ctx: Ctx, row: ConversationRow, wanted: readonly string[]): Promise<Mentions> {
  const mentions: Mentions = { personIds: [...new Set(wanted)], opened: [] };
  const refused: { id: string; name: string }[] = [];
  const granted = (await readersByGrant(ctx.db, [row.id], ctx.now)).get(row.id) ?? [];
  const mayOpen = mayRead(ctx.actor, row, false);
  for (const id of mentions.personIds) {
    const person = await actorOf(ctx, id);
    if (!person || seesMaskedOnly(person)) refused.push({ id, name: person?.name ?? '' });
    else if (mayRead(person, row, false)) continue;
    else if (mayOpen && id !== ctx.actor.id && mayGiveReason(person)) mentions.opened.push(id);
    else if (!mayRead(person, row, granted.includes(id))) refused.push({ id, name: person.name });
  }
  if (refused.length > 0)
    throw fail('conversations.mention_cannot_read', {
      personIds: refused.map(({ id }) => id),
      names: refused.flatMap(({ name }) => name || []).join(', '),
    });
  return mentions;
}

const mentionEnds = (ctx: Ctx): Date => new Date(ctx.now.getTime() + mentionDays * 86_400_000);

export async function openToMentioned(ctx: Ctx, row: ConversationRow, { opened }: Mentions): Promise<void> {
  for (const personId of opened) await grantAccess(ctx, [row.id], personId, mentionEnds(ctx));
}

/** After everything else of the transaction: the audit log is locked from here to its end. */
export async function auditMentioned(ctx: Ctx, row: ConversationRow, { opened }: Mentions): Promise<void> {
  for (const personId of opened) {
    await audit(ctx, {
      action: 'conversations.opened_by_mention',
      object: { kind: 'conversation', id: row.id },
      data: { personId, until: mentionEnds(ctx).toISOString() },
    });
  }
}
