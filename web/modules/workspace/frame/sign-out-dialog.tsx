import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/overlay/dialog.tsx';

/** Asked while something waits that only this browser has: signing out forgets it. */
export function SignOutDialog({ count, onClose, onLeave }: { count: number; onClose: () => void; onLeave: () => void }) {
  const t = useText('workspace');
  const general = useText('platform');
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('signOut.title')}
      description={t('signOut.text', { count })}
      closeLabel={general('close')}
      footer={
        <>
          <Button look="danger" onClick={onLeave}>
            {t('signOut.anyway')}
          </Button>
          <Button look="primary" onClick={onClose}>
            {t('signOut.stay')}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  );
}
