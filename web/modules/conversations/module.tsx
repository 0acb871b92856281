import { useEffect } from 'react';
import Inbox from 'lucide-react/icons/inbox';
import MessageSquare from 'lucide-react/icons/message-square';
import TextSearch from 'lucide-react/icons/text-search';
import { formatsFor } from '../../platform/i18n/format.ts';
import { currentLanguage, textOf } from '../../platform/i18n/i18n.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { nameOf } from '../customers/index.ts';
import { useMe } from '../workspace/index.ts';
import { fetchBeginnings, searchMessages } from './api.ts';
import { addressOfHit, hitsByConversation } from './search/hits.ts';
import { hear } from './told.ts';

export const module: WebModule = {
  id: 'conversations',
  pages: [
    { path: '/inbox/{-$view}/{-$conversationId}', load: () => import('./inbox-page.tsx'), first: true },
    { path: '/search', load: () => import('./search/search-page.tsx') },
    { path: '/new-message', load: () => import('./start/new-message-page.tsx') },
  ],
  menu: [
    { path: '/inbox', label: 'menu', icon: Inbox, place: 'main', keys: 'g i', onPhone: true, rights: ['read_case'] },
    { path: '/search', label: 'search.title', icon: TextSearch, place: 'palette', keys: '/', rights: ['read_case'] },
  ],
  firstSteps: [
    { id: 'received', path: '/inbox/unassigned', isDone: async () => (await fetchBeginnings()).received },
    { id: 'answered', path: '/inbox/unassigned', isDone: async () => (await fetchBeginnings()).answered },
  ],
  tour: [
    { id: 'views', mark: '[data-tour="views"]', path: '/inbox/unassigned', rights: ['read_case'] },
    { id: 'list', mark: '[data-tour="list"]', rights: ['read_case'] },
    { id: 'next', mark: '[data-tour="next"]', rights: ['claim'] },
    { id: 'desk', mark: '[data-tour="desk"]', rights: ['read_case'] },
  ],
  onEvent: hear,
  useWatch: useOutbox,
  find: async (query, go) => {
    const { items } = await searchMessages(query, { limit: 20 });
    const t = textOf('conversations');
    const { brief } = formatsFor(currentLanguage() === 'en' ? 'en-GB' : 'de-DE');
    const found = hitsByConversation(items).map(({ message, conversation, excerpt, more }) => ({
      id: `conversation ${conversation.id}`,
      label: [nameOf(conversation.customerName), conversation.subject].filter(Boolean).join(': '),
      found: excerpt,
      aside: [more > 0 && t('search.more', { count: more }), brief(message.at)].filter(Boolean).join(' · '),
      group: t('search.group'),
      icon: MessageSquare,
      always: true,
      run: () => go(addressOfHit({ conversation, message })),
    }));
    const all = {
      id: 'search',
      label: t('search.all', { words: query }),
      group: t('search.whole'),
      icon: TextSearch,
      always: true,
      run: () => go(`/search?${new URLSearchParams({ q: query })}`),
    };
    return [...found.slice(0, 8), all];
  },
};

/** What waits for this person leaves as soon as the line is there, whichever page is open; fetched beside the first page. */
function useOutbox(go: (path: string) => void): void {
  const { id } = useMe().person;
  useEffect(() => {
    let close: (() => void) | null = () => {};
    void import('./outbox/begin.ts').then(({ beginOutbox }) => {
      if (close) close = beginOutbox(id, go);
    });
    return () => {
      close?.();
      close = null;
    };
  }, [id, go]);
}
