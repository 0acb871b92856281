import BookText from 'lucide-react/icons/book-text';
import Lock from 'lucide-react/icons/lock';
import { useEffect, useRef, useState } from 'react';
import type { Conversation, Draft } from '../../../../../contract/conversations.ts';
import { ProblemError } from '../../../../platform/api/problem.ts';
import { useFormats } from '../../../../platform/i18n/format.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { newId } from '../../../../platform/store/new-id.ts';
import { Button } from '../../../../ui/button.tsx';
import { IconButton } from '../../../../ui/icon-button.tsx';
import { FileDrop } from '../../../../ui/form/file-drop.tsx';
import { Kbd } from '../../../../ui/kbd.tsx';
import { notify } from '../../../../ui/overlay/notify.ts';
import { ProblemBanner } from '../../../../ui/problem-banner.tsx';
import { useMe, usePeople } from '../../../workspace/index.ts';
import { leave, recalledId, takeBackHere } from '../../outbox/outbox.ts';
import { AttachmentList } from '../attachments/attachment-list.tsx';
import { FilePicker } from '../attachments/file-picker.tsx';
import { useUploads } from '../attachments/use-uploads.ts';
import { emptyText } from '../draft-text.ts';
import { SaveStateText } from '../save-state.tsx';
import { useDraft } from '../use-draft.ts';
import { GapNotice } from '../writing/gap-notice.tsx';
import { useMentionOffer } from '../writing/mention-offer.tsx';
import { useSnippetOffer } from '../writing/snippet-offer.tsx';
import { beginSnippet, choose, WritingField } from '../writing/writing-field.tsx';
import { mentionsIn } from './mentions.ts';

interface Props {
  conversation: Conversation;
  draft: Draft | undefined;
  carried: string | null;
  onText: (text: string, kind: 'note') => void;
}

/** As much as the server takes for a note. */
const longestNote = 50_000;

export function NoteEditor({ conversation, draft: stored, carried, onText }: Props) {
  const t = useText('conversations');
  const people = usePeople();
  const me = useMe().person;
  const { number } = useFormats();
  const [initial] = useState(() => (carried === null ? emptyText : { ...emptyText, text: carried }));
  const draft = useDraft(conversation.id, 'note', carried === null ? stored : undefined, initial, conversation.lastSeq);
  const [problem, setProblem] = useState<unknown>(null);
  const offers = [useMentionOffer(), useSnippetOffer(conversation)];
  const field = useRef<HTMLTextAreaElement>(null);
  const { text, attachments } = draft.text;
  const { uploads, add, dismiss, retry } = useUploads(draft.attach);
  const told = mentionsIn(text, people);
  const named = people.filter(({ id }) => told.includes(id)).map(({ name }) => name);
  useEffect(() => onText(text, 'note'), [text, onText]);

  const { takeUp } = draft;
  useEffect(
    () =>
      takeBackHere(conversation.id, 'note', ({ content, draftVersion, problem: why }) => {
        takeUp(content, draftVersion);
        setProblem(why && new ProblemError(why));
      }),
    [conversation.id, takeUp],
  );

  const save = (): void => {
    if (!text.trim() || uploads.length > 0) return;
    setProblem(null);
    const { id } = conversation;
    const noteId = recalledId(id, 'note') ?? newId();
    const content = draft.text;
    const { version, over } = draft.hand(emptyText);
    void leave(
      {
        kind: 'note',
        input: { id, noteId, text: text.trim(), mentions: told, attachmentIds: attachments.map((each) => each.id) },
        id: noteId,
        conversationId: id,
        content,
        draftVersion: version,
        visibility: 'internal',
        author: { id: me.id, name: me.name },
        baseSeq: conversation.lastSeq,
      },
      () => over.then(() => null),
    );
  };
  return (
    <FileDrop hint={t('composer.drop')} onFiles={add} className="edge-internal mx-3 mt-2 mb-3 rounded-lg pl-2">
      <p className="while-writing flex flex-wrap items-center gap-1.5 px-3 pt-2 font-medium text-note-text">
        <Lock aria-hidden="true" className="size-3.5" />
        {t('composer.noteAudience')}
        {named.length > 0 && <span className="font-normal">{t('composer.noteTells', { names: named.join(', ') })}</span>}
      </p>
      {problem !== null && <ProblemBanner problem={problemText(problem)} className="mx-3 mt-2" />}
      <WritingField
        field={field}
        offers={offers}
        maxLength={longestNote}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain');
          if (text.length + pasted.length <= longestNote) return;
          event.preventDefault();
          add([new File([pasted], t('composer.pastedFile'), { type: 'text/plain' })]);
          notify({ title: t('composer.pasteTooLong'), text: t('composer.pasteTooLongHint', { most: number(longestNote) }) });
        }}
        aria-label={t('composer.noteLabel')}
        className="field-sizing-content block max-h-80 min-h-16 w-full resize-none bg-transparent px-3 py-2 text-base outline-none"
        placeholder={t('composer.notePlaceholder')}
        value={text}
        onText={(next) => draft.change({ text: next })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          save();
        }}
      />
      <GapNotice text={text} onShow={(from, to) => choose(field.current, from, to)} />
      <AttachmentList
        attachments={attachments}
        uploads={uploads}
        onDismiss={dismiss}
        onRetry={retry}
        onRemove={(id) => draft.change({ attachments: attachments.filter((each) => each.id !== id) })}
      />
      <div className="while-writing flex flex-wrap items-center gap-x-1 gap-y-2 px-2 pb-2">
        <FilePicker label={t('composer.attach')} disabled={false} onFiles={add} />
        <IconButton label={t('snippet.button')} icon={BookText} keys="/" onClick={() => beginSnippet(field.current)} />
        <SaveStateText state={draft.save} onRetry={() => void draft.retry()} onChoose={draft.choose} />
        <span className="flex-1" />
        <Button look="primary" icon={Lock} disabled={!text.trim() || uploads.length > 0} onClick={save}>
          {t('composer.saveNote')}
        </Button>
        <span className="hidden sm:inline">
          <Kbd keys="mod+enter" />
        </span>
      </div>
    </FileDrop>
  );
}
