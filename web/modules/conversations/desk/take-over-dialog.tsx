import { useState } from 'react';
import { useText } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { Field } from '../../../ui/form/field.tsx';
import { Textarea } from '../../../ui/form/textarea.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import { usePerson } from '../../workspace/index.ts';

/** Taking over from a colleague is allowed, but never silent: it needs a reason that both can read. */
export function TakeOverDialog({
  from,
  onClose,
  onTake,
}: {
  from: string;
  onClose: () => void;
  onTake: (reason: string) => Promise<unknown>;
}) {
  const t = useText('conversations');
  const general = useText('platform');
  const name = usePerson(from)?.name ?? '';
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const take = async (): Promise<void> => {
    if (!reason.trim()) return setProblem(t('claim.reasonMissing'));
    setIsBusy(true);
    try {
      await onTake(reason.trim());
      onClose();
    } catch (error) {
      setProblem(problemText(error).title);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('claim.takeOverTitle', { name })}
      closeLabel={general('close')}
      footer={
        <>
          <Button onClick={onClose}>{general('cancel')}</Button>
          <Button look="primary" busy={isBusy} onClick={() => void take()}>
            {t('claim.takeOver')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Banner>{t('claim.takeOverHint', { name })}</Banner>
        <Field label={t('claim.reason')} error={problem}>
          <Textarea value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      </div>
    </Dialog>
  );
}
