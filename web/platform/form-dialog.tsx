import { type FormEvent, type ReactNode, useId } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/overlay/dialog.tsx';
import { ProblemBanner } from '../ui/problem-banner.tsx';
import type { Action } from './api/use-action.ts';
import { useText } from './i18n/i18n.ts';

interface Props {
  title: ReactNode;
  description?: ReactNode;
  /** Room for two columns of fields. */
  wide?: boolean;
  /** What is done with the fields; its refusal stands above them. */
  action: Pick<Action<[]>, 'run' | 'isBusy' | 'problem'>;
  /** What the action is called; else it saves. */
  confirm?: string;
  danger?: boolean;
  /** Not to be sent as it is. */
  disabled?: boolean;
  /** A button at the far end of the footer. */
  aside?: ReactNode;
  /** What is done stands on screen at once, so the dialog goes at once; it is back with its fields and the reason when that was refused. */
  atOnce?: boolean;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
}

/** Fields over the page that are sent together or left; Enter in a field sends them. The action closes the dialog when it went well. */
export function FormDialog({ title, description, wide, action, confirm, danger, disabled, aside, atOnce, onClose, children }: Props) {
  const t = useText('platform');
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // React hands it on to whatever rendered the dialog, which may be a form too.
    event.stopPropagation();
    void action.run();
  };
  return (
    <Dialog
      open={!(atOnce && action.isBusy)}
      wide={wide}
      onClose={onClose}
      title={title}
      description={description}
      closeLabel={t('close')}
      footer={
        <>
          {aside}
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={id} look={danger ? 'danger' : 'primary'} busy={action.isBusy} disabled={disabled}>
            {confirm ?? t('save')}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className={wide ? 'grid gap-4 pb-2 sm:grid-cols-2' : 'flex flex-col gap-4 pb-2'}>
        <ProblemBanner problem={action.problem} className={wide ? 'sm:col-span-2' : undefined} />
        {children}
      </form>
    </Dialog>
  );
}
