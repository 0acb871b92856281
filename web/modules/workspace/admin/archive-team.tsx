import { useState } from 'react';
import type { Team } from '../../../../contract/workspace.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { FormDialog } from '../../../platform/form-dialog.tsx';
import { useText } from '../../../platform/i18n/i18n.ts';
import { records } from '../../../platform/store/app-store.ts';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { on } from '../api.ts';
import { usePeople, useTeams } from '../session.ts';

/** Asked first, because it cannot be taken back: who has the team's work from then on; or what stands in the way. */
export function ArchiveTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  const others = useTeams().filter((one) => !one.archived && one.id !== team.id);
  const members = usePeople().filter((person) => team.memberIds.includes(person.id));
  const [successorId, setSuccessorId] = useState<string | null>(null);
  const [isMissing, setIsMissing] = useState(false);
  const archive = useAction(async () => {
    if (!successorId) return setIsMissing(true);
    records.put('team', [await call(on.archiveTeam, { id: team.id, successorId })]);
    notify({ title: t('teams.archiveDone') });
    onClose();
  });
  const count = team.memberIds.length;
  const title = t('teams.archiveTitle', { name: team.name });
  if (others.length === 0 || count > 0)
    return (
      <AlertDialog open title={title} cancel={general('close')} onConfirm={onClose} onCancel={onClose}>
        {others.length === 0
          ? t('teams.archiveLast')
          : t('teams.archiveMembers', { count, names: members.map(({ name }) => name).join(', ') })}
      </AlertDialog>
    );
  return (
    <FormDialog danger title={title} description={t('teams.archiveText')} confirm={t('teams.archive')} action={archive} onClose={onClose}>
      <Field label={t('teams.successor')} error={isMissing && !successorId ? t('teams.successorMissing') : undefined}>
        <Select
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          value={successorId}
          onChange={setSuccessorId}
          placeholder={t('teams.successorNone')}
        />
      </Field>
    </FormDialog>
  );
}
