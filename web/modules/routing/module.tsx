import ChartBar from 'lucide-react/icons/chart-bar';
import Gauge from 'lucide-react/icons/gauge';
import ListOrdered from 'lucide-react/icons/list-ordered';
import Timer from 'lucide-react/icons/timer';
import { queries } from '../../platform/realtime/live.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { levelsKey, queuesQuery, solutionsKey, unitsQuery } from './api.ts';
import { hearOffer, useOffers } from './offers/use-offers.ts';
import { tellDue, tellSolution } from './told.ts';

/** After these the clock of a solution on screen says something else, though its case is as it was. */
const solutionsMoved = new Set(['routing.solution_near_due', 'routing.solution_overdue', 'routing.dues_recomputed']);

export const module: WebModule = {
  id: 'routing',
  pages: [
    { path: '/administration/service-levels', load: () => import('./service-levels/service-levels-page.tsx') },
    { path: '/figures', load: () => import('./figures/figures-page.tsx') },
    { path: '/figures/conversations', load: () => import('./figures/counted-page.tsx') },
    { path: '/late', load: () => import('./late/late-page.tsx') },
    { path: '/standing', load: () => import('./standing/standing-page.tsx') },
    { path: '/administration/queues', load: () => import('./queues/queues-page.tsx') },
  ],
  menu: [
    { path: '/figures', label: 'figuresTitle', icon: ChartBar, place: 'palette', keys: 'g f', rights: ['see_team_figures'] },
    { path: '/standing', label: 'standingTitle', icon: Gauge, place: 'main', keys: 'g l', rights: ['see_standing'] },
    {
      path: '/administration/service-levels',
      label: 'levels.title',
      icon: Timer,
      place: 'admin',
      group: 'company',
      rights: ['manage_workspace'],
    },
    {
      path: '/administration/queues',
      label: 'queues.title',
      icon: ListOrdered,
      place: 'admin',
      group: 'company',
      rights: ['manage_workspace'],
    },
  ],
  useWatch: useOffers,
  onEvent: (event) => {
    tellDue(event);
    tellSolution(event);
    hearOffer(event);
    if (event.type === 'routing.service_levels_changed') void queries.invalidateQueries({ queryKey: levelsKey });
    if (solutionsMoved.has(event.type)) void queries.invalidateQueries({ queryKey: solutionsKey });
    if (event.type === 'routing.queues_changed') void queries.invalidateQueries({ queryKey: queuesQuery.queryKey });
    if (event.type === 'routing.work_units_changed') void queries.invalidateQueries({ queryKey: unitsQuery.queryKey });
  },
};
