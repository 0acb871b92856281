import CloudLightning from 'lucide-react/icons/cloud-lightning';
import { queries } from '../../platform/realtime/live.ts';
import type { WebModule } from '../../platform/router/module.ts';

export const module: WebModule = {
  id: 'storms',
  pages: [
    { path: '/storms', load: () => import('./storms-page.tsx') },
    { path: '/storms/$stormId', load: () => import('./one/storm-page.tsx') },
  ],
  menu: [{ path: '/storms', label: 'title', icon: CloudLightning, place: 'palette', keys: 'g s', rights: ['lead_storms'] }],
  onEvent: (event) => {
    if (!event.type.startsWith('storms.')) return;
    // What is about one conversation is asked of that one anew, all else of all.
    if (event.type === 'storms.mentioned' || event.type === 'storms.exception_recorded') {
      const conversationId = event.subject['conversationId'];
      void queries.invalidateQueries({ queryKey: ['storms', 'of', conversationId] });
    } else void queries.invalidateQueries({ queryKey: ['storms'] });
  },
};
