import type { Editor } from '@tiptap/core';
import { type RefObject, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { plainTextOf } from '../../../../../contract/writing/rich-text.ts';
import { ChoiceList, optionId } from '../writing/choice-list.tsx';
import { type Choice, type Offer, offered } from '../writing/offers.ts';
import { beforeCursor, chooseWords, placeOf, putText } from './document.ts';
import { type Format, linkAt, toggles } from './formats.ts';
import { type Asks, answerWith, makeEditor, type Written } from './make-editor.ts';

/** What the toolbar and the notices around it can ask of the field. */
export interface RichHandle {
  focus: () => void;
  run: (format: Exclude<Format, 'link'>) => void;
  setLink: (href: string | null) => void;
  linkHere: () => string;
  /** Chooses the first place where these words stand. */
  choose: (words: string) => void;
  beginSnippet: () => void;
}

interface Props {
  html: string;
  onWritten: (written: Written) => void;
  onFormats: (formats: readonly Format[]) => void;
  offers: readonly Offer[];
  handle: RefObject<RichHandle | null>;
  label: string;
  placeholder: string;
  disabled: boolean;
  /** Which part of the plain text was chosen when it became formatted, and what is done there first. */
  begin: { from: number; to: number; run: (handle: RichHandle) => void } | null;
  onSend: () => void;
  /** Something too long or too big to become part of the text. */
  onTooMuch: (text: string) => void;
  room: (text: string) => boolean;
}

/** Where a formatted answer is written. Fetched when somebody formats something; until then the plain field is all there is. */
export default function RichField({ html, onWritten, onFormats, offers, handle, label, placeholder, disabled, begin, ...rest }: Props) {
  const listId = useId();
  const place = useRef<HTMLDivElement>(null);
  const [editor] = useState(() => makeEditor(html, label));
  const [first] = useState(begin);
  /** What the editor holds, as it last said or was told. */
  const [shown, setShown] = useState(html);
  const [before, setBefore] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const now = before === null ? null : offered(offers, before);
  const chosen = now?.choices[Math.min(at, now.choices.length - 1)];
  const taken = (choice: Choice): void => {
    if (!now || before === null) return;
    putText(editor, before.length - now.typed.from, choice);
    setBefore(null);
  };
  const keys = (event: KeyboardEvent): boolean => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      rest.onSend();
      return true;
    }
    if (!now || !chosen || event.ctrlKey || event.metaKey || event.isComposing) {
      if (event.key === 'Escape') editor.commands.blur();
      return event.key === 'Escape';
    }
    const { length } = now.choices;
    if (event.key === 'ArrowDown') setAt((at + 1) % length);
    else if (event.key === 'ArrowUp') setAt((at + length - 1) % length);
    else if (event.key === 'Enter' || event.key === 'Tab') taken(chosen);
    else if (event.key === 'Escape') setBefore(null);
    else return false;
    event.stopPropagation();
    return true;
  };
  const asks: Asks = {
    ...rest,
    keys,
    onFormats,
    prepare: () => {
      for (const offer of offers) offer.prepare?.();
    },
    onLeave: () => setBefore(null),
    onWritten: (written, line) => {
      setShown(written.html);
      onWritten(written);
      setBefore(line);
      setAt(0);
    },
  };
  // The editor is made once and asks for what holds by then.
  useEffect(() => {
    answerWith(editor, asks);
  });
  useEffect(() => {
    if (!place.current) return;
    editor.mount(place.current);
    if (first) {
      editor.commands.setTextSelection({ from: placeOf(editor, first.from), to: placeOf(editor, first.to) });
      editor.view.focus();
      first.run(handleOf(editor));
    }
    return () => editor.destroy();
  }, [editor, first]);
  useEffect(() => {
    // Another window's text was chosen, or a message was taken back.
    if (html === shown) return;
    editor.commands.setContent(html, { emitUpdate: false, parseOptions: { preserveWhitespace: 'full' } });
  }, [editor, html, shown]);
  useEffect(() => {
    editor.setEditable(!disabled, false);
    editor.setOptions({
      editorProps: {
        ...editor.options.editorProps,
        attributes: {
          ...(editor.options.editorProps.attributes as Record<string, string>),
          'aria-label': label,
          'aria-disabled': String(disabled),
          'aria-autocomplete': 'list',
          ...(chosen ? { 'aria-controls': listId, 'aria-activedescendant': optionId(listId, chosen) } : {}),
        },
      },
    });
    if (!chosen) for (const name of ['aria-controls', 'aria-activedescendant']) editor.view.dom.removeAttribute(name);
  }, [editor, disabled, label, chosen, listId]);
  useImperativeHandle(handle, () => handleOf(editor), [editor]);

  const isEmpty = plainTextOf(html) === '';
  return (
    <div className="relative">
      {now && chosen && <ChoiceList id={listId} label={now.offer.label} choices={now.choices} chosen={chosen} onTake={taken} />}
      <div ref={place} className="max-h-[40dvh] overflow-y-auto" />
      {isEmpty && (
        <p aria-hidden="true" className="pointer-events-none absolute top-2 left-3 text-base text-faint">
          {placeholder}
        </p>
      )}
    </div>
  );
}

const handleOf = (editor: Editor): RichHandle => ({
  focus: () => editor.view.focus(),
  run: (format) => {
    toggles[format](editor.chain().focus()).run();
  },
  setLink: (href) => {
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href === null) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive('link'))
      chain.insertContent({ type: 'text', text: href.replace(/^(?:mailto|tel):/, ''), marks: [{ type: 'link', attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
  },
  linkHere: () => linkAt(editor),
  choose: (words) => chooseWords(editor, words),
  beginSnippet: () => {
    const text = /(?:^|\s)$/.test(beforeCursor(editor) ?? '') ? '/' : ' /';
    editor.chain().focus().insertContent({ type: 'text', text }).run();
  },
});
