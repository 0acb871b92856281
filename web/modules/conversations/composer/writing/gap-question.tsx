import { gapsIn } from '../../../../../contract/writing/placeholders.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { AlertDialog } from '../../../../ui/overlay/alert-dialog.tsx';
import { namesOf } from './gap-notice.tsx';

/** Asked before a text leaves in which a placeholder still stands: whoever reads it would read the braces. */
export function GapQuestion({ text, onSend, onBack }: { text: string; onSend: () => void; onBack: () => void }) {
  const t = useText('conversations');
  return (
    <AlertDialog
      open
      title={t('snippet.gapTitle')}
      confirm={t('snippet.gapSend')}
      cancel={t('snippet.gapBack')}
      onConfirm={onSend}
      onCancel={onBack}
    >
      {t('snippet.gapText', { names: namesOf(gapsIn(text)) })}
    </AlertDialog>
  );
}
