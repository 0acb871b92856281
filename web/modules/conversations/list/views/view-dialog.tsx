import { useState } from 'react';
import type { View, ViewFilter } from '../../../../../contract/conversations.ts';
import { useAction } from '../../../../platform/api/use-action.ts';
import { FormDialog } from '../../../../platform/form-dialog.tsx';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { useGo } from '../../../../platform/router/link.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Input } from '../../../../ui/form/input.tsx';
import { Select } from '../../../../ui/form/select.tsx';
import { useMe, useRight, useTeams } from '../../../workspace/index.ts';
import { dropView, saveView } from '../../api.ts';
import { sorts } from '../use-sort.ts';
import { FilterFields } from './filter-fields.tsx';
import { useFilterSentence } from './use-filter-sentence.ts';
import { refreshViews } from './use-views.ts';

/** Makes or changes a saved view; what it holds is read back as a sentence while one chooses. */
export function ViewDialog({ view, onClose }: { view: View | null; onClose: () => void }) {
  const t = useText('conversations');
  const go = useGo();
  const sentence = useFilterSentence();
  const choices = useSharing();
  const [name, setName] = useState(view?.name ?? '');
  const [filter, setFilter] = useState<ViewFilter>(view?.filter ?? { snoozed: false });
  const [sort, setSort] = useState<View['sort']>(view?.sort ?? 'due');
  const [sharedWith, setSharedWith] = useState(view && view.ownerId === null ? (view.teamId ?? company) : onlyMe);
  const save = useAction(async () => {
    const id = view?.id ?? crypto.randomUUID();
    await saveView({ id, name: name.trim(), filter, sort, position: view?.position ?? 0, ...sharing(sharedWith) });
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
      <p aria-live="polite" className="sticky top-0 z-10 rounded-md bg-sunken px-3 py-2 sm:col-span-2">
        <span className="text-muted">{t('viewEditor.shows')}</span> {sentence(filter)}
      </p>
      <FilterFields filter={filter} onChange={setFilter} />
      {choices.length > 1 && (
        <Field label={t('viewEditor.sharedWith')} className="sm:col-span-2">
          <Select value={sharedWith} options={choices} onChange={setSharedWith} />
        </Field>
      )}
    </FormDialog>
  );
}

const onlyMe = 'me';
const company = 'company';
const sharing = (choice: string): { shared: boolean; teamId: string | null } => ({
  shared: choice !== onlyMe,
  teamId: choice === onlyMe || choice === company ? null : choice,
});

/** With whom one may share: a team one leads, or everybody with the right to keep the company's words in order. */
function useSharing(): { value: string; label: string }[] {
  const t = useText('conversations');
  const me = useMe().person.id;
  const isKeeper = useRight('manage_tags');
  const keepsAll = useRight('manage_tags', 'A');
  const teams = useTeams().filter((team) => !team.archived && (keepsAll || team.leadIds.includes(me)));
  return [
    { value: onlyMe, label: t('viewEditor.onlyMe') },
    ...teams.map(({ id, name }) => ({ value: id, label: t('viewEditor.withTeam', { team: name }) })),
    ...(isKeeper ? [{ value: company, label: t('viewEditor.shared') }] : []),
  ];
}
