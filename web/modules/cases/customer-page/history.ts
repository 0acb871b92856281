import type { CustomerPage, PageEntry } from '../../../../contract/cases/customer-page.ts';
import { addressOfFile, read, type Source } from './api.ts';
import { h, notice, section } from './dom.ts';
import { codeOf, type Formats, problemIn, type Say } from './words.ts';

/** As much of a long message as is shown before somebody asks for all of it. */
const longText = 1_200;

/** What was written, the newest on top, with older ones on demand. */
export function history(source: Source, page: CustomerPage, say: Say, formats: Formats): HTMLElement | null {
  if (!page.history) return null;
  const list = h('ol', { class: 'history', reversed: true });
  const told = notice();
  const more = h('button', { type: 'button', class: 'second' }, say('older'));
  let cursor = page.history.nextCursor;
  const show = (items: readonly PageEntry[], next: string | null): void => {
    list.append(...items.map((one) => entry(one, say, formats, page.preview)));
    cursor = next;
    more.hidden = next === null;
  };
  more.addEventListener('click', () => {
    if (cursor === null) return;
    more.disabled = true;
    read(source, cursor)
      .then(({ history: older }) => {
        const first = list.childElementCount;
        if (older) show(older.items, older.nextCursor);
        told.tell('');
        // Whoever reads by keyboard goes on where the older ones begin.
        (list.children[first] as HTMLElement | undefined)?.focus();
      })
      .catch((error: unknown) => told.tell(problemIn(say, codeOf(error)), true))
      .finally(() => {
        more.disabled = false;
      });
  });
  show(page.history.items, page.history.nextCursor);
  const isEmpty = page.history.items.length === 0;
  return section(say('history'), isEmpty ? h('p', { class: 'quiet' }, say('noHistory')) : list, more, told.line);
}

/** One message: who of the sides wrote when, the text as it is, the files. */
export function entry(one: PageEntry, say: Say, { moment, size }: Formats, isPreview = false): HTMLLIElement {
  const where = one.onPage ? ` · ${say('onPage')}` : '';
  return h(
    'li',
    { class: `entry ${one.by}`, tabindex: '-1' },
    h('p', { class: 'quiet' }, h('strong', {}, say(`by.${one.by}`)), ' · ', h('time', { datetime: one.at }, moment(one.at)), where),
    one.text.trim() === '' ? null : textOf(one.text.trim(), say),
    one.files.length > 0 &&
      h(
        'ul',
        { class: 'files', 'aria-label': say('files') },
        ...one.files.map(({ id, filename, size: bytes, ready }) => {
          const name = `${filename} (${size(bytes)})`;
          if (!ready) return h('li', { class: 'quiet', dir: 'auto' }, say('fileChecking', { name }));
          return h(
            'li',
            {},
            isPreview ? h('span', { dir: 'auto' }, name) : h('a', { href: addressOfFile(id), download: filename, dir: 'auto' }, name),
          );
        }),
      ),
  );
}

function textOf(text: string, say: Say): HTMLElement {
  if (text.length <= longText) return h('p', { class: 'text', dir: 'auto' }, text);
  const shown = h('p', { class: 'text', dir: 'auto' }, `${text.slice(0, longText).toWellFormed()} …`);
  const button = h('button', { type: 'button', class: 'plain', 'aria-expanded': 'false' }, say('whole'));
  button.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') !== 'true';
    button.setAttribute('aria-expanded', String(isOpen));
    button.textContent = say(isOpen ? 'less' : 'whole');
    shown.textContent = isOpen ? text : `${text.slice(0, longText).toWellFormed()} …`;
  });
  return h('div', {}, shown, button);
}
