import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { AlertDialog } from '../../../ui/overlay/alert-dialog.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../ui/problem-banner.tsx';
import { withdrawLinks } from '../api.ts';

/** Asks before the links to the customer's page of a case end: what was sent cannot be made good again, only a new answer brings a new one. */
export function WithdrawLinks({ caseId, onClose }: { caseId: string; onClose: () => void }) {
  const t = useText('cases');
  const general = useText('platform');
  const withdrawal = useAction(() => withdrawLinks(caseId));
  const confirm = async (): Promise<void> => {
    if (!(await withdrawal.run())) return;
    notify({ title: t('customerPage.withdrawn') });
    onClose();
  };
  return (
    <AlertDialog
      open
      title={t('customerPage.withdrawTitle')}
      confirm={t('customerPage.withdrawConfirm')}
      cancel={general('cancel')}
      busy={withdrawal.isBusy}
      onConfirm={() => void confirm()}
      onCancel={onClose}
    >
      {t('customerPage.withdrawText')}
      <ProblemBanner problem={withdrawal.problem} className="mt-3" />
    </AlertDialog>
  );
}
