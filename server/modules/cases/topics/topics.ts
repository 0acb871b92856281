import type { Topic } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { fail } from '../errors.ts';
import { presentTopic } from '../present.ts';
import { allTopics, findTopics, hasPartsInUse, insertTopic, isAncestor, lockTopics, replaceTopic } from './queries.ts';

interface TopicFields {
  parentId: string | null;
  label: { de: string; en: string };
  ownerDepartment: string;
  trainingSuitable: boolean;
}

export const listTopics = async (ctx: Ctx): Promise<{ items: Topic[] }> => ({ items: (await allTopics(ctx.db)).map(presentTopic) });

export async function addTopic(ctx: Ctx, input: TopicFields & { key: string }): Promise<{ topic: Topic }> {
  await lockTopics(ctx.db);
  if (input.parentId) await assertTopicInUse(ctx, input.parentId);
  const { label, ...rest } = input;
  const made = await insertTopic(ctx.db, { id: newId(ctx.now.getTime()), ...rest, labelDe: label.de, labelEn: label.en });
  if (!made) throw fail('cases.topic_exists', { key: input.key });
  ctx.emit('cases.topic_changed', { topicId: made.id });
  return { topic: presentTopic(made) };
}

type TopicChanges = { [K in keyof TopicFields]?: TopicFields[K] | undefined } & { retired?: boolean | undefined };

/** What is in use hangs on what is in use, up to the top; what fits nowhere else always has its place. */
export async function changeTopic(ctx: Ctx, { id, ...change }: TopicChanges & { id: string }): Promise<{ topic: Topic }> {
  await lockTopics(ctx.db);
  const [topic] = await findTopics(ctx.db, [id]);
  if (!topic) throw core('core.not_found');
  const parentId = change.parentId === undefined ? topic.parentId : change.parentId;
  const retired = change.retired ?? topic.retiredAt !== null;
  if (topic.key === catchAll && (retired || parentId)) throw fail('cases.topic_stays');
  if (parentId && parentId !== topic.parentId && (await isAncestor(ctx.db, id, parentId))) throw fail('cases.topic_loop');
  if (parentId && (!retired || parentId !== topic.parentId)) await assertTopicInUse(ctx, parentId);
  if (retired && !topic.retiredAt && (await hasPartsInUse(ctx.db, id))) throw fail('cases.topic_has_parts');
  const changed = await replaceTopic(ctx.db, {
    ...topic,
    parentId,
    labelDe: change.label?.de ?? topic.labelDe,
    labelEn: change.label?.en ?? topic.labelEn,
    ownerDepartment: change.ownerDepartment ?? topic.ownerDepartment,
    trainingSuitable: change.trainingSuitable ?? topic.trainingSuitable,
    retiredAt: retired ? (topic.retiredAt ?? ctx.now) : null,
  });
  ctx.emit('cases.topic_changed', { topicId: id });
  return { topic: presentTopic(changed) };
}

/** The topic of what fits no other; the share of it says whether the tree is good. */
const catchAll = 'other';

export async function assertTopicInUse(ctx: Ctx, id: string): Promise<void> {
  const [topic] = await findTopics(ctx.db, [id]);
  if (!topic) throw fail('cases.topic_unknown');
  if (topic.retiredAt) throw fail('cases.topic_retired');
}
