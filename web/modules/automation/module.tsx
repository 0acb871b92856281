import Layers from 'lucide-react/icons/layers';
import Workflow from 'lucide-react/icons/workflow';
import { queries } from '../../platform/realtime/live.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { macrosQuery, rulesQuery } from './api.ts';

export const module: WebModule = {
  id: 'automation',
  pages: [
    { path: '/administration/automation', load: () => import('./rules/rules-page.tsx') },
    { path: '/administration/macros', load: () => import('./macros/macros-page.tsx') },
  ],
  menu: [
    {
      path: '/administration/automation',
      label: 'rulesTitle',
      icon: Workflow,
      place: 'admin',
      group: 'company',
      rights: ['manage_automation'],
    },
    { path: '/administration/macros', label: 'macrosTitle', icon: Layers, place: 'admin', group: 'company', rights: ['edit_macros'] },
  ],
  onEvent: (event) => {
    if (event.type === 'automation.rules_changed') void queries.invalidateQueries({ queryKey: rulesQuery.queryKey });
    if (event.type === 'automation.macro_changed') void queries.invalidateQueries({ queryKey: macrosQuery.queryKey });
  },
};
