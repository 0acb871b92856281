import { useState } from 'react';
import type { Site, Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { records } from '../../../platform/store/app-store.ts';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { on } from '../api.ts';
import { usePeople } from '../session.ts';
import { SiteSelect } from './sites.tsx';

/** Who belongs to a team and who answers for it. */
export function TeamDialog({ team, sites, onClose }: { team: Team; sites: readonly Site[]; onClose: () => void }) {
  const t = useText('workspace');
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
  return (
    <FormDialog wide onClose={onClose} title={t('teams.change', { name: team.name })} action={save}>
      <Field label={t('teams.name')} error={save.fieldProblem('name')}>
        <Input required maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('teams.site')}>
        <SiteSelect sites={sites} value={siteId} onChange={setSiteId} />
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
    </FormDialog>
  );
}
