import { useCallback, useEffect, useRef, useState } from 'react';
import type { Conversation } from '../../../../contract/conversations.ts';
import { isProblem, ProblemError } from '../../../platform/api/problem.ts';
import { newId } from '../../../platform/store/new-id.ts';
import { records } from '../../../platform/store/app-store.ts';
import { useMe } from '../../workspace/index.ts';
import type { Held } from '../desk/use-lease.ts';
import { refreshDetail } from '../desk/use-open-conversation.ts';
import { isBehindAnother, leave, recalledId, takeBackHere } from '../outbox/outbox.ts';
import { showsAgainHere } from '../outbox/take-back.ts';
import type { DraftText } from './draft-text.ts';
import type { Then } from './send-buttons.tsx';
import type { useDraft } from './use-draft.ts';
import { useTakeBackOffer } from './use-take-back-offer.ts';

interface Facts {
  mode: 'reply' | 'forward';
  conversation: Conversation;
  held: Held;
  draft: ReturnType<typeof useDraft>;
  forwardIds: readonly string[];
  /** What the customer is asked for, where the text does not say it as a question. */
  asksFor: string | null;
  /** What the field begins with after sending, other than the receivers of before. */
  afterwards: Partial<DraftText>;
  onSent: (then: 'stay' | 'resolve') => void;
  onRestart: () => void;
}

/** Sending with everything around it: it stands in the timeline at once, can be taken back for a while, and comes back with the reason when it was refused. */
export function useSend({ mode, conversation, held, draft, forwardIds, asksFor, afterwards, onSent, onRestart }: Facts) {
  const offerTakeBack = useTakeBackOffer();
  const me = useMe();
  const [refusal, setRefusal] = useState<unknown>(null);
  const isTaking = useRef(false);
  /** What the author had seen when the text was begun; a refusal for staleness moves it on, once the author has looked. */
  const seen = useRef(conversation.lastSeq);
  const { id, visibility } = conversation;
  const { takeUp, showAgain } = draft;
  const { forget } = held;

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

  useEffect(
    () =>
      takeBackHere(id, mode, ({ content, draftVersion, problem }) => {
        takeUp(content, draftVersion);
        if (!problem) return;
        const error = new ProblemError(problem);
        setRefusal(error);
        if (isProblem(error, 'conversations.claim_lost')) forget();
        if (isProblem(error, 'conversations.stale_view'))
          void refreshDetail(id).then(() => {
            seen.current = records.get<Conversation>('conversation', id)?.lastSeq ?? seen.current;
          });
      }),
    [id, mode, takeUp, forget],
  );
  useEffect(() => showsAgainHere(id, mode, showAgain), [id, mode, showAgain]);

  const send = async (then: Then, at: string | null, lookedAt = 0): Promise<void> => {
    const content = draft.text;
    if (!content.text.trim()) return;
    // At once: whoever has read what the refusal shows need not wait until the rest of the conversation is here, too.
    seen.current = Math.max(seen.current, lookedAt);
    setRefusal(null);
    const draftId = recalledId(id, mode) ?? draft.storedAs() ?? newId();
    // Behind another answer the claim is taken anew: that one may end it.
    const isSecond = isBehindAnother(id, mode);
    const fence = isSecond ? null : held.fenceNow();
    const { version, over } = draft.hand({ ...content, text: '', html: null, attachments: [], ...afterwards });
    const { text, attachments, ...rest } = content;
    const common = {
      id,
      ...rest,
      text: text.trim(),
      attachmentIds: attachments.map((each) => each.id),
      draftId,
      fence,
      undoSeconds: me.preferences.undoSeconds,
    };
    const asked = then === 'wait' && asksFor?.trim() ? { asksFor: asksFor.trim() } : {};
    const sendable =
      mode === 'forward'
        ? { kind: mode, input: { ...common, messageIds: [...forwardIds] } }
        : // The contract's word for what comes after; nobody awaits this object.
          // oxlint-disable-next-line unicorn/no-thenable
          {
            kind: mode,
            input: { ...common, ...asked, baseSeq: seen.current, sendAt: at, then: then === 'resolve' ? ('keep' as const) : then },
          };
    const sent = await leave(
      {
        ...sendable,
        id: draftId,
        conversationId: id,
        content,
        draftVersion: version,
        visibility,
        author: { id: me.person.id, name: me.person.name },
        baseSeq: seen.current,
      },
      async () => {
        await over;
        return fence ?? (isSecond ? null : (await held.ready()).fence);
      },
    );
    if (!sent) return;
    const { message } = sent;
    seen.current = Math.max(seen.current, message.seq);
    offerTakeBack(message, at, content, onRestart);
    onSent(then === 'resolve' ? 'resolve' : 'stay');
  };
  // Whoever has meanwhile taken over holds what was refused.
  const isHeld = held.lease !== null && isProblem(refusal, 'conversations.already_claimed', 'conversations.customer_already_served');
  return { send, take, refusal: isHeld ? null : refusal, dismiss: () => setRefusal(null) };
}
