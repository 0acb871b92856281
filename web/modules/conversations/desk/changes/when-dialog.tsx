import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { Button } from '../../../../ui/button.tsx';
import { DateTimeInput } from '../../../../ui/form/date-time-input.tsx';
import { Field } from '../../../../ui/form/field.tsx';
import { Dialog } from '../../../../ui/overlay/dialog.tsx';
import { workingTime } from '../../../workspace/index.ts';
import { laterTimes } from './later.ts';

/** Picks a moment to come: the likely ones with one press, any other by the field. With a team, its next morning of work is among them. */
export function WhenDialog({
  title,
  confirm,
  teamId,
  onPick,
  onClose,
}: {
  title: string;
  confirm: string;
  /** Whose; null for the first centre's, left out where no work waits for that morning. */
  teamId?: string | null;
  onPick: (at: string) => void;
  onClose: () => void;
}) {
  const t = useText('conversations');
  const general = useText('platform');
  const { full } = useFormats();
  const [now] = useState(() => new Date());
  const [at, setAt] = useState<string | null>(null);
  const { data: morning } = useQuery({
    queryKey: ['workspace', 'working-morning', teamId],
    queryFn: () => workingTime({ unit: 'morning', ...(teamId ? { teamId } : {}) }),
    enabled: teamId !== undefined,
  });
  const pick = (when: string): void => {
    onPick(when);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      closeLabel={general('close')}
      footer={
        <Button look="primary" disabled={!at || Date.parse(at) < now.getTime()} onClick={() => at && pick(at)}>
          {confirm}
        </Button>
      }
    >
      <div className="flex flex-col gap-1 pb-2">
        {laterTimes(now, morning).map(({ key, at: when }) => (
          <button
            key={key}
            type="button"
            className="flex min-h-9 items-center justify-between rounded-md px-2 hover:bg-hover"
            onClick={() => pick(when.toISOString())}
          >
            <span>{t(`later.${key}`)}</span>
            <span className="text-muted">{full(when.getTime())}</span>
          </button>
        ))}
        <Field label={t('later.other')} className="mt-2">
          <DateTimeInput value={at} min={now.toISOString()} onChange={setAt} />
        </Field>
      </div>
    </Dialog>
  );
}
