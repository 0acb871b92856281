import { useState } from 'react';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { queries } from '../../../platform/realtime/live.ts';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { DateTimeInput } from '../../../ui/form/date-time-input.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { on } from '../api.ts';
import { PersonAvatar } from '../components/person.tsx';
import { useMe, usePeople, useTeams } from '../session.ts';
import { lentQuery } from './lending-query.ts';

const usualHours = 2;

/** Lets somebody of a team one leads help out in another one. */
export function LendingDialog({ onClose }: { onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const me = useMe().person;
  const led = useTeams().filter(
    ({ archived, leadIds, siteId }) => !archived && (leadIds.includes(me.id) || (siteId !== null && siteId === me.siteId)),
  );
  const [teamId, setTeamId] = useState<string | null>(led[0]?.id ?? null);
  const [personId, setPersonId] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(() => new Date(Date.now() + usualHours * 3_600_000).toISOString());
  const people = usePeople().filter(
    ({ teamIds }) => teamIds.some((id) => led.some((team) => team.id === id)) && (teamId === null || !teamIds.includes(teamId)),
  );
  const lend = useAction(async () => {
    if (!teamId || !personId || !until) return;
    queries.setQueryData(lentQuery.queryKey, await call(on.lendHelper, { id: teamId, personId, until }));
    onClose();
  });
  return (
    <FormDialog
      title={t('helpers.dialog')}
      description={t('helpers.dialogHint')}
      action={lend}
      confirm={t('helpers.lend')}
      disabled={!teamId || !personId || !until}
      onClose={onClose}
    >
      <Field label={t('helpers.team')}>
        <Select value={teamId} onChange={setTeamId} options={led.map(({ id, name }) => ({ value: id, label: name }))} />
      </Field>
      <Field label={t('helpers.who')}>
        <Combobox
          // Others are to choose from in another team.
          key={teamId}
          value={personId}
          onChange={setPersonId}
          emptyText={general('nothingFound')}
          choices={people.map(({ id, name, email }) => ({ value: id, label: name, hint: email, picture: <PersonAvatar id={id} small /> }))}
        />
      </Field>
      <Field label={t('helpers.until')} hint={t('helpers.untilHint')}>
        <DateTimeInput required value={until} onChange={setUntil} />
      </Field>
    </FormDialog>
  );
}
