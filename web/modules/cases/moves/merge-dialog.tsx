import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Case } from '../../../../contract/cases.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { codeText, problemText } from '../../../platform/i18n/problem-text.ts';
import { Button } from '../../../ui/button.tsx';
import { RadioGroup } from '../../../ui/form/radio.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { mergeCases, previewMerge } from '../api.ts';
import { nameOf } from '../../customers/index.ts';
import { refreshCase } from '../use-case.ts';
import { MergePreview } from './merge-preview.tsx';
import { useCaseChoice, useOtherCases } from './other-cases.tsx';
import { useUndo } from './use-undo.ts';

/** Joins another case of the same customer into this one: choose, see what goes together, do it, take it back. */
export function MergeDialog({ kase, onClose }: { kase: Case; onClose: () => void }) {
  const t = useText('cases');
  const general = useText('platform');
  const { others, locked, error, retry } = useOtherCases(kase);
  const choiceOf = useCaseChoice();
  const { offer } = useUndo();
  const [fromId, setFromId] = useState('');
  const preview = useQuery({
    queryKey: ['cases', 'merge-preview', kase.id, fromId],
    queryFn: () => previewMerge(kase.id, fromId),
    enabled: fromId !== '',
    staleTime: 0,
  });
  const from = others?.find(({ id }) => id === fromId);
  const refusal = preview.data?.refusal ?? null;
  const action = useAction(async () => {
    const moveId = await mergeCases(kase.id, fromId);
    void refreshCase(kase.id);
    onClose();
    offer(t('moves.mergeIn', { number: from?.number ?? '' }), moveId);
  });
  const problem = action.problem ?? (preview.error ? problemText(preview.error) : refusal ? codeText(refusal) : null);
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('merge.title', { number: kase.number })}
      description={t('merge.hint', { name: nameOf(kase.customerName) })}
      closeLabel={general('close')}
      footer={
        <>
          <Button onClick={onClose}>{general('cancel')}</Button>
          <Button look="primary" busy={action.isBusy} disabled={!preview.data || refusal !== null} onClick={() => void action.run()}>
            {t('merge.confirm')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 pb-2">
        {error ? (
          <ProblemBanner
            problem={problemText(error)}
            action={
              <Button small onClick={retry}>
                {general('retry')}
              </Button>
            }
          />
        ) : !others ? (
          <Skeleton label={general('loading')} />
        ) : others.length === 0 ? (
          <p className="text-muted">{t('merge.none', { name: nameOf(kase.customerName) })}</p>
        ) : (
          <RadioGroup label={t('merge.choose')} value={fromId} onChange={setFromId} options={others.map(choiceOf)} />
        )}
        {locked.length > 0 && <p className="text-xs text-muted">{t('merge.locked', { count: locked.length })}</p>}
        <ProblemBanner problem={problem} />
        {preview.isLoading && <Skeleton label={general('loading')} lines={4} />}
        {preview.data && <MergePreview preview={preview.data} />}
      </div>
    </Dialog>
  );
}
