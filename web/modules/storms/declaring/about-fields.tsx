import type { StormAbout } from '../../../../contract/storms.ts';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { readingOrder, useTopics } from '../../cases/index.ts';
import { useQueues } from '../../routing/index.ts';

const none = '';

/** What a storm is about: a topic, words of customers, a queue; at least one of them. */
export function AboutFields({ about, onChange }: { about: StormAbout; onChange: (about: StormAbout) => void }) {
  const t = useText('storms');
  const general = useText('platform');
  const language = currentLanguage();
  const { tree } = useTopics();
  const queues = useQueues();
  const topics = readingOrder(tree)
    .filter(({ topic }) => topic.retiredAt === null || topic.id === about.topicId)
    .map(({ topic, parent }) => ({
      value: topic.id,
      label: topic.label[language],
      ...(parent ? { hint: parent.label[language] } : {}),
    }));
  const said = [about.topicId !== null, about.queueId !== null, about.words.length > 0].filter(Boolean).length;
  return (
    <fieldset className="grid gap-4 rounded-md border border-line p-3 sm:col-span-2 sm:grid-cols-2">
      <legend className="font-medium">{t('aboutWhat')}</legend>
      <Field label={t('topic')} hint={t('topicHint')}>
        <Combobox
          choices={[{ value: none, label: t('anyTopic') }, ...topics]}
          value={about.topicId ?? none}
          onChange={(next) => next !== null && onChange({ ...about, topicId: next || null })}
          emptyText={general('nothingFound')}
        />
      </Field>
      <Field label={t('words')} hint={t('wordsHint')}>
        <TagInput
          values={about.words}
          onChange={(words) => onChange({ ...about, words })}
          accept={(word) => (word.trim() && word.length <= 100 ? word.trim() : null)}
          most={20}
          fullText={t('wordsFull')}
          removeLabel={(what) => general('remove', { what })}
        />
      </Field>
      {queues.length > 0 && (
        <Field label={t('queue')}>
          <Select
            value={about.queueId ?? none}
            options={[{ value: none, label: t('anyQueue') }, ...queues.map(({ id, name }) => ({ value: id, label: name }))]}
            onChange={(next) => onChange({ ...about, queueId: next || null })}
          />
        </Field>
      )}
      {said > 1 && (
        <Field label={t('match')}>
          <Select
            value={about.match}
            options={(['all', 'any'] as const).map((value) => ({ value, label: t(`matches.${value}`) }))}
            onChange={(match) => onChange({ ...about, match })}
          />
        </Field>
      )}
    </fieldset>
  );
}
