import { notify } from '../ui/overlay/notify.ts';
import { problemText } from './i18n/problem-text.ts';

/** Says in the corner why something was refused and what to do, where no form is there to show it. */
export function refused(error: unknown): void {
  const { title, help } = problemText(error);
  notify({ tone: 'problem', title, text: help });
}
