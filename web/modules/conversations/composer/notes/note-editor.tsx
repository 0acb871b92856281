import Lock from 'lucide-react/icons/lock';
import { useEffect, useRef, useState } from 'react';
import type { Conversation, Draft } from '../../../../../contract/conversations.ts';
import { useText } from '../../../../platform/i18n/i18n.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { Button } from '../../../../ui/button.tsx';
import { Kbd } from '../../../../ui/kbd.tsx';
import { ProblemBanner } from '../../../../ui/problem-banner.tsx';
import { usePeople } from '../../../workspace/index.ts';
import { writeNote } from '../../api.ts';
import { SaveStateText } from '../save-state.tsx';
import { emptyText, useDraft } from '../use-draft.ts';
import { MentionField } from './mention-field.tsx';
import { mentionsIn } from './mentions.ts';

interface Props {
  conversation: Conversation;
  draft: Draft | undefined;
  carried: string | null;
  onText: (text: string, kind: 'note') => void;
}

export function NoteEditor({ conversation, draft: stored, carried, onText }: Props) {
  const t = useText('conversations');
  const people = usePeople();
  const [initial] = useState(() => (carried === null ? emptyText : { ...emptyText, text: carried }));
  const draft = useDraft(conversation.id, 'note', carried === null ? stored : undefined, initial, conversation.lastSeq);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const noteId = useRef(crypto.randomUUID());
  const { text } = draft.text;
  useEffect(() => onText(text, 'note'), [text, onText]);

  const save = async (): Promise<void> => {
    if (!text.trim() || isBusy) return;
    setIsBusy(true);
    await draft.settle();
    try {
      await writeNote({ id: conversation.id, noteId: noteId.current, text: text.trim(), mentions: mentionsIn(text, people) });
      noteId.current = crypto.randomUUID();
      setProblem(null);
      draft.reset(emptyText);
      await draft.drop();
    } catch (error) {
      setProblem(error);
      draft.resume();
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <div className="edge-internal m-3 rounded-lg pl-2">
      <p className="flex items-center gap-1.5 px-3 pt-2 font-medium text-note-text">
        <Lock aria-hidden="true" className="size-3.5" />
        {t('composer.noteAudience')}
      </p>
      {problem !== null && <ProblemBanner problem={problemText(problem)} className="mx-3 mt-2" />}
      <MentionField
        aria-label={t('composer.noteLabel')}
        className="field-sizing-content block max-h-80 min-h-24 w-full resize-none bg-transparent px-3 py-2 text-base outline-none"
        placeholder={t('composer.notePlaceholder')}
        value={text}
        onText={(next) => draft.change({ text: next })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur();
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          void save();
        }}
      />
      <div className="flex items-center gap-3 px-3 pb-2">
        <SaveStateText state={draft.save} onRetry={() => void draft.retry()} onChoose={draft.choose} />
        <span className="flex-1" />
        <Button look="primary" icon={Lock} busy={isBusy} disabled={!text.trim()} onClick={() => void save()}>
          {t('composer.saveNote')}
        </Button>
        <span className="hidden sm:inline">
          <Kbd keys="mod+enter" />
        </span>
      </div>
    </div>
  );
}
