import { useCallback, useRef, useState } from 'react';
import type { Conversation } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { refused } from '../../../platform/refused.ts';
import { records } from '../../../platform/store/app-store.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import { useMe } from '../../workspace/index.ts';
import { forward, sendReply, undoSend } from '../api.ts';
import type { Held } from '../desk/use-lease.ts';
import { refreshDetail } from '../desk/use-open-conversation.ts';
import type { Then } from './send-buttons.tsx';
import type { DraftText, useDraft } from './use-draft.ts';

interface Facts {
  mode: 'reply' | 'forward';
  conversation: Conversation;
  held: Held;
  draft: ReturnType<typeof useDraft>;
  forwardIds: readonly string[];
  /** What the field begins with after sending, other than the receivers of before. */
  afterwards: Partial<DraftText>;
  onSent: (then: 'stay' | 'resolve') => void;
  onRestart: () => void;
}

/** Sending with everything around it: taking first, the undo time, and refusals that keep the text. */
export function useSend({ mode, conversation, held, draft, forwardIds, afterwards, onSent, onRestart }: Facts) {
  const t = useText('conversations');
  const general = useText('platform');
  const undoSeconds = useMe().preferences.undoSeconds;
  const [isBusy, setIsBusy] = useState(false);
  const [refusal, setRefusal] = useState<unknown>(null);
  const isTaking = useRef(false);
  /** One id until it was sent: however often a shaky line repeats it, the message is made once. */
  const draftId = useRef(crypto.randomUUID());
  /** What the author had seen when the text was begun; a refusal for staleness moves it on, once the author has looked. */
  const seen = useRef(conversation.lastSeq);
  const { id } = conversation;

  const take = useCallback((): void => {
    if (isTaking.current) return;
    isTaking.current = true;
    held
      .take('take')
      .then(() => setRefusal(null), setRefusal)
      .finally(() => {
        isTaking.current = false;
      });
  }, [held]);

  const offerUndo = (messageId: string, until: string | null): void => {
    const milliseconds = until ? Math.max(0, Date.parse(until) - Date.now()) : undoSeconds * 1000;
    if (milliseconds === 0) return;
    notify({
      title: t('composer.sent'),
      milliseconds,
      countdown: true,
      action: {
        label: general('undo'),
        run: () => {
          undoSend(id, messageId)
            .then(() => refreshDetail(id))
            .then(onRestart, refused);
        },
      },
    });
  };

  const send = async (then: Then, at: string | null): Promise<void> => {
    const { text, to, cc, bcc, subject, attachments } = draft.text;
    if (!text.trim() || isBusy) return;
    setIsBusy(true);
    await draft.settle();
    try {
      const lease = await held.ready();
      const common = {
        id,
        text: text.trim(),
        to,
        cc,
        bcc,
        subject,
        attachmentIds: attachments.map((each) => each.id),
        draftId: draftId.current,
        fence: lease.fence,
        undoSeconds,
      };
      const { message } =
        mode === 'forward'
          ? await forward({ ...common, messageIds: [...forwardIds] })
          : // The contract's word for what comes after; nobody awaits this object.
            // oxlint-disable-next-line unicorn/no-thenable
            await sendReply({ ...common, baseSeq: seen.current, sendAt: at, then: then === 'resolve' ? 'keep' : then });
      draftId.current = crypto.randomUUID();
      seen.current = message.seq;
      setRefusal(null);
      draft.reset({ ...draft.text, text: '', attachments: [], ...afterwards });
      if (at) notify({ title: t('composer.scheduled') });
      else offerUndo(message.id, message.delivery?.until ?? null);
      onSent(then === 'resolve' ? 'resolve' : 'stay');
    } catch (error) {
      setRefusal(error);
      draft.resume();
      if (isProblem(error, 'conversations.claim_lost')) held.forget();
      if (isProblem(error, 'conversations.stale_view')) {
        await refreshDetail(id);
        seen.current = records.get<Conversation>('conversation', id)?.lastSeq ?? seen.current;
      }
    } finally {
      setIsBusy(false);
    }
  };
  // Whoever has meanwhile taken over holds what was refused.
  const isHeld = held.lease !== null && isProblem(refusal, 'conversations.already_claimed', 'conversations.customer_already_served');
  return { send, take, isBusy, refusal: isHeld ? null : refusal, dismiss: () => setRefusal(null) };
}
