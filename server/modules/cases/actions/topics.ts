import type { Topic } from '../../../../contract/cases.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { fail } from '../errors.ts';
import { presentTopic } from '../present.ts';
import { allTopics, findTopics, insertTopic, isAncestor, replaceTopic, topicExists } from '../queries/topics.ts';

interface TopicFields {
  parentId: string | null;
  label: { de: string; en: string };
  ownerDepartment: string;
  trainingSuitable: boolean;
}

export const listTopics = async (ctx: Ctx): Promise<{ items: Topic[] }> => ({ items: (await allTopics(ctx.db)).map(presentTopic) });

export async function addTopic(ctx: Ctx, input: TopicFields & { key: string }): Promise<{ topic: Topic }> {
  if (input.parentId && !(await topicExists(ctx.db, input.parentId))) throw fail('cases.topic_unknown');
  const { label, ...rest } = input;
  const made = await insertTopic(ctx.db, { id: newId(ctx.now.getTime()), ...rest, labelDe: label.de, labelEn: label.en });
  if (!made) throw fail('cases.topic_exists', { key: input.key });
  ctx.emit('cases.topic_changed', { topicId: made.id });
  return { topic: presentTopic(made) };
}

type TopicChanges = { [K in keyof TopicFields]?: TopicFields[K] | undefined };

export async function changeTopic(ctx: Ctx, { id, ...change }: TopicChanges & { id: string }): Promise<{ topic: Topic }> {
  const [topic] = await findTopics(ctx.db, [id]);
  if (!topic) throw core('core.not_found');
  const parentId = change.parentId === undefined ? topic.parentId : change.parentId;
  if (parentId && !(await topicExists(ctx.db, parentId))) throw fail('cases.topic_unknown');
  if (parentId && (await isAncestor(ctx.db, id, parentId))) throw fail('cases.topic_loop');
  const changed = await replaceTopic(ctx.db, {
    ...topic,
    parentId,
    labelDe: change.label?.de ?? topic.labelDe,
    labelEn: change.label?.en ?? topic.labelEn,
    ownerDepartment: change.ownerDepartment ?? topic.ownerDepartment,
    trainingSuitable: change.trainingSuitable ?? topic.trainingSuitable,
  });
  ctx.emit('cases.topic_changed', { topicId: id });
  return { topic: presentTopic(changed) };
}
