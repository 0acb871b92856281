export const elementIdOf = (messageId: string): string => `message-${messageId}`;

const markedMilliseconds = 2_500;

/** Brings a message of the timeline into sight, gives it the focus so that reading goes on from there, and marks it for a moment. */
export function showMessage(messageId: string): void {
  const card = document.getElementById(elementIdOf(messageId));
  if (!card) return;
  const isCalm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  card.scrollIntoView({ block: 'start', behavior: isCalm ? 'auto' : 'smooth' });
  card.focus({ preventScroll: true });
  card.dataset['marked'] = 'true';
  setTimeout(() => delete card.dataset['marked'], markedMilliseconds);
}
