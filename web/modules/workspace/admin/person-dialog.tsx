import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Person } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { records } from '../../../platform/store/app-store.ts';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';
import { useTeams } from '../session.ts';
import { type PersonRole, personRoles } from './roles.ts';
import { SiteSelect } from './sites.tsx';
import { sitesQuery } from './sites-query.ts';

/** Adds somebody by invitation, or changes what somebody is and may. */
export function PersonDialog({ person, onClose }: { person: Person | null; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const teams = useTeams().filter((team) => !team.archived);
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState(person?.email ?? '');
  const [roles, setRoles] = useState<readonly PersonRole[]>(
    () => (person?.roles.filter((role) => role !== 'customer') as PersonRole[] | undefined) ?? ['agent'],
  );
  const [teamIds, setTeamIds] = useState<readonly string[]>(person?.teamIds ?? []);
  const sites = useQuery(sitesQuery);
  const [siteId, setSiteId] = useState(person?.siteId ?? null);
  const save = useAction(async () => {
    const facts = { name, email, roles: [...roles], teamIds: [...teamIds], siteId };
    if (person) records.put('person', [await call(on.changePerson, { id: person.id, ...facts })]);
    else {
      const { person: made, invitation } = await call(on.invitePerson, facts);
      records.put('person', [made]);
      notify({
        title: invitation.mailed ? t('people.mailed') : t('people.handOver'),
        text: invitation.url ?? undefined,
        milliseconds: invitation.mailed ? 5000 : 0,
      });
    }
    onClose();
  });
  return (
    <FormDialog
      wide
      onClose={onClose}
      title={person ? person.name : t('people.invite')}
      action={save}
      confirm={person ? general('save') : t('people.invite')}
      disabled={roles.length === 0}
    >
      <Field label={t('person.name')} error={save.fieldProblem('name')}>
        <Input required value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t('signIn.email')} error={save.fieldProblem('email')}>
        <Input required type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <Field label={t('teams.site')} className="sm:col-span-2">
        <SiteSelect sites={sites.data?.items ?? []} value={siteId} onChange={setSiteId} />
      </Field>
      <fieldset>
        <legend className="font-medium">{t('people.roles')}</legend>
        {personRoles.map((role) => (
          <Checkbox
            key={role}
            label={t(`roles.${role}`)}
            checked={roles.includes(role)}
            onChange={(isIn) => setRoles(flip(roles, role, isIn))}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend className="font-medium">{t('admin.teams')}</legend>
        {teams.map((team) => (
          <Checkbox
            key={team.id}
            label={team.name}
            checked={teamIds.includes(team.id)}
            onChange={(isIn) => setTeamIds(flip(teamIds, team.id, isIn))}
          />
        ))}
      </fieldset>
    </FormDialog>
  );
}

const flip = <T extends string>(list: readonly T[], value: T, isIn: boolean): T[] =>
  isIn ? [...list, value] : list.filter((other) => other !== value);
