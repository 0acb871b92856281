import type { CustomerPage } from '../../../../contract/cases/customer-page.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { askCode, confirm } from './api.ts';
import { h, notice, section } from './dom.ts';
import { codeOf, problemIn, type Say } from './words.ts';

/** How somebody shows that they read the address: a code is sent, and typed or pasted here. */
export function confirmation(link: string | null, say: Say, onConfirmed: (page: CustomerPage) => void): HTMLElement {
  const told = notice();
  const ask = h('button', { type: 'button' }, say('askCode'));
  const field = h('input', {
    id: 'code',
    inputmode: 'numeric',
    autocomplete: 'one-time-code',
    maxlength: '40',
    required: true,
    'aria-describedby': 'code-hint',
  });
  const open = h('button', { type: 'submit' }, say('open'));
  const form = h(
    'form',
    { hidden: true },
    h('label', { for: 'code' }, say('code')),
    h('p', { id: 'code-hint', class: 'quiet' }, say('codeHint')),
    field,
    open,
  );
  const busy = (is: boolean): void => {
    ask.disabled = is || link === null;
    open.disabled = is;
  };
  const refused = (error: unknown): void => {
    const left = isProblem(error, 'cases.page_code_wrong') ? error.data['left'] : undefined;
    told.tell(`${problemIn(say, codeOf(error))}${typeof left === 'number' ? ` ${say('codeLeft', { left })}` : ''}`, true);
  };
  ask.addEventListener('click', () => {
    if (link === null) return;
    busy(true);
    askCode(link)
      .then(() => {
        form.hidden = false;
        ask.textContent = say('askAgain');
        ask.className = 'second';
        field.value = '';
        told.tell(say('codeSent'));
        field.focus();
      })
      .catch(refused)
      .finally(() => busy(false));
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (link === null) return;
    busy(true);
    confirm(link, field.value)
      .then(onConfirmed)
      .catch((error: unknown) => {
        refused(error);
        field.focus();
        field.select();
      })
      .finally(() => busy(false));
  });
  busy(false);
  return section(say('confirm'), h('p', {}, say('confirmWhy')), form, h('div', { class: 'row' }, ask), told.line);
}
