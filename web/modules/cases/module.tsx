import ArrowRightLeft from 'lucide-react/icons/arrow-right-left';
import FolderOpen from 'lucide-react/icons/folder-open';
import FolderTree from 'lucide-react/icons/folder-tree';
import Handshake from 'lucide-react/icons/handshake';
import { textOf } from '../../platform/i18n/i18n.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { nameOf } from '../customers/index.ts';
import { findCases } from './api.ts';
import { useDuePromises } from './promises/use-due-promises.ts';
import { hear, useHandoverCount, usePromiseCounts } from './waiting.ts';

export const module: WebModule = {
  id: 'cases',
  pages: [
    { path: '/cases', load: () => import('./cases-page.tsx') },
    { path: '/cases/$caseId', load: () => import('./case-page.tsx') },
    { path: '/administration/topics', load: () => import('./topics/topics-page.tsx') },
    { path: '/handovers', load: () => import('./handovers-page.tsx') },
    { path: '/promises', load: () => import('./promises/promises-page.tsx') },
  ],
  menu: [
    { path: '/cases', label: 'menu', icon: FolderOpen, place: 'main', keys: 'g v', rights: ['read_case'] },
    { path: '/administration/topics', label: 'topics.title', icon: FolderTree, place: 'admin', group: 'company', rights: ['manage_tags'] },
    {
      path: '/handovers',
      label: 'handovers.page',
      icon: ArrowRightLeft,
      place: 'main',
      keys: 'g h',
      onPhone: true,
      rights: ['read_case'],
      useCount: useHandoverCount,
      countLabel: 'handovers.counted',
    },
    {
      path: '/promises',
      label: 'promises.page',
      icon: Handshake,
      place: 'main',
      keys: 'g z',
      onPhone: true,
      rights: ['read_case'],
      useCount: () => usePromiseCounts().broken,
      countLabel: 'promises.counted',
    },
  ],
  tour: [
    { id: 'handovers', mark: 'a[href="/handovers"]', rights: ['read_case'] },
    { id: 'promises', mark: 'a[href="/promises"]', rights: ['read_case'] },
  ],
  onEvent: hear,
  useWatch: useDuePromises,
  find: async (query, go) => {
    const { items } = await findCases(query);
    return items.map((kase) => ({
      id: `case ${kase.id}`,
      label: `${kase.number} ${kase.subject}`,
      hint: nameOf(kase.customerName),
      group: textOf('cases')('search.group'),
      icon: FolderOpen,
      always: true,
      run: () => go(`/cases/${kase.id}`),
    }));
  },
};
