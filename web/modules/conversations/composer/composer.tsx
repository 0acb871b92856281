import Lock from 'lucide-react/icons/lock';
import MessageSquareReply from 'lucide-react/icons/reply';
import { useCallback, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { Address, Conversation, ConversationDetail, Draft } from '../../../../contract/conversations.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { useShortcuts } from '../../../platform/keys/keys.ts';
import { useRecords } from '../../../platform/store/use-records.ts';
import { Segmented } from '../../../ui/form/segmented.tsx';
import { nameOf } from '../../customers/index.ts';
import type { Held } from '../desk/use-lease.ts';
import { useTellWriting } from '../desk/use-open-conversation.ts';
import { useReturned } from '../outbox/use-outbox.ts';
import { NoteEditor } from './notes/note-editor.tsx';
import { ReplyEditor } from './reply-editor.tsx';
import { SwitchDialog } from './switch-dialog.tsx';

export type ComposerMode = 'reply' | 'note' | 'forward';

export interface Carried {
  mode: ComposerMode;
  /** Text brought along from the other mode, or quoted; null begins with the stored draft. */
  text: string | null;
  forwardIds: readonly string[];
  /** Whom somebody chose to answer, other than whom the channel proposes. */
  to: readonly Address[] | null;
  /** Goes behind what is written, once; the answer of a macro. */
  insert?: string | null;
  /** Grows with every change of mode, so that the editor begins anew. */
  turn: number;
}

interface Props {
  conversation: Conversation;
  detail: ConversationDetail;
  held: Held;
  carried: Carried;
  onCarry: (carried: Carried) => void;
  onSent: (then: 'stay' | 'resolve') => void;
}

export function Composer({ conversation, detail, held, carried, onCarry, onSent }: Props) {
  const t = useText('conversations');
  const area = useRef<HTMLDivElement>(null);
  const typed = useRef('');
  const [wanted, setWanted] = useState<ComposerMode | null>(null);
  const [writing, setWriting] = useState<'reply' | 'note' | null>(null);
  useTellWriting(conversation.id, writing);
  const drafts = useRecords<Draft, Draft[]>('draft', (all) => all.filter((draft) => draft.conversationId === conversation.id));
  const { mode } = carried;
  const returned = useReturned(conversation.id);

  const focus = (): void => {
    if (area.current) writeOn(area.current);
  };
  const enter = (next: ComposerMode, text: string | null): void => {
    typed.current = text ?? '';
    // At once, not at the next drawing: the first letter may come before it, and would be a key of the desk.
    flushSync(() => onCarry({ mode: next, text, forwardIds: [], to: null, turn: carried.turn + 1 }));
    focus();
  };
  const want = (next: ComposerMode): void => {
    if (next === mode) return focus();
    // Who reads it changes with the mode, so written text never changes its audience by itself.
    if (typed.current.trim()) setWanted(next);
    else enter(next, null);
  };
  const onText = useCallback((text: string, kind: 'reply' | 'note') => {
    typed.current = text;
    setWriting(text.trim() ? kind : null);
  }, []);
  // What came back goes into its own field; where somebody is writing something else, it waits for that.
  useEffect(() => {
    if (!returned || returned.kind === mode || typed.current.trim()) return;
    const forwardIds = returned.kind === 'forward' ? returned.input.messageIds : [];
    onCarry({ mode: returned.kind, text: null, forwardIds, to: null, turn: carried.turn + 1 });
  }, [returned, mode, carried.turn, onCarry]);
  useShortcuts([
    { keys: 'r', label: t('keys.reply'), group: t('keys.group'), run: () => want('reply') },
    { keys: 'n', label: t('keys.note'), group: t('keys.group'), run: () => want('note') },
  ]);

  return (
    <div
      ref={area}
      data-composer={mode}
      data-idle={writing === null || undefined}
      className="@container shrink-0 border-t border-line bg-surface"
    >
      <div className="while-writing flex items-center gap-2 px-3 pt-2">
        <Segmented
          label={t('composer.mode')}
          value={mode === 'note' ? 'note' : 'reply'}
          onChange={want}
          options={[
            { value: 'reply', label: mode === 'forward' ? t('composer.forward') : t('composer.reply'), icon: MessageSquareReply },
            { value: 'note', label: t('composer.note'), icon: Lock },
          ]}
        />
      </div>
      {mode === 'note' ? (
        <NoteEditor
          key={`${conversation.id} note ${carried.turn}`}
          conversation={conversation}
          draft={drafts.find(({ kind }) => kind === 'note')}
          carried={carried.text}
          onText={onText}
        />
      ) : (
        <ReplyEditor
          key={`${conversation.id} ${mode} ${carried.turn}`}
          mode={mode}
          conversation={conversation}
          detail={detail}
          held={held}
          draft={drafts.find(({ kind }) => kind === mode)}
          carried={carried.text}
          answerTo={carried.to}
          forwardIds={carried.forwardIds}
          insert={mode === 'reply' ? (carried.insert ?? null) : null}
          onInserted={() => {
            onCarry({ ...carried, insert: null });
            setTimeout(focus, 0);
          }}
          onText={onText}
          onSent={onSent}
          onRestart={() => enter('reply', null)}
          onNote={() => want('note')}
        />
      )}
      {wanted && (
        <SwitchDialog
          from={mode}
          to={wanted}
          name={nameOf(conversation.customerName)}
          onCancel={() => setWanted(null)}
          onChoose={(bring) => {
            enter(wanted, bring ? typed.current : null);
            setWanted(null);
            // After the dialog has given the focus back.
            setTimeout(focus, 0);
          }}
        />
      )}
    </div>
  );
}

/** Goes into the field, and at first behind what stands there already: a draft, or a text that was taken back. */
function writeOn(area: HTMLElement): void {
  const field = area.querySelector<HTMLElement>('textarea, [contenteditable="true"]');
  field?.focus();
  if (field instanceof HTMLTextAreaElement && field.selectionEnd === 0) field.setSelectionRange(field.value.length, field.value.length);
}
