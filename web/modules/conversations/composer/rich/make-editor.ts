import { Editor } from '@tiptap/core';
import { plainTextOf } from '../../../../../contract/writing/rich-text.ts';
import { beforeCursor } from './document.ts';
import { extensions, type Format, formatsAt, isSmall } from './formats.ts';
import { withoutDeeds } from './pasted.ts';

export interface Written {
  text: string;
  html: string;
}

/** What the editor asks of whatever it stands in. */
export interface Asks {
  /** Whether the key was taken. */
  keys: (event: KeyboardEvent) => boolean;
  prepare: () => void;
  /** `line`: what stands in the line before the cursor, null while something is chosen. */
  onWritten: (written: Written, line: string | null) => void;
  onFormats: (formats: readonly Format[]) => void;
  onLeave: () => void;
  onTooMuch: (text: string) => void;
  room: (text: string) => boolean;
}

const asked = new WeakMap<Editor, Asks>();
/** The editor outlives the drawing it was made in, so what it asks is told anew after each. */
export const answerWith = (editor: Editor, asks: Asks): void => void asked.set(editor, asks);

/** An editor that stands nowhere yet. */
export function makeEditor(html: string, label: string): Editor {
  const editor: Editor = new Editor({
    element: null,
    extensions: extensions(),
    content: html,
    parseOptions: { preserveWhitespace: 'full' },
    injectCSS: false,
    editorProps: {
      attributes: {
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        dir: 'auto',
        class: 'rich min-h-20 px-3 py-2 text-base',
      },
      handleKeyDown: (_view, event) => asked.get(editor)?.keys(event) ?? false,
      transformPastedHTML: withoutDeeds,
      handlePaste: (_view, event) => {
        const text = event.clipboardData?.getData('text/plain') ?? '';
        const hasRoom = asked.get(editor)?.room(text) ?? true;
        if (hasRoom && isSmall(event.clipboardData?.getData('text/html') ?? '')) return false;
        if (hasRoom) editor.commands.insertContent(text.split('\n').map((line) => paragraph(line)));
        else asked.get(editor)?.onTooMuch(text);
        return true;
      },
      handleDOMEvents: {
        focus: () => {
          asked.get(editor)?.prepare();
          return false;
        },
        blur: () => {
          asked.get(editor)?.onLeave();
          return false;
        },
      },
    },
    onUpdate: () => {
      const written = editor.getHTML();
      asked.get(editor)?.onWritten({ html: written, text: plainTextOf(written) }, beforeCursor(editor));
    },
    onTransaction: () => asked.get(editor)?.onFormats(formatsAt(editor)),
  });
  return editor;
}

const paragraph = (line: string) => ({ type: 'paragraph', content: line ? [{ type: 'text', text: line }] : [] });
