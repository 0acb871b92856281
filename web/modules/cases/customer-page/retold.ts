import { retell } from './api.ts';
import { h, notice, section } from './dom.ts';
import { codeOf, problemIn, type Say } from './words.ts';

/** One press, no question and no name: that something had to be told again. */
export function retold(link: string | null, isSaid: boolean, say: Say): HTMLElement {
  const told = notice();
  const button = h('button', { type: 'button', class: 'second' }, say('retell'));
  const thank = (): void => {
    button.hidden = true;
    told.tell(say('retoldThanks'));
  };
  button.disabled = link === null;
  button.addEventListener('click', () => {
    if (link === null) return;
    button.disabled = true;
    retell(link)
      .then(thank)
      .catch((error: unknown) => {
        button.disabled = false;
        told.tell(problemIn(say, codeOf(error)), true);
      });
  });
  if (isSaid) thank();
  return section(say('retold'), h('p', {}, say('retoldWhy')), h('div', { class: 'row' }, button), told.line);
}
