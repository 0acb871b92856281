import type { CustomerPage, PagePromise } from '../../../../contract/cases/customer-page.ts';
import { h, section } from './dom.ts';
import type { Formats, Say } from './words.ts';

/** Whose turn it is, and what comes next by when. */
export function status(page: CustomerPage, say: Say, { moment, day }: Formats): HTMLElement {
  const next = page.state === 'done' ? undefined : page.promises.find(({ state, dueTo }) => state === 'open' && dueTo);
  return section(
    say('state'),
    h('p', { class: `state ${page.state}` }, say(`states.${page.state}`)),
    h('p', {}, say(`stateHints.${page.state}`)),
    next && h('p', {}, say('next', { due: dueOf(next, say, moment) })),
    page.concern && h('p', { class: 'quiet' }, say('openedAt', { day: day(page.concern.openedAt) })),
  );
}

/** Every promise with its date and what became of it, the one due first on top. */
export function promises(page: CustomerPage, say: Say, { moment }: Formats): HTMLElement {
  if (page.promises.length === 0) return section(say('promises'), h('p', { class: 'quiet' }, say('noPromises')));
  const lines = page.promises.map((promise) =>
    h(
      'li',
      { class: `promise ${promise.state}` },
      h('span', { class: 'mark', 'aria-hidden': 'true' }, marks[promise.state]),
      h(
        'div',
        {},
        ...(promise.text === null
          ? [h('p', { class: 'what' }, dueOf(promise, say, moment)), h('p', { class: 'quiet' }, say(`promiseStates.${promise.state}`))]
          : [
              h('p', { class: 'what', dir: 'auto' }, promise.text),
              h('p', { class: 'quiet' }, `${dueOf(promise, say, moment)} · ${say(`promiseStates.${promise.state}`)}`),
            ]),
      ),
    ),
  );
  return section(say('promises'), h('ul', {}, ...lines));
}

const marks: Record<PagePromise['state'], string> = { open: '○', kept: '✓', broken: '!', made_good: '✓', released: '–' };

function dueOf({ dueFrom, dueTo }: PagePromise, say: Say, moment: Formats['moment']): string {
  if (dueFrom && dueTo) return say('dueBetween', { from: moment(dueFrom), to: moment(dueTo) });
  const at = dueTo ?? dueFrom;
  return at ? say('due', { day: moment(at) }) : '';
}
