import BookText from 'lucide-react/icons/book-text';
import Eye from 'lucide-react/icons/eye';
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react';
import type { Attachment } from '../../../../contract/conversations.ts';
import { gapsIn } from '../../../../contract/writing/placeholders.ts';
import { longestText } from '../../../../contract/writing/rich-text.ts';
import { useFormats } from '../../../platform/i18n/format.ts';
import { useText } from '../../../platform/i18n/i18n.ts';
import { FileDrop } from '../../../ui/form/file-drop.tsx';
import { IconButton } from '../../../ui/icon-button.tsx';
import { notify } from '../../../ui/overlay/notify.ts';
import type { Preview } from '../api.ts';
import { AttachmentList } from './attachments/attachment-list.tsx';
import { FilePicker } from './attachments/file-picker.tsx';
import { useUploads } from './attachments/use-uploads.ts';
import { AnswerField, type AnswerHandle } from './rich/answer-field.tsx';
import { FormatBar } from './rich/format-bar.tsx';
import type { Format } from './rich/formats.ts';
import { SendButtons, type Then } from './send-buttons.tsx';
import type { DraftText } from './draft-text.ts';
import { GapNotice } from './writing/gap-notice.tsx';
import type { Offer } from './writing/offers.ts';

const PreviewDialog = lazy(() => import('./preview/preview-dialog.tsx').then((file) => ({ default: file.PreviewDialog })));
const GapQuestion = lazy(() => import('./writing/gap-question.tsx').then((file) => ({ default: file.GapQuestion })));

export interface Words {
  text: string;
  html: string | null;
}

interface Props {
  text: DraftText;
  /** Typed, which may mean more than a change. */
  onWritten: (written: Words) => void;
  onChange: (part: Partial<DraftText>) => void;
  onAttach: (file: Attachment) => void;
  mayFormat: boolean;
  offers: readonly Offer[];
  label: string;
  placeholder: string;
  disabled: boolean;
  /** What is missing before it can leave, in words. */
  lacks?: string | null;
  /** How it will be read; null where nothing can tell. */
  preview: (() => Promise<Preview>) | null;
  isPublic: boolean;
  /** Which ways of sending there are besides at once; see `SendButtons`. */
  ways: 'all' | 'later' | 'none';
  isBusy: boolean;
  onSend: (then: Then, at: string | null) => void;
  onDrop: () => void;
  /** Where the draft is. */
  state: ReactNode;
  className: string;
  /** Of what is written, below it. */
  below?: ReactNode;
  /** Whom it is for, above the text. */
  children: ReactNode;
}

/** Where something for others is written, whatever it answers: text with its tools, files, preview and the ways to send. */
export function WritingArea({ text: written, onWritten, onChange, onAttach, mayFormat, offers, disabled, ...rest }: Props) {
  const t = useText('conversations');
  const general = useText('platform');
  const { number } = useFormats();
  const { text, html, attachments } = written;
  const { uploads, add, dismiss, retry } = useUploads(onAttach);
  const answer = useRef<AnswerHandle>(null);
  const [formats, setFormats] = useState<readonly Format[]>([]);
  const [isPreviewing, setIsPreviewing] = useState(false);
  const [asked, setAsked] = useState<{ then: Then; at: string | null } | null>(null);
  const sendOrAsk = (then: Then, at: string | null): void => {
    const missing = uploads.length > 0 ? t('composer.fileMissing') : rest.lacks;
    // A key can ask for what no button offers.
    if (missing) notify({ title: missing });
    else if (gapsIn(text).length > 0) setAsked({ then, at });
    else rest.onSend(then, at);
  };
  const backToGap = (): void => {
    setAsked(null);
    // After the dialog has given the focus back.
    setTimeout(() => answer.current?.showGap(), 0);
  };
  const makePlain = (): void => {
    onChange({ html: null });
    notify({
      title: t('format.removed'),
      milliseconds: 10_000,
      action: { label: general('undo'), run: () => onChange({ text, html }) },
    });
  };
  const attachText = (pasted: string): void => {
    add([new File([pasted], t('composer.pastedFile'), { type: 'text/plain' })]);
    notify({ title: t('composer.pasteTooLong'), text: t('composer.pasteTooLongHint', { most: number(longestText) }) });
  };
  return (
    <FileDrop hint={t('composer.drop')} disabled={disabled} onFiles={add} className={rest.className}>
      {rest.children}
      <AnswerField
        text={text}
        html={html}
        mayFormat={mayFormat}
        onWritten={onWritten}
        onFormats={setFormats}
        onSend={() => sendOrAsk('wait', null)}
        onTooMuch={attachText}
        offers={offers}
        handle={answer}
        label={rest.label}
        placeholder={rest.placeholder}
        disabled={disabled}
      />
      <GapNotice text={text} onShow={() => answer.current?.showGap()} />
      {rest.below}
      <AttachmentList
        attachments={attachments}
        uploads={uploads}
        onDismiss={dismiss}
        onRetry={retry}
        onRemove={(id) => onChange({ attachments: attachments.filter((each) => each.id !== id) })}
      />
      <div className="while-writing flex flex-wrap items-center gap-x-1 gap-y-2 px-2 pb-2">
        <FilePicker label={t('composer.attach')} disabled={disabled} onFiles={add} />
        <IconButton
          label={t('snippet.button')}
          icon={BookText}
          keys="/"
          disabled={disabled}
          onClick={() => answer.current?.beginSnippet()}
        />
        {mayFormat && (
          <FormatBar
            answer={answer}
            formats={html === null ? [] : formats}
            isRich={html !== null}
            disabled={disabled}
            onPlain={makePlain}
          />
        )}
        {rest.state}
        <span className="ml-auto flex items-center">
          {rest.preview && (
            <IconButton
              label={t('preview.show')}
              icon={Eye}
              disabled={disabled || !text.trim()}
              onClick={() => setIsPreviewing(true)}
              className="disabled:invisible"
            />
          )}
          <SendButtons
            isPublic={rest.isPublic}
            busy={rest.isBusy}
            disabled={disabled || !text.trim() || uploads.length > 0}
            lacksMore={Boolean(rest.lacks)}
            onSend={sendOrAsk}
            onDrop={rest.onDrop}
            ways={rest.ways}
          />
        </span>
      </div>
      {isPreviewing && rest.preview && (
        <Suspense>
          <PreviewDialog preview={rest.preview} text={written} onClose={() => setIsPreviewing(false)} />
        </Suspense>
      )}
      {asked && (
        <Suspense>
          <GapQuestion
            text={text}
            onBack={backToGap}
            onSend={() => {
              setAsked(null);
              rest.onSend(asked.then, asked.at);
            }}
          />
        </Suspense>
      )}
    </FileDrop>
  );
}
