import { button, element, sign } from './elements.ts';
import type { Row } from './model.ts';
import { toJson } from './pristine.ts';
import type { Words } from './words.ts';

interface Does {
  save(file: { id: string; name: string }): void;
  again(id: string): void;
  reason(id: string): string;
}

/** The messages. Rows stay the same elements for as long as they say the same, so that a reader is told of what is new, and of nothing twice. */
export function createLog(words: Words, does: Does) {
  const list = element('div', { class: 'log', role: 'log', 'aria-label': words.log, tabindex: 0 });
  const drawn = new Map<string, { said: string; node: HTMLElement }>();
  return {
    node: list,
    /** Gives the rows that are new since the last time. */
    show(rows: readonly Row[]): Row[] {
      const fresh: Row[] = [];
      const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
      let place = list.firstElementChild;
      const ids = new Set(rows.map(({ id }) => id));
      for (const [id, { node }] of drawn) {
        if (ids.has(id)) continue;
        if (place === node) place = node.nextElementSibling;
        node.remove();
        drawn.delete(id);
      }
      for (const row of rows) {
        const said = toJson(row);
        const known = drawn.get(row.id);
        if (!known) fresh.push(row);
        const node = known?.node ?? element('div');
        if (known?.said !== said) draw(node, row, words, does);
        drawn.set(row.id, { said, node });
        if (place === node) place = node.nextElementSibling;
        else list.insertBefore(node, place);
      }
      if (isAtEnd || fresh.some(({ isMine }) => isMine)) list.scrollTop = list.scrollHeight;
      return fresh;
    },
    toEnd: () => void (list.scrollTop = list.scrollHeight),
  };
}

/** What was said stays the same element, and how far it is on its way is not read out: else a reader would hear every sentence again. */
function draw(node: HTMLElement, row: Row, words: Words, does: Does): void {
  node.className = row.isMine ? 'row mine' : 'row';
  const body = node.querySelector('.body') ?? node.appendChild(element('div', { class: 'body' }));
  const meta = node.querySelector('.meta') ?? node.appendChild(element('div', { class: 'meta', 'aria-live': 'off' }));
  const said = toJson([row.text, row.files]);
  if (node.dataset['said'] !== said) {
    node.dataset['said'] = said;
    const text = row.text === '' ? [] : [element('div', { class: 'bubble', dir: 'auto' }, row.text)];
    body.replaceChildren(...text, ...row.files.map((file) => fileButton(file, words, does)));
  }
  const at = new Date(row.at);
  const stage = row.stage === 'refused' ? null : row.stage && words[row.stage];
  const time = element('time', { datetime: row.at }, at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  meta.replaceChildren(element('span', {}, row.isMine ? words.you : row.author), time, ...(stage ? [element('span', {}, stage)] : []));
  if (row.stage !== 'refused') return;
  meta.append(
    element('span', { class: 'bad' }, `${words.notSent}. ${does.reason(row.id)}`),
    button(words.again, () => does.again(row.id), { class: 'link' }),
  );
}

function fileButton(file: Row['files'][number], words: Words, does: Does): HTMLButtonElement {
  const label = file.isReady ? `${file.name} (${sizeOf(file.size)})` : `${file.name} (${words.unchecked})`;
  const made = button(label, () => does.save(file), { class: 'file', 'aria-label': words.download(file.name), disabled: !file.isReady });
  made.prepend(sign('file'));
  return made;
}

export const sizeOf = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${Math.round(bytes / 1024 / 102.4) / 10} MB`;
