import { type FormEvent, useState } from 'react';
import type { Site, Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { records } from '../../../platform/store/app-store.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { on } from '../api.ts';
import { usePeople } from '../session.ts';

/** Who belongs to a team and who answers for it. */
export function TeamDialog({ team, sites, onClose }: { team: Team; sites: readonly Site[]; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const people = usePeople();
  const [name, setName] = useState(team.name);
  const [siteId, setSiteId] = useState(team.siteId);
  const [memberIds, setMemberIds] = useState<readonly string[]>(team.memberIds);
  const [leadIds, setLeadIds] = useState<readonly string[]>(team.leadIds);
  const save = useAction(async () => {
    const facts = { name: name.trim(), siteId, memberIds: [...memberIds], leadIds: [...leadIds] };
    records.put('team', [await call(on.changeTeam, { id: team.id, ...facts })]);
    onClose();
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save.run();
  };
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('teams.change', { name: team.name })}
      closeLabel={general('close')}
      footer={
        <>
          <Button onClick={onClose}>{general('cancel')}</Button>
          <Button type="submit" form="team" look="primary" busy={save.isBusy}>
            {general('save')}
          </Button>
        </>
      }
    >
      <form id="team" onSubmit={submit} className="grid gap-4 pb-2 sm:grid-cols-2">
        {save.problem && (
          <Banner live tone="problem" className="sm:col-span-2">
            <strong>{save.problem.title}</strong> {save.problem.help}
          </Banner>
        )}
        <Field label={t('teams.name')} error={save.fieldProblem('name')}>
          <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label={t('teams.site')}>
          <Select value={siteId} options={sites.map((site) => ({ value: site.id, label: site.name }))} onChange={setSiteId} />
        </Field>
        {(
          [
            ['teams.members', memberIds, setMemberIds],
            ['teams.leads', leadIds, setLeadIds],
          ] as const
        ).map(([label, ids, set]) => (
          <fieldset key={label} className="relative max-h-72 overflow-y-auto">
            <legend className="font-medium">{t(label)}</legend>
            {people.map((person) => (
              <Checkbox
                key={person.id}
                label={person.name}
                checked={ids.includes(person.id)}
                onChange={(isIn) => set(isIn ? [...ids, person.id] : ids.filter((id) => id !== person.id))}
              />
            ))}
          </fieldset>
        ))}
      </form>
    </Dialog>
  );
}
