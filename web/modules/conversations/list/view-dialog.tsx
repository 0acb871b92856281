import { useState } from 'react';
import type { View, ViewFilter } from '../../../../contract/conversations.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useGo } from '../../../platform/router/link.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { TagInput } from '../../../ui/form/tag-input.tsx';
import { useRight, useTeams } from '../../workspace/index.ts';
import { dropView, saveView } from '../api.ts';
import { filterSentence } from './filter-words.ts';
import { sorts } from './use-sort.ts';
import { refreshViews } from './use-views.ts';

const assignees = ['everybody', 'me', 'nobody', 'anybody'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;
const states = ['queued', 'in_progress', 'waiting_customer', 'waiting_internal', 'waiting_third_party', 'resolved'] as const;

/** Makes or changes a saved view; what it holds is read back as a sentence while one chooses. */
export function ViewDialog({ view, onClose }: { view: View | null; onClose: () => void }) {
  const t = useText('conversations');
  const general = useText('platform');
  const go = useGo();
  const teams = useTeams();
  const mayShare = useRight('manage_tags');
  const [name, setName] = useState(view?.name ?? '');
  const [filter, setFilter] = useState<ViewFilter>(view?.filter ?? { snoozed: false });
  const [sort, setSort] = useState<View['sort']>(view?.sort ?? 'waiting_longest');
  const [shared, setShared] = useState(view ? view.ownerId === null : false);
  const save = useAction(async () => {
    const id = view?.id ?? crypto.randomUUID();
    await saveView({ id, name: name.trim(), filter, sort, position: view?.position ?? 0, shared });
    await refreshViews();
    onClose();
    go(`/inbox/${id}`);
  });
  const drop = useAction(async () => {
    if (view) await dropView(view.id);
    onClose();
    go('/inbox/mine');
    await refreshViews();
  });
  const set = (part: Partial<ViewFilter>): void => setFilter((now) => ({ ...now, ...part }));
  return (
    <FormDialog
      wide
      onClose={onClose}
      title={t(view ? 'viewEditor.change' : 'viewEditor.new')}
      action={{ ...save, problem: save.problem ?? drop.problem }}
      disabled={!name.trim()}
      aside={
        view && (
          <Button look="ghost" className="mr-auto" busy={drop.isBusy} onClick={() => void drop.run()}>
            {t('viewEditor.remove')}
          </Button>
        )
      }
    >
      <Field label={t('viewEditor.name')} error={save.fieldProblem('name')}>
        <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('viewEditor.sort')}>
        <Select value={sort} options={sorts.map((value) => ({ value, label: t(`viewEditor.sorts.${value}`) }))} onChange={setSort} />
      </Field>
      <Field label={t('viewEditor.who')}>
        <Select
          value={filter.assignee ?? 'everybody'}
          options={assignees.map((value) => ({ value, label: t(`viewEditor.assignee.${value}`) }))}
          onChange={(assignee) => set({ assignee: assignee === 'everybody' ? undefined : assignee })}
        />
      </Field>
      <Field label={t('tags.label')} hint={t('tags.hint')}>
        <TagInput
          values={filter.tags ?? []}
          removeLabel={(value) => general('remove', { what: value })}
          onChange={(tags) => set({ tags: tags.length > 0 ? tags : undefined })}
        />
      </Field>
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
      {mayShare && <Checkbox label={t('viewEditor.shared')} checked={shared} onChange={setShared} />}
      <p aria-live="polite" className="rounded-md bg-sunken px-3 py-2 sm:col-span-2">
        <span className="text-muted">{t('viewEditor.shows')}</span>{' '}
        {filterSentence(filter, t, (id) => teams.find((team) => team.id === id)?.name ?? '')}
      </p>
    </FormDialog>
  );
}

/** None chosen means all, so that an untouched filter hides nothing. */
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
    <fieldset>
      <legend className="font-medium">{label}</legend>
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
    </fieldset>
  );
}
