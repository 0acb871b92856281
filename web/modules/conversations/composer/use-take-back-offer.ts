import type { Message } from '../../../../contract/conversations.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { fieldOf, kindOf, takeBackSent } from '../outbox/take-back.ts';
import type { DraftText } from './draft-text.ts';

/** Says that something leaves, at its time or at once, and offers to take it back: its text is a draft of the conversation again, and stands in its field at once where that is open. */
export function useTakeBackOffer(): (sent: Message, at: string | null, content?: DraftText, onBack?: () => void) => void {
  const t = useText('conversations');
  const general = useText('platform');
  const { when } = useFormats();
  return (sent, at, content, onBack) => {
    const run = (): void => {
      const isShown = fieldOf(sent.conversationId, kindOf(sent)) !== undefined;
      takeBackSent(sent, content).then(() => isShown || onBack?.(), refused);
    };
    if (at)
      return notify({
        title: t('composer.scheduled', { time: when(at) }),
        milliseconds: 10_000,
        action: { label: t('scheduled.takeBack'), run },
      });
    // Some channels hold nothing back: whoever talks does not wait for every sentence.
    const milliseconds = sent.delivery?.until ? Date.parse(sent.delivery.until) - Date.now() : 0;
    if (milliseconds > 0) notify({ title: t('composer.sent'), milliseconds, countdown: true, action: { label: general('undo'), run } });
  };
}
