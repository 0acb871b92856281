import type { Case } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { priorityLevel } from '../../conversations/index.ts';
import { actorOf } from '../../workspace/index.ts';
import { loadCase } from '../access/visible.ts';
import { fail } from '../errors.ts';
import { factsOf } from '../facts.ts';
import { presentOne } from '../present.ts';
import { type CaseChange, updateCase } from '../queries/cases.ts';
import { assertTopicInUse } from '../topics/topics.ts';

export interface ChangeInput {
  id: string;
  version: number;
  subject?: string | undefined;
  wish?: string | null | undefined;
  topicId?: string | null | undefined;
  priority?: Case['priority'] | undefined;
  tags?: string[] | undefined;
  ownerId?: string | undefined;
}

/** Changes what is named, when the caller saw the newest version: two who type at once must not silently undo each other. */
export async function changeCase(ctx: Ctx, { id, version, ...wanted }: ChangeInput): Promise<{ case: Case }> {
  const { kase, conversations } = await loadCase(ctx, id, { lock: true, ...(wanted.ownerId ? { right: 'claim' } : {}) });
  if (kase.version !== version) throw core('core.conflict', { version: kase.version });
  // A case keeps the topic it has, retired or not.
  if (wanted.topicId && wanted.topicId !== kase.topicId) await assertTopicInUse(ctx, wanted.topicId);
  if (wanted.ownerId && wanted.ownerId !== kase.ownerId) await assertCanOwn(ctx, wanted.ownerId);

  const { priority, tags, ...plain } = wanted;
  const change: CaseChange = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  if (priority) change.priority = priorityLevel(priority);
  if (tags) change.tags = [...new Set(tags)];
  const changed = await updateCase(ctx.db, id, change);
  const facts = factsOf(changed, conversations);
  if (changed.ownerId !== kase.ownerId) {
    ctx.emit('cases.owner_assigned', { ...facts, formerOwnerId: kase.ownerId, forced: false }, id);
  }
  if (Object.keys(change).some((key) => key !== 'ownerId')) {
    const topicChanged = changed.topicId !== kase.topicId;
    ctx.emit('cases.changed', { ...facts, what: 'fields', ...(topicChanged ? { topicChanged } : {}) }, id);
  }
  return { case: await presentOne(ctx.db, changed) };
}

/** Whoever owns a case or a commitment must be able to work on cases. */
export async function assertCanOwn(ctx: Ctx, personId: string): Promise<void> {
  const person = await actorOf(ctx, personId);
  if (!person || !ownerRoles.some((role) => person.roles.includes(role))) throw fail('cases.owner_unknown', { personId });
}

const ownerRoles = ['agent', 'social', 'lead', 'mentor', 'field'] as const;
