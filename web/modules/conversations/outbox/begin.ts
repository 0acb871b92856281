import { ProblemError } from '../../../platform/api/problem.ts';
import { textOf } from '../../../platform/i18n/i18n.ts';
import { problemText } from '../../../platform/i18n/problem-text.ts';
import { notify } from '../../../ui/overlay/notify.ts';
import type { Leaving } from './leaving.ts';
import { openOutbox } from './outbox.ts';

/** Begins to send what waits for this person; answers how to end it. */
export const beginOutbox = (personId: string, go: (path: string) => void): (() => void) =>
  openOutbox(personId, (entry) => tellReturned(entry, go));

/** Somebody has gone on to something else by the time that an answer is refused: says why, and leads back to its text. */
function tellReturned({ problem, conversationId }: Leaving, go: (path: string) => void): void {
  if (!problem) return;
  const t = textOf('conversations');
  const { title } = problemText(new ProblemError(problem));
  notify({
    tone: 'problem',
    title: t('outbox.returned', { title }),
    text: t('outbox.returnedText'),
    action: { label: t('outbox.look'), run: () => go(`/inbox/open/${conversationId}`) },
  });
}
