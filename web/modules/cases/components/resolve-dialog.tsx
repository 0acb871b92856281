import CircleX from 'lucide-react/icons/circle-x';
import { useState } from 'react';
import type { ResolutionReason, Statement } from '../../../../contract/cases.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { useNow } from '../../../platform/i18n/use-now.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/form/checkbox.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Select } from '../../../ui/form/select.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { resolveCase } from '../at-once.ts';
import { openCommitments, useCase } from '../use-case.ts';
import { EvidenceDialog } from './evidence-dialog.tsx';
import { useInformedChoices } from './informed.ts';

interface Props {
  caseId: string;
  onClose: () => void;
  onResolved: () => void;
}

/** Resolving asks two things: what the solution was and how the customer knows. A refusal names every reason at once. */
export function ResolveDialog({ caseId, onClose, onResolved }: Props) {
  const t = useText('cases');
  const general = useText('platform');
  const { when } = useFormats();
  const { kase, statements } = useCase(caseId);
  const choices = useInformedChoices(caseId);
  const [summary, setSummary] = useState('');
  const [informed, setInformed] = useState<string>(() => choices[0]?.value ?? '');
  const [carried, setCarried] = useState<readonly string[]>([]);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const now = useNow();
  const [settling, setSettling] = useState<{ statement: Statement; what: 'keep' | 'release' } | null>(null);
  const owed = openCommitments(statements);
  const isLate = ({ state, dueTo }: Statement): boolean => state === 'broken' || (dueTo !== null && Date.parse(dueTo) < now);
  // What is late cannot be carried on: the server refuses until it is made good or released.
  const late = owed.filter(isLate);
  const open = owed.filter((statement) => !isLate(statement));
  const resolve = async (): Promise<void> => {
    setIsBusy(true);
    try {
      const by = choices.find((choice) => choice.value === informed)?.informed;
      await resolveCase({
        id: caseId,
        summary: summary.trim(),
        ...(by ? { customerInformedBy: by } : {}),
        carriedCommitmentIds: [...carried],
      });
      onClose();
      onResolved();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      // It is resolved on screen already; the dialog is back with the reasons when that was refused.
      open={!isBusy}
      onClose={onClose}
      title={t('resolve.title', { number: kase?.number ?? '' })}
      description={kase?.subject}
      closeLabel={general('close')}
      footer={
        <>
          <Button onClick={onClose}>{general('cancel')}</Button>
          <Button look="primary" busy={isBusy} disabled={!summary.trim()} onClick={() => void resolve()}>
            {t('resolve.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {error !== null && <Refused error={error} statements={statements} />}
        <Field label={t('resolve.summary')} hint={t('resolve.summaryHint')}>
          <Textarea value={summary} onChange={(event) => setSummary(event.target.value)} />
        </Field>
        <Field label={t('resolve.informed')} hint={t('resolve.informedHint')}>
          <Select options={choices} value={informed || null} onChange={setInformed} placeholder={t('resolve.informedPlaceholder')} />
        </Field>
        {late.length > 0 && (
          <section aria-label={t('resolve.settle')} className="rounded-md border border-line border-l-4 border-l-danger px-3 py-2">
            <h3 className="font-medium">{t('resolve.settle')}</h3>
            <ul className="mt-1 flex flex-col gap-2">
              {late.map((statement) => (
                <li key={statement.id} className="flex flex-wrap items-center gap-x-2 gap-y-1">
                  <span className="min-w-0 flex-1 basis-48 break-words">
                    {statement.text}
                    {statement.dueTo && (
                      <span className="block text-xs text-muted">{t('promises.overdue', { at: when(statement.dueTo, now) })}</span>
                    )}
                  </span>
                  <Button small onClick={() => setSettling({ statement, what: 'keep' })}>
                    {t('promises.madeGood')}
                  </Button>
                  <Button small look="ghost" onClick={() => setSettling({ statement, what: 'release' })}>
                    {t('promises.release')}
                  </Button>
                </li>
              ))}
            </ul>
          </section>
        )}
        {open.length > 0 && (
          <fieldset>
            <legend className="font-medium">{t('resolve.carry')}</legend>
            {open.map((statement) => (
              <Checkbox
                key={statement.id}
                label={statement.text}
                checked={carried.includes(statement.id)}
                onChange={(checked) => setCarried(checked ? [...carried, statement.id] : carried.filter((id) => id !== statement.id))}
              />
            ))}
          </fieldset>
        )}
      </div>
      {settling && <EvidenceDialog {...settling} onClose={() => setSettling(null)} />}
    </Dialog>
  );
}

function Refused({ error, statements }: { error: unknown; statements: readonly Statement[] }) {
  const t = useText('cases');
  const reasons = isProblem(error, 'cases.not_resolvable') ? (error.data.reasons as ResolutionReason[] | undefined) : undefined;
  if (!reasons) return <ProblemBanner problem={problemText(error)} />;
  return (
    <div role="alert" className="rounded-md bg-warn-soft px-3 py-2">
      <p className="font-semibold text-warn-text">{t('resolve.notYet')}</p>
      <ul className="mt-1 flex flex-col gap-1">
        {reasons.map((reason) => (
          <li key={reason.code} className="flex items-start gap-2">
            <CircleX aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn-text" />
            <span>
              {t(`resolve.reasons.${reason.code}`)}
              {statements
                .filter(({ id }) => reason.ids.includes(id))
                .map((statement) => (
                  <span key={statement.id} className="block text-muted">
                    {statement.text}
                  </span>
                ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
