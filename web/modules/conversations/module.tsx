import Inbox from 'lucide-react/icons/inbox';
import MessageSquare from 'lucide-react/icons/message-square';
import { textOf } from '../../platform/i18n/i18n.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { searchMessages } from './api.ts';

export const module: WebModule = {
  id: 'conversations',
  pages: [
    { path: '/inbox/{-$view}/{-$conversationId}', load: () => import('./inbox-page.tsx') },
    { path: '/new-message', load: () => import('./start/new-message-page.tsx') },
  ],
  menu: [{ path: '/inbox', label: 'menu', icon: Inbox, place: 'main', keys: 'g i', rights: ['read_case'] }],
  find: async (query, go) => {
    const { items } = await searchMessages(query);
    return items.map(({ message, conversation, excerpt }) => ({
      id: `message ${message.id}`,
      label: `${conversation.customerName}: ${conversation.subject}`,
      // The server marks what was found with double brackets.
      hint: excerpt.replace(/\[\[|\]\]/g, ''),
      group: textOf('conversations')('search.group'),
      icon: MessageSquare,
      always: true,
      run: () => go(`/inbox/open/${conversation.id}`),
    }));
  },
};
