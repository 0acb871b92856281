import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import { useState } from 'react';
import type { Handover } from '../../../../contract/cases.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Badge } from '../../../ui/badge.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { PersonName, useMe, useTeams } from '../../workspace/index.ts';
import { acceptHandover, confirmHandover, declineHandover, readBrief } from '../api.ts';
import { isFor } from '../waiting.ts';
import { BriefView } from './brief-view.tsx';

/** One hand-over: who to whom, the brief, and for its receiver reading, taking or giving back. */
export function HandoverCard({ handover, onAccepted }: { handover: Handover; onAccepted?: () => void }) {
  const t = useText('cases');
  const { brief: briefTime } = useFormats();
  const isMine = useIsReceiver(handover);
  const team = useTeams().find(({ id }) => id === handover.to.teamId);
  const isPending = handover.state === 'briefed' || handover.state === 'read';
  return (
    <article aria-label={t('handover.label')} className="edge-internal rounded-lg pl-2">
      <header className="flex flex-wrap items-center gap-2 px-3 pt-2.5">
        <ArrowRightLeft aria-hidden="true" className="size-4 text-note-text" />
        <span className="font-semibold">
          <PersonName id={handover.fromId} /> → {handover.to.personId ? <PersonName id={handover.to.personId} /> : (team?.name ?? '')}
        </span>
        <Badge tone="internal">{t(`handover.states.${handover.state}`)}</Badge>
        <time dateTime={handover.createdAt} className="ml-auto text-xs text-muted">
          {briefTime(handover.createdAt)}
        </time>
      </header>
      <div className="px-3 pt-2 pb-3">
        {isPending && isMine ? (
          <ReceiverPart handover={handover} onAccepted={onAccepted} />
        ) : (
          <details open={isPending}>
            <summary className="min-h-6 text-muted">{t('brief.title')}</summary>
            <BriefView brief={handover.brief} />
          </details>
        )}
        {handover.reason && (
          <p className="mt-2">
            <span className="text-muted">{t('handover.reason')}</span> {handover.reason}
          </p>
        )}
        {handover.state === 'accepted' && isMine && <ConfirmPart handover={handover} />}
      </div>
    </article>
  );
}

function useIsReceiver(handover: Handover): boolean {
  const me = useMe().person;
  if (handover.acceptedById) return handover.acceptedById === me.id;
  return isFor(handover, me);
}

function ReceiverPart({ handover, onAccepted }: { handover: Handover; onAccepted: (() => void) | undefined }) {
  const t = useText('cases');
  const [isDeclining, setIsDeclining] = useState(false);
  const [reason, setReason] = useState('');
  const read = useAction(() => readBrief(handover.id));
  const accept = useAction(async () => {
    await acceptHandover(handover.id);
    onAccepted?.();
  });
  const decline = useAction(() => declineHandover(handover.id, reason));
  const problem = read.problem ?? accept.problem ?? decline.problem;
  return (
    <>
      <BriefView brief={handover.brief} />
      <ProblemBanner problem={problem} className="mt-2" />
      {isDeclining && (
        <Field label={t('handover.declineReason')} className="mt-3">
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      )}
      <div className="mt-3 flex flex-wrap gap-2">
        {handover.state === 'briefed' && (
          <Button look="primary" busy={read.isBusy} onClick={() => void read.run()}>
            {t('handover.haveRead')}
          </Button>
        )}
        {handover.state === 'read' && !isDeclining && (
          <Button look="primary" busy={accept.isBusy} onClick={() => void accept.run()}>
            {t('handover.accept')}
          </Button>
        )}
        {isDeclining ? (
          <Button busy={decline.isBusy} disabled={!reason.trim()} onClick={() => void decline.run()}>
            {t('handover.declineConfirm')}
          </Button>
        ) : (
          <Button onClick={() => setIsDeclining(true)}>{t('handover.decline')}</Button>
        )}
      </div>
    </>
  );
}

function ConfirmPart({ handover }: { handover: Handover }) {
  const t = useText('cases');
  const confirm = useAction(() => confirmHandover(handover.id));
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      <span className="text-muted">{t('handover.askCustomer')}</span>
      <Button small busy={confirm.isBusy} onClick={() => void confirm.run()}>
        {t('handover.customerConfirmed')}
      </Button>
    </div>
  );
}
