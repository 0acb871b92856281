import { useState } from 'react';
import type { Queue } from '../../../../contract/routing.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { currentLanguage, useText } from '../../../platform/i18n/i18n.ts';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { readingOrder, useTopics } from '../../cases/index.ts';
import { languageName } from '../../customers/index.ts';
import { useSkills } from '../../workspace/index.ts';
import { Choice } from '../work-filter/choice.tsx';
import { FilterFields } from '../work-filter/filter-fields.tsx';
import { OverflowFields } from './overflow-fields.tsx';
import { ReserveField } from './reserve-field.tsx';
import { useQueues } from './use-queues.ts';

const fresh = (): Queue => ({
  id: crypto.randomUUID(),
  name: '',
  channels: [],
  visibility: 'any',
  teamIds: [],
  priorities: [],
  topicIds: [],
  languages: [],
  needs: [],
  isOffered: false,
  keepFree: 0,
  overflow: { teamIds: [], whenClosed: false, afterMinutes: null },
});
/** Those that customers of a German company speak most, and what the queue has beside them. */
const languages = ['de', 'en', 'tr', 'ru', 'pl', 'ar', 'uk', 'ro', 'it', 'fr', 'es', 'nl', 'da'];
const levels = ['0', '1', '2', '3'] as const;

/** One queue: which work stands in it, and what whoever takes it must be able to do. */
export function QueueDialog({ queue, onDone, onClose }: { queue: Queue | null; onDone: (queue: Queue) => void; onClose: () => void }) {
  const t = useText('routing');
  const language = currentLanguage();
  const skills = useSkills() ?? [];
  const { topics = [], tree } = useTopics();
  const isSaved = useQueues().some(({ id }) => id === queue?.id);
  const [made, setMade] = useState(() => queue ?? fresh());
  const set = (part: Partial<Queue>) => setMade((before) => ({ ...before, ...part }));
  const apply = useAction(async () => onDone({ ...made, name: made.name.trim() }));
  const levelOf = (skillId: string) => levels[made.needs.find((need) => need.skillId === skillId)?.level ?? 0] ?? '0';
  const need = (skillId: string, level: number) =>
    set({ needs: [...made.needs.filter((one) => one.skillId !== skillId), ...(level > 0 ? [{ skillId, level }] : [])] });
  return (
    <FormDialog
      wide
      title={queue ? t('lines.change', { name: queue.name }) : t('lines.add')}
      action={apply}
      confirm={t('lines.done')}
      disabled={!made.name.trim()}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <Field label={t('queues.name')}>
          <Input required maxLength={60} value={made.name} onChange={({ target }) => set({ name: target.value })} />
        </Field>
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 font-medium">{t('queues.skills')}</legend>
          {skills.length === 0 && <p className="text-muted">{t('queues.noSkills')}</p>}
          {skills.map(({ id, label }) => (
            <span key={id} className="flex items-center justify-between gap-3">
              <span aria-hidden="true">{label[language]}</span>
              <Select
                label={t('queues.level', { skill: label[language] })}
                className="w-36 shrink-0"
                options={levels.map((value) => ({ value, label: t(`queues.levels.${value}`) }))}
                value={levelOf(id)}
                onChange={(level) => need(id, Number(level))}
              />
            </span>
          ))}
        </fieldset>
        <Checkbox
          label={t('queues.offered')}
          hint={t('queues.offeredHint')}
          checked={made.isOffered}
          onChange={(isOffered) => set({ isOffered })}
        />
        {made.isOffered && <OverflowFields overflow={made.overflow} onChange={(overflow) => set({ overflow })} />}
        <ReserveField savedId={isSaved ? made.id : null} people={made.keepFree} onChange={(keepFree) => set({ keepFree })} />
        <Choice
          legend={t('filter.languages')}
          options={[...new Set([...languages, ...made.languages])].map((id) => ({ id, label: languageName(id, language) }))}
          chosen={made.languages}
          onChange={(chosen) => set({ languages: chosen })}
        />
      </div>
      <div className="flex flex-col gap-4">
        <FilterFields filter={made} onChange={set} />
        <Choice
          legend={t('filter.topics')}
          options={readingOrder(tree)
            .filter(({ topic }) => topic.retiredAt === null || made.topicIds.includes(topic.id))
            .map(({ topic }) => ({ id: topic.id, label: topic.label[language] }))}
          chosen={made.topicIds.filter((id) => topics.some((topic) => topic.id === id))}
          onChange={(topicIds) => set({ topicIds })}
        />
        <p className="text-xs text-muted">{t('filter.anyHint')}</p>
      </div>
    </FormDialog>
  );
}
