import { useEffect, useState } from 'react';
import type { Brief } from '../../../../contract/cases.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Combobox } from '../../../ui/form/combobox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { useMe, usePeople, useTeams } from '../../workspace/index.ts';
import { handOver, proposeBrief } from '../api.ts';

const required = ['who', 'concern', 'done', 'wish'] as const;
const empty: Brief = { who: '', concern: '', facts: [], done: '', promised: '', openQuestion: '', wish: '' };

/** Hands a case over with a brief that is filled in as far as it is known; what the next one must know cannot stay empty. */
export function HandoverDialog({
  caseId,
  conversationId,
  onClose,
  onGiven,
}: {
  caseId: string;
  conversationId: string | null;
  onClose: () => void;
  onGiven: () => void;
}) {
  const t = useText('cases');
  const general = useText('platform');
  const me = useMe().person.id;
  const people = usePeople();
  const teams = useTeams();
  const [to, setTo] = useState<string | null>(null);
  const [mode, setMode] = useState<'warm' | 'cold'>('cold');
  const [brief, setBrief] = useState<Brief | null>(null);
  const [isTried, setIsTried] = useState(false);
  useEffect(() => {
    proposeBrief(caseId).then(
      (proposal) => setBrief((typed) => typed ?? proposal.brief),
      () => setBrief((typed) => typed ?? empty),
    );
  }, [caseId]);
  const missing = brief ? required.filter((field) => !brief[field].trim()) : [];
  const action = useAction(async () => {
    setIsTried(true);
    if (!brief || missing.length > 0 || !to) return;
    const team = teams.find(({ id }) => id === to);
    await handOver({ id: caseId, conversationId, to: team ? { teamId: to } : { personId: to }, mode, brief });
    notify({ title: t('handover.sent') });
    onGiven();
  });
  const choices = [
    ...teams.filter((team) => !team.archived).map((team) => ({ value: team.id, label: team.name, hint: t('handover.team') })),
    ...people.filter(({ id }) => id !== me).map((person) => ({ value: person.id, label: person.name })),
  ];
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t('handover.title')}
      description={t('handover.hint')}
      closeLabel={general('close')}
      footer={
        <>
          <Button onClick={onClose}>{general('cancel')}</Button>
          <Button
            look={to && brief && missing.length === 0 ? 'primary' : 'secondary'}
            busy={action.isBusy}
            onClick={() => void action.run()}
          >
            {t('handover.confirm')}
          </Button>
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <ProblemBanner problem={action.problem} className="sm:col-span-2" />
        <Field label={t('handover.to')} error={isTried && !to ? t('handover.toMissing') : null}>
          <Combobox
            choices={choices}
            value={to}
            onChange={setTo}
            placeholder={t('handover.toPlaceholder')}
            emptyText={general('nothingFound')}
          />
        </Field>
        <RadioGroup
          label={t('handover.mode')}
          value={mode}
          onChange={setMode}
          options={(['cold', 'warm'] as const).map((value) => ({
            value,
            label: t(`handover.modes.${value}`),
            hint: t(`handover.modeHints.${value}`),
          }))}
        />
        {brief === null ? (
          <p role="status" className="text-muted">
            {t('handover.filling')}
          </p>
        ) : (
          (['who', 'concern', 'done', 'wish', 'promised', 'openQuestion'] as const).map((field) => (
            <Field
              key={field}
              label={t(`brief.${field}`)}
              hint={t(`briefHints.${field}`)}
              aside={(required as readonly string[]).includes(field) ? undefined : general('optional')}
              error={isTried && (missing as readonly string[]).includes(field) ? t('handover.fieldMissing') : null}
            >
              <Textarea
                className="max-h-56 grow"
                required={(required as readonly string[]).includes(field)}
                value={brief[field]}
                onChange={(event) => setBrief({ ...brief, [field]: event.target.value })}
              />
            </Field>
          ))
        )}
      </div>
    </Dialog>
  );
}
