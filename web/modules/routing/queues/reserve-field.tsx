import { useState } from 'react';
import type { ReserveProposal } from '../../../../contract/routing.ts';
import { call } from '../../../platform/api/call.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Input } from '../../../ui/form/input.tsx';
import { on } from '../api.ts';

const most = 50;

/** How many people are kept free for a queue. What is proposed for one that is saved is taken over by a press, and by nothing else. */
export function ReserveField({
  savedId,
  people,
  onChange,
}: {
  savedId: string | null;
  people: number;
  onChange: (people: number) => void;
}) {
  const t = useText('routing');
  const [proposal, setProposal] = useState<ReserveProposal | null>(null);
  const ask = useAction(async () => {
    if (savedId) setProposal(await call(on.reserveProposal, { id: savedId }));
  });
  return (
    <div className="flex flex-col items-start gap-2">
      <Field label={t('queues.keepFree')} hint={t('queues.keepFreeHint')}>
        <Input
          type="number"
          min={0}
          max={most}
          className="w-24"
          value={people}
          onChange={({ target }) => onChange(Math.min(most, Math.max(0, Math.trunc(Number(target.value)))))}
        />
      </Field>
      {savedId && !proposal && (
        <Button small busy={ask.isBusy} onClick={() => void ask.run()}>
          {t('queues.propose')}
        </Button>
      )}
      {ask.problem && (
        <p role="alert" className="text-xs text-danger-text">
          {ask.problem.title} {ask.problem.help}
        </p>
      )}
      {proposal && (
        <span className="flex flex-wrap items-center gap-2">
          <span role="status" className="text-xs text-muted">
            {t('queues.proposed', { people: proposal.people, hours: proposal.hours, count: proposal.arrivals })}
          </span>
          {proposal.people !== people && (
            <Button small onClick={() => onChange(proposal.people)}>
              {t('queues.takeOver')}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
