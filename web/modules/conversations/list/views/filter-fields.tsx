import type { ViewFilter } from '../../../../../contract/conversations.ts';
import { currentLanguage, useText } from '../../../../platform/i18n/i18n.ts';
import { Checkbox } from '../../../../ui/form/checkbox.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Select } from '../../../../ui/form/select.tsx';
import { TagInput } from '../../../../ui/form/tag-input.tsx';
import { useChannels } from '../../../channels/index.ts';
import { useQueues } from '../../../routing/index.ts';
import { useTeams } from '../../../workspace/index.ts';

const assignees = ['everybody', 'me', 'nobody', 'anybody'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;
const states = ['queued', 'in_progress', 'waiting_customer', 'waiting_internal', 'waiting_third_party', 'resolved'] as const;
const waits = [1, 2, 4, 8, 24, 48, 72, 168] as const;
const snoozed = { hide: false, also: undefined, only: true } as const;
const now = { any: undefined, nobody: false, somebody: true } as const;

interface Props {
  filter: ViewFilter;
  onChange: (filter: ViewFilter) => void;
}

/** Everything a view can be narrowed by. Nothing chosen means all, so that an untouched filter hides nothing. */
export function FilterFields({ filter, onChange }: Props) {
  const t = useText('conversations');
  const general = useText('platform');
  const channels = useChannels();
  const queues = useQueues();
  const teams = useTeams().filter((team) => !team.archived || filter.teamIds?.includes(team.id));
  const set = (part: Partial<ViewFilter>): void => onChange({ ...filter, ...part });
  const span = (hours: number): string =>
    hours % 24 === 0 ? t('filter.days', { count: hours / 24 }) : t('filter.hours', { count: hours });
  return (
    <>
      <Field label={t('viewEditor.who')}>
        <Select
          value={filter.assignee ?? 'everybody'}
          options={assignees.map((value) => ({ value, label: t(`viewEditor.assignee.${value}`) }))}
          onChange={(assignee) => set({ assignee: assignee === 'everybody' ? undefined : assignee })}
        />
      </Field>
      <Field label={t('viewEditor.waiting')}>
        <Select
          value={String(filter.waitingHours ?? '')}
          options={[
            { value: '', label: t('viewEditor.anyWait') },
            ...waits.map((hours) => ({ value: String(hours), label: t('viewEditor.longer', { span: span(hours) }) })),
          ]}
          onChange={(hours) => set({ waitingHours: hours ? Number(hours) : undefined })}
        />
      </Field>
      <OneOf
        label={t('viewEditor.now')}
        choices={now}
        value={filter.claimed}
        word={(value) => t(`viewEditor.nowChoice.${value}`)}
        onChange={(claimed) => set({ claimed })}
      />
      <OneOf
        label={t('viewEditor.snoozed')}
        choices={snoozed}
        value={filter.snoozed}
        word={(value) => t(`viewEditor.snoozedChoice.${value}`)}
        onChange={(one) => set({ snoozed: one })}
      />
      <Field label={t('tags.label')} hint={t('tags.hint')} className="sm:col-span-2">
        <TagInput
          values={filter.tags ?? []}
          removeLabel={(value) => general('remove', { what: value })}
          onChange={(tags) => set({ tags: tags.length > 0 ? tags : undefined })}
        />
      </Field>
      <p className="text-xs text-muted sm:col-span-2">{t('viewEditor.noneMeansAll')}</p>
      <Choices
        label={t('viewEditor.states')}
        all={states}
        chosen={filter.states ?? []}
        word={(value) => t(`state.${value}`)}
        onChange={(chosen) => set({ states: chosen })}
      />
      <Choices
        label={t('viewEditor.priorities')}
        all={priorities}
        chosen={filter.priorities ?? []}
        word={(value) => t(`priority.${value}`)}
        onChange={(chosen) => set({ priorities: chosen })}
      />
      <Choices
        label={t('viewEditor.teams')}
        all={teams.map(({ id }) => id)}
        chosen={filter.teamIds ?? []}
        word={(id) => teams.find((team) => team.id === id)?.name ?? id}
        onChange={(chosen) => set({ teamIds: chosen })}
      />
      {(queues.length > 0 || filter.queueIds) && (
        <Choices
          label={t('viewEditor.queues')}
          all={queues.map(({ id }) => id)}
          chosen={filter.queueIds ?? []}
          word={(id) => queues.find((queue) => queue.id === id)?.name ?? id}
          onChange={(chosen) => set({ queueIds: chosen })}
        />
      )}
      <Choices
        label={t('viewEditor.channels')}
        all={channels.map(({ id }) => id)}
        chosen={filter.channels ?? []}
        word={(id) => channels.find((channel) => channel.id === id)?.label[currentLanguage()] ?? id}
        onChange={(chosen) => set({ channels: chosen })}
      />
    </>
  );
}

/** One of three, by a name for each value. */
function OneOf<N extends string>({
  label,
  choices,
  value,
  word,
  onChange,
}: {
  label: string;
  choices: Readonly<Record<N, boolean | undefined>>;
  value: boolean | undefined;
  word: (name: N) => string;
  onChange: (value: boolean | undefined) => void;
}) {
  const names = Object.keys(choices) as N[];
  return (
    <Field label={label}>
      <Select
        value={names.find((name) => choices[name] === value) ?? null}
        options={names.map((name) => ({ value: name, label: word(name) }))}
        onChange={(name) => onChange(choices[name])}
      />
    </Field>
  );
}

function Choices<V extends string>({
  label,
  all,
  chosen,
  word,
  onChange,
}: {
  label: string;
  all: readonly V[];
  chosen: readonly string[];
  word: (value: V) => string;
  onChange: (chosen: V[] | undefined) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="font-medium">{label}</legend>
      <div className="relative max-h-44 overflow-y-auto">
        {all.map((value) => (
          <Checkbox
            key={value}
            label={word(value)}
            checked={chosen.includes(value)}
            onChange={(isIn) => {
              const next = all.filter((other) => (other === value ? isIn : chosen.includes(other)));
              onChange(next.length > 0 ? next : undefined);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
