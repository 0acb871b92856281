import CloudOff from 'lucide-react/icons/cloud-off';
import type { Message } from '../../../../contract/conversations.ts';
import { useAction } from '../../../platform/api/use-action.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { Button } from '../../../ui/button.tsx';
import { DeliveryState } from '../timeline/delivery-state.tsx';
import { callBack } from './outbox.ts';
import { useWaitsForLine } from './use-outbox.ts';

/** Where a message is that the server does not have yet: on its way, while the line holds. */
export function OnItsWay({ message }: { message: Message }) {
  return useWaitsForLine(message.id) ? null : <DeliveryState message={message} />;
}

/** What could not leave says so, and can be taken back to go on writing. */
export function WaitsForLine({ id }: { id: string }) {
  const t = useText('conversations');
  const back = useAction(() => callBack(id));
  if (!useWaitsForLine(id)) return null;
  return (
    <div className="mx-3 mt-1 flex flex-wrap items-center gap-2 rounded-md border border-dashed border-line-strong px-3 py-1.5">
      <CloudOff aria-hidden="true" className="size-4 text-muted" />
      <span role="status" className="min-w-0 flex-1 basis-60">
        <strong className="font-medium">{t('outbox.waits')}</strong> {t('outbox.leaves')}
      </span>
      <Button small busy={back.isBusy} onClick={() => void back.run()}>
        {t('outbox.callBack')}
      </Button>
    </div>
  );
}
