import type { CustomerPage, PageEntry } from '../../../../contract/cases/customer-page.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { addition } from './addition.ts';
import { leave, read, type Source } from './api.ts';
import { confirmation } from './confirm.ts';
import { h, notice, section } from './dom.ts';
import { entry, history } from './history.ts';
import './page.css';
import { retold } from './retold.ts';
import { promises, status } from './status.ts';
import { codeOf, formatsIn, hasWords, type Language, problemIn, sayIn } from './words.ts';

const [own = ''] = navigator.language.split('-');
let language: Language = hasWords(own) ? own : 'de';
let hasChosen = false;
let page: CustomerPage | null = null;
let problem: unknown = null;
let sent: PageEntry[] = [];
let source = sourceOf(location.hash);

/** The link stands behind `#`, where no request and no Referer carries it; an adviser's preview names the case instead. */
function sourceOf(hash: string): Source {
  const [, caseId] = /^#preview=([0-9a-f-]{36})$/.exec(hash) ?? [];
  return caseId ? { caseId, as: 'confirmed' } : { link: hash.slice(1) };
}

const root = document.getElementById('root') ?? document.body;

async function load(): Promise<void> {
  problem = null;
  try {
    show(await read(source));
  } catch (error) {
    problem = error;
    page = null;
    render();
  }
}

function show(next: CustomerPage): void {
  page = next;
  // The customer's language, unless somebody chose another one here.
  if (!hasChosen) language = next.language;
  render();
}

function render(): void {
  const say = sayIn(language);
  const formats = formatsIn(language);
  document.documentElement.lang = language;
  const title = page?.concern ? say('titleWith', { number: page.concern.number }) : say('title');
  document.title = page?.company ? `${title} · ${page.company}` : title;
  const parts: (HTMLElement | null)[] = [head()];
  if (page) parts.push(body(page));
  else if (problem) parts.push(failed());
  else parts.push(h('main', {}, h('p', { role: 'status' }, say('loading'))));
  root.replaceChildren(...parts.filter((part) => part !== null));

  function head(): HTMLElement {
    const choice = (one: Language, name: string): HTMLElement =>
      h(
        'button',
        {
          type: 'button',
          lang: one,
          'aria-label': `${one.toUpperCase()}: ${name}`,
          'aria-pressed': String(one === language),
          onclick: () => choose(one),
        },
        one.toUpperCase(),
      );
    return h(
      'header',
      {},
      h('span', { class: 'company', dir: 'auto' }, page?.company ?? ''),
      h('div', { role: 'group', 'aria-label': say('language'), class: 'languages' }, choice('de', 'Deutsch'), choice('en', 'English')),
    );
  }

  function body(shown: CustomerPage): HTMLElement {
    const link = 'link' in source && !shown.preview ? source.link : null;
    const told = notice();
    return h(
      'main',
      {},
      shown.preview && preview(),
      h('h1', { tabindex: '-1', dir: 'auto' }, shown.concern?.subject || say('title')),
      shown.concern && h('p', { class: 'quiet' }, shown.concern.number),
      standing(shown),
      promises(shown, say, formats),
      shown.confirmed ? null : confirmation(link, say, opened),
      addition(link, say, formats, arrived),
      justSent(shown),
      history(source, shown, say, formats),
      retold(link, shown.retold, say),
      h(
        'footer',
        {},
        h('p', { class: 'quiet' }, say('until', { day: formats.day(shown.until) })),
        h('p', { class: 'quiet' }, say('alone')),
        shown.confirmed && link !== null && h('button', { type: 'button', class: 'second', onclick: () => forget(told) }, say('forget')),
        told.line,
      ),
    );
  }

  /** What was added stands here at once; in the history it comes when the page is read anew. */
  function justSent(shown: CustomerPage): HTMLElement | null {
    const known = new Set(shown.history?.items.map(({ id }) => id));
    const fresh = sent.filter(({ id }) => !known.has(id));
    if (fresh.length === 0) return null;
    return section(
      say('justSent'),
      h('ol', { class: 'history', 'data-sent': true }, ...fresh.map((one) => entry(one, say, formats, true))),
    );
  }

  function preview(): HTMLElement {
    const as = 'caseId' in source ? source.as : 'confirmed';
    const choice = (one: 'link' | 'confirmed', name: string): HTMLElement =>
      h('button', { type: 'button', class: 'second', 'aria-pressed': String(as === one), onclick: () => previewAs(one) }, name);
    return h(
      'div',
      { class: 'banner' },
      h('p', {}, say('preview')),
      h('div', { class: 'row' }, choice('link', say('previewLink')), choice('confirmed', say('previewConfirmed'))),
    );
  }

  function failed(): HTMLElement {
    const isGone = isProblem(problem, 'cases.page_unavailable', 'core.invalid_input');
    const again = h('button', { type: 'button', onclick: () => void load() }, say('again'));
    return h(
      'main',
      {},
      h('h1', {}, isGone ? say('gone') : say('title')),
      h('p', { role: 'alert' }, isGone ? say('goneHelp') : problemIn(say, codeOf(problem))),
      isGone ? null : h('div', { class: 'row' }, again),
    );
  }
}

function standing(shown: CustomerPage): HTMLElement {
  const part = status(shown, sayIn(language), formatsIn(language));
  part.dataset.part = 'standing';
  return part;
}

/** What was added makes it our turn, a moment later; what is being typed stays as it is. */
async function lookAgain(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const next = await read(source);
  page = next;
  root.querySelector('[data-part=standing]')?.replaceWith(standing(next));
}

function choose(one: Language): void {
  language = one;
  hasChosen = true;
  const typed = root.querySelector('textarea')?.value ?? '';
  render();
  // What was typed is not lost to another language.
  const field = root.querySelector('textarea');
  if (field) field.value = typed;
  root.querySelector<HTMLElement>(`.languages [lang="${one}"]`)?.focus();
}

function opened(next: CustomerPage): void {
  show(next);
  root.querySelector('h1')?.focus();
}

function arrived(one: PageEntry): void {
  sent = [one, ...sent];
  const say = sayIn(language);
  const line = entry(one, say, formatsIn(language), true);
  const list = root.querySelector('ol[data-sent]');
  if (list) list.prepend(line);
  else {
    const part = section(say('justSent'), h('ol', { class: 'history', 'data-sent': true }, line));
    root.querySelector('textarea')?.closest('section')?.after(part);
  }
  // It has arrived, whatever becomes of this look.
  lookAgain().catch(() => undefined);
}

function forget(told: ReturnType<typeof notice>): void {
  leave()
    .then(() => load())
    .then(() => root.querySelector('h1')?.focus())
    .catch((error: unknown) => told.tell(problemIn(sayIn(language), codeOf(error)), true));
}

function previewAs(as: 'link' | 'confirmed'): void {
  if ('caseId' in source) source = { ...source, as };
  void load();
}

addEventListener('hashchange', () => {
  source = sourceOf(location.hash);
  sent = [];
  void load();
});
render();
void load();
