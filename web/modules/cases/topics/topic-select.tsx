import type { Case } from '../../../../contract/cases.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { chooseTopic } from '../api.ts';
import { readingOrder } from './tree.ts';
import { useTopics } from './use-topics.ts';

/** What a case is about. Retired topics are not offered; one that the case has keeps its name. */
export function TopicSelect({ kase, canChange }: { kase: Case; canChange: boolean }) {
  const t = useText('cases');
  const { topics, tree } = useTopics();
  const language = currentLanguage();
  const name = topics?.find(({ id }) => id === kase.topicId)?.label[language];
  if (!canChange || !topics) return <>{name ?? t('panel.noTopic')}</>;
  const choices = [
    { value: '', label: t('panel.noTopic') },
    ...readingOrder(tree)
      .filter(({ topic }) => topic.retiredAt === null || topic.id === kase.topicId)
      .map(({ topic, parent }) => ({
        value: topic.id,
        label: topic.label[language],
        ...(parent ? { hint: parent.label[language] } : {}),
      })),
  ];
  return (
    <Combobox
      label={t('panel.topic')}
      choices={choices}
      value={kase.topicId ?? ''}
      emptyText={t('topics.nothingFound')}
      onChange={(next) => {
        // Emptying the field is on the way to typing something else; the first choice takes the topic away.
        if (next !== null && next !== (kase.topicId ?? '')) chooseTopic(kase, next || null).catch(refused);
      }}
    />
  );
}
