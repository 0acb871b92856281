import type { Editor } from '@tiptap/core';
import { Fragment, Slice } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import type { Choice } from '../writing/offers.ts';

/** What stands in the line before the cursor; null while something is chosen. */
export function beforeCursor({ state: { selection } }: Editor): string | null {
  if (!selection.empty) return null;
  const { parent, parentOffset } = selection.$from;
  return parent.textBetween(0, parentOffset, '\n', '\n');
}

/** Puts a choice in the place of the last letters before the cursor; its lines become paragraphs, and its first gap is chosen. */
export function putText(editor: Editor, letters: number, { text, select }: Choice): void {
  const { state, view } = editor;
  const { from } = state.selection;
  const { schema } = state;
  const paragraphs = text.split('\n').map((line) => schema.node('paragraph', null, line ? [schema.text(line)] : []));
  const begin = from - letters;
  // Open on both sides: the first line goes on where one was, the last goes on with what follows.
  const change = state.tr.replace(begin, from, new Slice(Fragment.from(paragraphs), 1, 1));
  const end = change.mapping.map(from);
  change.setSelection(TextSelection.near(change.doc.resolve(end), -1));
  view.dispatch(change.scrollIntoView());
  view.focus();
  if (select) chooseWords(editor, text.slice(select.from, select.to), begin);
}

/** Chooses the first place behind `after` where these words stand together. */
export function chooseWords(editor: Editor, words: string, after = 0): void {
  let found = -1;
  editor.state.doc.descendants((node, position) => {
    if (found >= 0 || !node.isText || position + node.nodeSize <= after) return;
    const at = (node.text ?? '').indexOf(words, Math.max(0, after - position));
    if (at >= 0) found = position + at;
  });
  if (found >= 0)
    editor
      .chain()
      .setTextSelection({ from: found, to: found + words.length })
      .scrollIntoView()
      .run();
  editor.view.focus();
}

/** Where a place of the plain text is, while each of its lines is a paragraph. */
export function placeOf(editor: Editor, offset: number): number {
  let left = offset;
  let place = 1;
  editor.state.doc.forEach((line, position) => {
    if (left < 0) return;
    place = position + 1 + Math.min(left, line.content.size);
    left -= line.content.size + 1;
  });
  return place;
}
