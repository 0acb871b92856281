import type { Ctx } from '../../../platform/context.ts';
import { fail as core, DomainError } from '../../../platform/errors.ts';
import { conversationsOfCase, grantAccess, mayGiveReason } from '../../conversations/index.ts';
import { audit } from '../../workspace/index.ts';
import { factsOf } from '../facts.ts';
import { findCase, survivorOf } from '../queries/cases.ts';
import { accessHours } from '../state/kase.ts';
import { assertReadable } from './visible.ts';

/** Opens somebody else's case for reading, for a written reason that the audit log keeps. */
export async function grantCaseAccess(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<{ until: string }> {
  const survivor = await survivorOf(ctx.db, id);
  const kase = survivor && (await findCase(ctx.db, survivor));
  if (!kase || kase.restrictedAt || !ctx.actor.id || !mayGiveReason(ctx.actor)) throw core('core.not_found');
  const conversations = await conversationsOfCase(ctx.db, kase.id);
  const until = new Date(ctx.now.getTime() + accessHours * 3_600_000);
  if (await isReadable(() => assertReadable(ctx, kase, conversations))) return { until: until.toISOString() };
  await grantAccess(
    ctx,
    conversations.map((c) => c.id),
    ctx.actor.id,
    until,
  );
  ctx.emit('cases.access_granted', { ...factsOf(kase, conversations), personId: ctx.actor.id }, kase.id);
  await audit(ctx, {
    action: 'cases.opened_with_reason',
    object: { kind: 'case', id: kase.id },
    reason,
    data: { until: until.toISOString() },
  });
  return { until: until.toISOString() };
}

async function isReadable(check: () => Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}
