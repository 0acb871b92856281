import i18next from 'i18next';
import { expect, test } from 'vitest';
import { conversationState, type ViewFilter } from '../../../../../contract/conversations.ts';
import de from '../../strings.de.json' with { type: 'json' };
import en from '../../strings.en.json' with { type: 'json' };
import { filterSentence } from './filter-words.ts';

const i18n = i18next.createInstance();
await i18n.init({
  lng: 'de',
  resources: { de: { conversations: de }, en: { conversations: en } },
  interpolation: { escapeValue: false },
  showSupportNotice: false,
} as Parameters<typeof i18n.init>[0]);

const names = {
  team: (id: string) => ({ n: 'Team Nord', l: 'Kundenservice Leipzig' })[id] ?? id,
  queue: (id: string) => ({ r: 'Recht', e: 'Eilt' })[id] ?? id,
  channel: (id: string) => ({ email: 'E-Mail', chat: 'Chat' })[id] ?? id,
};
const said = (filter: ViewFilter, language: 'de' | 'en'): string =>
  filterSentence(filter, i18n.getFixedT(language, 'conversations'), names, language);

test.each<[ViewFilter, string, string]>([
  [{ snoozed: false }, 'Offene Gespräche.', 'Open conversations.'],
  [{}, 'Offene Gespräche, auch zurückgestellte.', 'Open conversations, snoozed ones too.'],
  [{ snoozed: true }, 'Offene, zurückgestellte Gespräche.', 'Open, snoozed conversations.'],
  [
    { channels: ['email'], teamIds: ['n'], waitingHours: 4, snoozed: false },
    'Offene Gespräche per E-Mail vom Team Nord, deren Kund:in länger als 4 Stunden wartet.',
    'Open conversations by E-Mail of the team Nord whose customer has waited longer than 4 hours.',
  ],
  [
    { channels: ['email', 'chat'], teamIds: ['n', 'l'], tags: ['messe', 'lob'], snoozed: false },
    'Offene Gespräche per E-Mail oder Chat von den Teams Nord oder Kundenservice Leipzig mit einem der Schlagwörter „messe“ oder „lob“.',
    'Open conversations by E-Mail or Chat of the teams Nord or Kundenservice Leipzig with one of the tags “messe” or “lob”.',
  ],
  [{ queueIds: ['r'], snoozed: false }, 'Offene Gespräche in der Warteschlange „Recht“.', 'Open conversations in the queue “Recht”.'],
  [
    { queueIds: ['r', 'e'], teamIds: ['n'], snoozed: false },
    'Offene Gespräche vom Team Nord in den Warteschlangen „Recht“ oder „Eilt“.',
    'Open conversations of the team Nord in the queues “Recht” or “Eilt”.',
  ],
  [
    { states: ['queued', 'in_progress'], assignee: 'nobody', claimed: false, snoozed: false },
    'Gespräche, die auf uns warten oder in Arbeit sind, die niemandem zugeteilt sind und an denen gerade niemand arbeitet.',
    'Conversations that wait for us or are in progress, that are assigned to nobody, and that nobody works on now.',
  ],
  [
    { states: ['resolved'], assignee: 'me', priorities: ['urgent', 'high'], tags: ['messe'], snoozed: false },
    'Gespräche mit dem Schlagwort „messe“ mit der Dringlichkeit „Dringend“ oder „Hoch“, die gelöst sind und die bei mir liegen.',
    'Conversations with the tag “messe” of the urgency “Urgent” or “High” that are resolved and that lie with me.',
  ],
  [
    { waitingHours: 24, assignee: 'anybody', claimed: true, snoozed: true },
    'Offene, zurückgestellte Gespräche, die jemandem zugeteilt sind, deren Kund:in länger als einen Tag wartet und an denen gerade jemand arbeitet.',
    'Open, snoozed conversations that are assigned to somebody, whose customer has waited longer than a day, and that somebody works on now.',
  ],
  [
    { waitingHours: 1, snoozed: false },
    'Offene Gespräche, deren Kund:in länger als eine Stunde wartet.',
    'Open conversations whose customer has waited longer than an hour.',
  ],
  [
    { waitingHours: 72, states: ['queued'], snoozed: true },
    'Zurückgestellte Gespräche, die auf uns warten und deren Kund:in länger als 3 Tage wartet.',
    'Snoozed conversations that wait for us and whose customer has waited longer than 3 days.',
  ],
])('%o', (filter, german, english) => {
  expect(said(filter, 'de')).toBe(german);
  expect(said(filter, 'en')).toBe(english);
});

test.each(conversationState.options)('has words for %s in both languages', (state) => {
  for (const language of ['de', 'en'] as const) expect(said({ states: [state] }, language)).not.toContain('filter.');
});
