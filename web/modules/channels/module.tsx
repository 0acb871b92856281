import MailWarning from 'lucide-react/icons/mail-warning';
import Mailbox from 'lucide-react/icons/mailbox';
import Send from 'lucide-react/icons/send';
import { queries } from '../../platform/realtime/live.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { hasWorkingAccount } from './components/use-accounts.ts';

export const module: WebModule = {
  id: 'channels',
  pages: [
    { path: '/administration/channels', load: () => import('./accounts-page.tsx') },
    { path: '/administration/unreadable', load: () => import('./unreadable-page.tsx') },
    { path: '/outbox', load: () => import('./outbox-page.tsx') },
  ],
  menu: [
    {
      path: '/administration/channels',
      label: 'admin.accounts',
      icon: Mailbox,
      place: 'admin',
      group: 'channels',
      rights: ['manage_channels'],
    },
    {
      path: '/administration/unreadable',
      label: 'admin.unreadable',
      icon: MailWarning,
      place: 'admin',
      group: 'channels',
      rights: ['see_health'],
    },
    { path: '/outbox', label: 'admin.outbox', icon: Send, place: 'admin', group: 'channels', rights: ['read_case'] },
  ],
  firstSteps: [{ id: 'account', path: '/administration/channels', isDone: hasWorkingAccount }],
  onEvent: (event) => {
    if (/account/.test(event.type)) void queries.invalidateQueries({ queryKey: ['channels', 'accounts'] });
    if (event.type === 'channels.sent') void queries.invalidateQueries({ queryKey: ['channels', 'outbox'] });
  },
};
