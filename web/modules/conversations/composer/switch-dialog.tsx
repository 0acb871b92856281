import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';
import type { ComposerMode } from './composer.tsx';

/** Asked when text is already there: taking it along changes who will read it. */
export function SwitchDialog({
  from,
  to,
  name,
  onChoose,
  onCancel,
}: {
  from: ComposerMode;
  to: ComposerMode;
  /** Whom an answer goes to. */
  name: string;
  onChoose: (bring: boolean) => void;
  onCancel: () => void;
}) {
  const t = useText('conversations');
  const general = useText('platform');
  return (
    <Dialog
      open
      onClose={onCancel}
      title={t(`switch.title.${to === 'note' ? 'note' : 'reply'}`)}
      description={t(`switch.text.${to === 'note' ? 'note' : 'reply'}`, { name })}
      closeLabel={general('close')}
    >
      <div className="flex flex-col gap-2 pb-4">
        <Button look="primary" onClick={() => onChoose(false)}>
          {t(from === 'note' ? 'switch.keepNote' : 'switch.keepReply')}
        </Button>
        <Button onClick={() => onChoose(true)}>{t('switch.bring')}</Button>
        <Button look="ghost" onClick={onCancel}>
          {general('cancel')}
        </Button>
      </div>
    </Dialog>
  );
}
