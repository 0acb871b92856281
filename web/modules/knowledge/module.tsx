import TextQuote from 'lucide-react/icons/text-quote';
import type { WebModule } from '../../platform/router/module.ts';

export const module: WebModule = {
  id: 'knowledge',
  pages: [{ path: '/administration/snippets', load: () => import('./snippets/snippets-page.tsx') }],
  menu: [
    {
      path: '/administration/snippets',
      label: 'snippets.title',
      icon: TextQuote,
      place: 'admin',
      group: 'company',
      rights: ['edit_snippets'],
    },
  ],
};
