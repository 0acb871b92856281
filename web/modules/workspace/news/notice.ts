import type { NewsKind, PushedNews } from '../../../../contract/workspace.ts';

export type Notice = NotificationOptions & { tag: string; data: { path: string; at: string } };

/** Both an open tab and the service worker make their sentence here, so that it is the same, and one notice. */
const words: Record<PushedNews['locale'], Record<NewsKind, (name: string) => string> & { unknown: string }> = {
  de: {
    assigned: (name) => `${name} hat dir ein Gespräch zugeteilt.`,
    mention: (name) => `${name} fragt dich in einer Notiz.`,
    handover: (name) => `${name} übergibt einen Vorgang.`,
    answered: () => 'In einem deiner Gespräche kam eine Antwort.',
    came_back: () => 'Ein zurückgestelltes Gespräch ist wieder da.',
    promise: () => 'Eine Zusage von dir wird fällig.',
    near_due: () => 'Eine Antwort wird bald fällig.',
    overdue: () => 'Eine Antwort ist überfällig.',
    rule_told: () => 'Eine Regel bittet dich, ein Gespräch anzusehen.',
    solution_near_due: () => 'Die Lösung eines Vorgangs wird bald fällig.',
    solution_overdue: () => 'Die Lösung eines Vorgangs ist überfällig.',
    offered: () => 'Dir wird ein Gespräch angeboten.',
    unknown: 'Unbekannt',
  },
  en: {
    assigned: (name) => `${name} assigned a conversation to you.`,
    mention: (name) => `${name} asks you in a note.`,
    handover: (name) => `${name} hands a case over.`,
    answered: () => 'An answer came in one of your conversations.',
    came_back: () => 'A snoozed conversation is back.',
    promise: () => 'A promise of yours comes due.',
    near_due: () => 'An answer is nearly due.',
    overdue: () => 'An answer is overdue.',
    rule_told: () => 'A rule asks you to look at a conversation.',
    solution_near_due: () => 'The solution of a case is nearly due.',
    solution_overdue: () => 'The solution of a case is overdue.',
    offered: () => 'A conversation is offered to you.',
    unknown: 'Unknown',
  },
};

/**
 * It says what kind of thing happened and which colleague did it, never who the customer is or what they wrote: the screen may be shared, and the system
 * keeps what it showed. The same thing told by several tabs and by push is one notice, the newer in place of the older.
 */
export function noticeOf({ kind, id, path, by, at, locale }: PushedNews): Notice {
  const { [kind]: say, unknown } = words[locale];
  return { body: say(by ?? unknown), tag: `${kind} ${id}`, icon: '/icon.svg', silent: true, data: { path, at } };
}
