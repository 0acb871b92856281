import {
  type ClipboardEvent,
  type ComponentType,
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { gapsIn } from '../../../../../contract/writing/placeholders.ts';
import { longestText, richOf } from '../../../../../contract/writing/rich-text.ts';
import { refused } from '../../../../platform/refused.ts';
import type { Offer } from '../writing/offers.ts';
import { beginSnippet, choose, WritingField } from '../writing/writing-field.tsx';
import type { Format } from './formats.ts';
import type RichFieldOf from './rich-field.tsx';
import type { RichHandle } from './rich-field.tsx';

type Rich = ComponentType<Parameters<typeof RichFieldOf>[0]>;
let fetched: Rich | null = null;
/** The editor for formatted text is a third of the inbox's script, so it comes when somebody formats, and not before. */
const fetchRich = (): Promise<Rich> => import('./rich-field.tsx').then((file) => (fetched = file.default));

export interface AnswerHandle {
  focus: () => void;
  /** Chooses the first placeholder that is still to be filled in. */
  showGap: () => void;
  beginSnippet: () => void;
  format: (format: Exclude<Format, 'link'>) => void;
  setLink: (href: string | null) => void;
  linkHere: () => string;
}

interface Props {
  text: string;
  /** Null: plain. */
  html: string | null;
  /** Whether the channel carries formatting. */
  mayFormat: boolean;
  onWritten: (written: { text: string; html: string | null }) => void;
  onFormats: (formats: readonly Format[]) => void;
  onSend: () => void;
  /** A pasted text that no message holds. */
  onTooMuch: (text: string) => void;
  offers: readonly Offer[];
  handle: RefObject<AnswerHandle | null>;
  label: string;
  placeholder: string;
  disabled: boolean;
}

/** Where an answer is written: plain, and formatted from the first time that somebody formats something on. */
export function AnswerField({ text, html, mayFormat, onWritten, offers, handle, label, placeholder, disabled, ...rest }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const rich = useRef<RichHandle>(null);
  const [Rich, setRich] = useState<Rich | null>(() => fetched);
  const [begin, setBegin] = useState<{ from: number; to: number; run: (handle: RichHandle) => void } | null>(null);
  const isRich = html !== null;
  useEffect(() => {
    if (isRich && !Rich) fetchRich().then((made) => setRich(() => made), refused);
  }, [isRich, Rich]);
  const room = (more: string): boolean => text.length + more.length <= longestText;
  /** Makes the text formatted and goes on where one was. */
  const withRich = (run: (handle: RichHandle) => void): void => {
    if (isRich && rich.current) return run(rich.current);
    fetchRich().then((made) => {
      const { selectionStart: from = text.length, selectionEnd: to = from, value = text } = field.current ?? {};
      setBegin({ from, to, run });
      setRich(() => made);
      onWritten({ text: value, html: richOf(value) });
    }, refused);
  };
  useImperativeHandle(handle, () => ({
    focus: () => (rich.current ?? field.current)?.focus(),
    showGap: () => {
      const [gap] = gapsIn(text);
      if (!gap) return;
      if (rich.current) rich.current.choose(gap.written);
      else choose(field.current, gap.from, gap.from + gap.written.length);
    },
    beginSnippet: () => (rich.current ? rich.current.beginSnippet() : beginSnippet(field.current)),
    format: (format) => withRich((made) => made.run(format)),
    setLink: (href) => withRich((made) => made.setLink(href)),
    linkHere: () => rich.current?.linkHere() ?? '',
  }));
  if (isRich && Rich)
    return (
      <Rich
        html={html}
        onWritten={onWritten}
        offers={offers}
        handle={rich}
        label={label}
        placeholder={placeholder}
        disabled={disabled}
        begin={begin}
        room={room}
        {...rest}
      />
    );
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Escape') return event.currentTarget.blur();
    if (!event.ctrlKey && !event.metaKey) return;
    const format = mayFormat && keysOf[`${event.shiftKey ? 'shift+' : ''}${event.code}`];
    if (event.key === 'Enter') rest.onSend();
    else if (format) withRich((made) => made.run(format));
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent): void => {
    const pasted = event.clipboardData.getData('text/plain');
    if (room(pasted)) return;
    event.preventDefault();
    rest.onTooMuch(pasted);
  };
  return (
    <WritingField
      field={field}
      offers={offers}
      aria-label={label}
      className="field-sizing-content block max-h-[40dvh] min-h-16 w-full resize-none bg-transparent px-3 py-2 text-base outline-none disabled:text-muted"
      placeholder={placeholder}
      disabled={disabled}
      // What is formatted is read until its editor is there.
      readOnly={isRich}
      maxLength={longestText}
      value={text}
      onText={(next) => onWritten({ text: next, html: null })}
      onFocus={() => {
        if (mayFormat) void fetchRich().catch(() => {});
      }}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  );
}

/** As everywhere: Ctrl or Cmd with these. */
const keysOf: Record<string, Exclude<Format, 'link'>> = {
  KeyB: 'bold',
  KeyI: 'italic',
  'shift+Digit7': 'orderedList',
  'shift+Digit8': 'bulletList',
  'shift+KeyB': 'blockquote',
};
