import { type PageEntry, type PageFile, pageFileBytes, pageFilesAtMost, pageTextAtMost } from '../../../../contract/cases/customer-page.ts';
import { add, upload } from './api.ts';
import { h, notice, section } from './dom.ts';
import { codeOf, type Formats, problemIn, type Say } from './words.ts';

interface Chosen {
  file: File;
  line: HTMLLIElement;
  bar: HTMLProgressElement;
  uploaded: PageFile | null;
}

/** The field in which the customer adds something. What was typed stays until it has arrived, whatever happens on the way. */
export function addition(link: string | null, say: Say, { size }: Formats, onSent: (entry: PageEntry) => void): HTMLElement {
  const told = notice();
  const text = h('textarea', {
    id: 'addition',
    rows: '5',
    maxlength: String(pageTextAtMost),
    dir: 'auto',
    'aria-describedby': 'addition-hint',
  });
  const picker = h('input', { id: 'files', type: 'file', multiple: true, 'aria-describedby': 'files-hint' });
  const list = h('ul', { class: 'files' });
  const send = h('button', { type: 'submit' }, say('send'));
  let chosen: Chosen[] = [];
  let messageId = crypto.randomUUID();

  picker.addEventListener('change', () => {
    const files = [...(picker.files ?? [])];
    picker.value = '';
    told.tell('');
    for (const file of files) {
      if (file.size > pageFileBytes) told.tell(say('tooLarge', { name: file.name }), true);
      else if (chosen.length >= pageFilesAtMost) told.tell(say('tooMany'), true);
      else take(file);
    }
  });

  const take = (file: File): void => {
    const bar = h('progress', { max: '1', value: '0', 'aria-label': say('uploading', { name: file.name }), hidden: true });
    const remove = h('button', { type: 'button', class: 'plain', 'aria-label': say('remove', { name: file.name }) }, '×');
    const line = h('li', {}, h('span', { dir: 'auto' }, `${file.name} (${size(file.size)})`), bar, remove);
    const one: Chosen = { file, line, bar, uploaded: null };
    remove.addEventListener('click', () => {
      chosen = chosen.filter((other) => other !== one);
      line.remove();
      picker.focus();
    });
    chosen.push(one);
    list.append(line);
  };

  const deliver = async (to: string): Promise<PageEntry> => {
    for (const one of chosen) {
      if (one.uploaded) continue;
      one.bar.hidden = false;
      one.uploaded = await upload(to, one.file, (part) => {
        one.bar.value = part;
      }).finally(() => {
        one.bar.hidden = true;
      });
    }
    return add(to, { messageId, text: text.value, fileIds: chosen.flatMap(({ uploaded }) => uploaded?.id ?? []) });
  };

  const form = h(
    'form',
    {},
    h('label', { for: 'addition' }, say('text')),
    text,
    list,
    // The browser's own button speaks the browser's language; its label is pressed instead.
    h('div', { class: 'row' }, h('span', { class: 'pick' }, picker, h('label', { for: 'files' }, say('attach'))), send),
    h('p', { id: 'files-hint', class: 'quiet' }, say('attachHint')),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (link === null) return;
    if (text.value.trim() === '' && chosen.length === 0) {
      told.tell(say('nothing'), true);
      return text.focus();
    }
    send.disabled = true;
    told.tell(say('sending'));
    deliver(link)
      .then((entry) => {
        text.value = '';
        list.replaceChildren();
        chosen = [];
        messageId = crypto.randomUUID();
        told.tell(say('sent'));
        onSent(entry);
      })
      .catch((error: unknown) => told.tell(problemIn(say, codeOf(error)), true))
      .finally(() => {
        send.disabled = false;
      });
  });
  if (link === null) for (const control of [text, picker, send]) control.disabled = true;
  return section(say('add'), h('p', { id: 'addition-hint', class: 'quiet' }, say('addHint')), form, told.line);
}
