import { useId, useState } from 'react';
import type { Topic } from '../../../../contract/cases.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { addTopic, changeTopic } from '../api.ts';
import { type Branch, familyOf, isCatchAll, keyFor, readingOrder } from './tree.ts';

interface Props {
  /** Null: a new one. */
  topic: Topic | null;
  below: Topic | null;
  topics: readonly Topic[];
  tree: readonly Branch[];
  onClose: () => void;
}

/** Names, place and department of a topic; a new one, or one that is renamed or moved. */
export function TopicDialog({ topic, below, topics, tree, onClose }: Props) {
  const t = useText('cases');
  const general = useText('platform');
  const language = currentLanguage();
  const departmentsId = useId();
  const [de, setDe] = useState(topic?.label.de ?? '');
  const [en, setEn] = useState(topic?.label.en ?? '');
  const [parentId, setParentId] = useState(topic ? topic.parentId : (below?.id ?? null));
  const [department, setDepartment] = useState(topic?.ownerDepartment ?? below?.ownerDepartment ?? '');
  const [trainingSuitable, setTrainingSuitable] = useState(topic?.trainingSuitable ?? false);
  const departments = [...new Set(topics.map(({ ownerDepartment }) => ownerDepartment))].toSorted((a, b) => a.localeCompare(b, language));
  const own = topic ? familyOf(topics, topic.id) : new Set<string>();
  const places = [
    { value: '', label: t('topics.top') },
    ...readingOrder(tree)
      .filter((line) => !own.has(line.topic.id) && line.topic.retiredAt === null)
      .map((line) => ({
        value: line.topic.id,
        label: line.topic.label[language],
        ...(line.parent ? { hint: line.parent.label[language] } : {}),
      })),
  ];
  const save = useAction(async () => {
    const fields = { parentId, label: { de: de.trim(), en: en.trim() }, ownerDepartment: department.trim(), trainingSuitable };
    if (topic) {
      await changeTopic({ id: topic.id, ...fields });
      const { parentId: place, label, ownerDepartment, trainingSuitable: suited } = topic;
      const undo = () => changeTopic({ id: topic.id, parentId: place, label, ownerDepartment, trainingSuitable: suited }).catch(refused);
      notify({
        title: t('topics.changed', { name: fields.label[language] }),
        milliseconds: 10_000,
        action: { label: general('undo'), run: () => void undo() },
      });
    } else {
      const parent = topics.find(({ id }) => id === parentId) ?? null;
      await addTopic({ key: keyFor(fields.label.en, parent, topics), ...fields });
      notify({ title: t('topics.added', { name: fields.label[language] }) });
    }
    onClose();
  });
  return (
    <FormDialog
      onClose={onClose}
      title={topic ? t('topics.changeTitle', { name: topic.label[language] }) : t('topics.add')}
      action={save}
      confirm={topic ? general('save') : general('add')}
      disabled={!de.trim() || !en.trim() || !department.trim()}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('topics.nameDe')} error={save.fieldProblem('label.de')}>
          <Input required maxLength={100} value={de} onChange={(event) => setDe(event.target.value)} />
        </Field>
        <Field label={t('topics.nameEn')} error={save.fieldProblem('label.en')}>
          <Input required maxLength={100} value={en} onChange={(event) => setEn(event.target.value)} />
        </Field>
      </div>
      {topic && isCatchAll(topic) ? (
        <p className="text-muted">{t('topics.staysHint')}</p>
      ) : (
        <Field label={t('topics.place')}>
          <Combobox
            choices={places}
            value={parentId ?? ''}
            emptyText={t('topics.nothingFound')}
            onChange={(next) => next !== null && setParentId(next || null)}
          />
        </Field>
      )}
      <Field label={t('topics.department')} hint={t('topics.departmentHint')} error={save.fieldProblem('ownerDepartment')}>
        <Input required maxLength={100} list={departmentsId} value={department} onChange={(event) => setDepartment(event.target.value)} />
      </Field>
      <datalist id={departmentsId}>
        {departments.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </datalist>
      <Checkbox
        label={t('topics.trainingLabel')}
        hint={t('topics.trainingHint')}
        checked={trainingSuitable}
        onChange={setTrainingSuitable}
      />
    </FormDialog>
  );
}
