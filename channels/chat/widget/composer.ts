import type { Look } from '../protocol.ts';
import { element, sign, signButton } from './elements.ts';
import { sizeOf } from './log.ts';
import type { FileToSend } from './talk.ts';
import type { Words } from './words.ts';

interface Does {
  send(text: string, files: readonly FileToSend[]): void;
  draft(text: string): void;
  writing(is: boolean): void;
  complain(text: string): void;
}

const emojis = [
  '😀',
  '😊',
  '😂',
  '😉',
  '😍',
  '🤔',
  '😕',
  '😢',
  '😡',
  '😮',
  '👍',
  '👎',
  '🙏',
  '👏',
  '🤝',
  '❤️',
  '🎉',
  '✅',
  '❌',
  '📦',
  '🚚',
  '🕐',
  '📷',
  '🏠',
];
/** Said again as long as somebody writes; the other side forgets it after eight seconds. */
const tellMilliseconds = 4_000;

/** Where the visitor writes: Enter sends, Shift and Enter begin a new line. */
export function createComposer(words: Words, does: Does) {
  let look: Look | null = null;
  let files: FileToSend[] = [];
  let toldAt = 0;
  const field = element('textarea', { 'aria-label': words.field, placeholder: words.field, rows: 1 });
  const chosen = element('ul', { class: 'files', hidden: true });
  const picker = element('input', { type: 'file', multiple: true, class: 'unseen', tabindex: -1, 'aria-hidden': 'true' });
  const attach = signButton('attach', words.attach, () => picker.click());
  // Until it is known which files may be sent none can be chosen, or they would be dropped without a word.
  attach.hidden = true;
  const grid = element('div', { class: 'emojis', role: 'group', 'aria-label': words.emojis, hidden: true });
  const smile = signButton('smile', words.emoji, () => toggle(), { 'aria-expanded': 'false' });
  const submit = element('button', { type: 'submit', class: 'solid', 'aria-label': words.send, title: words.send }, sign('send'));
  const form = element('form', { class: 'compose' }, attach, smile, field, submit);

  const stop = (): void => {
    if (toldAt > 0) does.writing(false);
    toldAt = 0;
  };
  const changed = (): void => {
    does.draft(field.value);
    if (field.value === '') return stop();
    if (Date.now() - toldAt < tellMilliseconds) return;
    toldAt = Date.now();
    does.writing(true);
  };
  const send = (): void => {
    const text = field.value.trim();
    if (text === '' && files.length === 0) return;
    if (look && [...text].length > look.longestText) return does.complain(words.tooLong(look.longestText));
    stop();
    does.send(text, files);
    field.value = '';
    files = [];
    showFiles();
    does.draft('');
    field.focus();
  };

  const add = (given: readonly File[]): void => {
    const limits = look?.files;
    if (!limits || given.length === 0) return;
    const all = [...files, ...given.map((file) => ({ name: file.name, type: file.type, size: file.size, content: file }))];
    if (all.some(({ type }) => !limits.mediaTypes.includes(type))) return does.complain(words.wrongKind);
    if (all.length > limits.maxCount) return does.complain(words.tooMany(limits.maxCount));
    if (all.reduce((sum, { size }) => sum + size, 0) > limits.maxBytes) return does.complain(words.tooLarge(sizeOf(limits.maxBytes)));
    files = all;
    showFiles();
  };
  const showFiles = (): void => {
    chosen.hidden = files.length === 0;
    chosen.replaceChildren(
      ...files.map((file) =>
        element(
          'li',
          {},
          element('span', {}, `${file.name} (${sizeOf(file.size)})`),
          signButton('close', words.remove(file.name), () => {
            files = files.filter((other) => other !== file);
            showFiles();
            field.focus();
          }),
        ),
      ),
    );
  };

  const insert = (emoji: string): void => {
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, 'end');
    toggle(false);
    changed();
  };
  const toggle = (is = grid.hidden === true): void => {
    grid.hidden = !is;
    smile.setAttribute('aria-expanded', String(is));
    (is ? (grid.firstElementChild as HTMLElement) : field).focus();
  };
  for (const [n, emoji] of emojis.entries()) {
    const one = element('button', { type: 'button', tabindex: n === 0 ? 0 : -1 }, emoji);
    one.addEventListener('click', () => insert(emoji));
    grid.append(one);
  }
  // One stop for the tab key; within it the arrows, as in any grid.
  grid.addEventListener('keydown', (event) => {
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 };
    const all = [...grid.children] as HTMLElement[];
    const at = all.indexOf(event.target as HTMLElement);
    const next = all[at + (steps[event.key] ?? Number.NaN)];
    if (event.key === 'Escape') {
      event.stopPropagation();
      toggle(false);
    } else if (next) {
      event.preventDefault();
      all[at]?.setAttribute('tabindex', '-1');
      next.setAttribute('tabindex', '0');
      next.focus();
    }
  });

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });
  field.addEventListener('input', changed);
  field.addEventListener('blur', stop);
  field.addEventListener('keydown', (event) => {
    // A half-written sign of an input method is no end of a message.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  field.addEventListener('paste', (event) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    add(pasted);
  });
  picker.addEventListener('change', () => {
    add([...(picker.files ?? [])]);
    picker.value = '';
    field.focus();
  });

  return {
    nodes: [chosen, grid, picker, form],
    field,
    setLook(given: Look) {
      look = given;
      attach.hidden = given.files === null;
      picker.accept = given.files?.mediaTypes.join(',') ?? '';
    },
    setDraft(text: string) {
      field.value = text;
    },
  };
}
