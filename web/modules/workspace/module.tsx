import ListChecks from 'lucide-react/icons/list-checks';
import Settings from 'lucide-react/icons/settings';
import { queries } from '../../platform/realtime/live.ts';
import type { WebModule } from '../../platform/router/module.ts';
import { hasColleagues, hasPlace, hasSecondFactor, hasTeam } from './first-steps/done.ts';
import { usePauseOver } from './presence/pause-over.ts';

export const module: WebModule = {
  id: 'workspace',
  pages: [
    { path: '/welcome', load: () => import('./sign-in/welcome-page.tsx'), open: true },
    { path: '/sign-in', load: () => import('./sign-in/sign-in-page.tsx'), open: true },
    { path: '/invitation', load: () => import('./sign-in/invitation-page.tsx'), open: true },
    { path: '/new-password', load: () => import('./sign-in/new-password-page.tsx'), open: true },
    { path: '/accessibility', load: () => import('./accessibility/accessibility-page.tsx'), open: true },
    { path: '/account', load: () => import('./account/account-page.tsx') },
    { path: '/about', load: () => import('./about-page.tsx') },
    { path: '/administration', load: () => import('./admin/admin-page.tsx') },
    { path: '/administration/first-steps', load: () => import('./first-steps/first-steps-page.tsx') },
    { path: '/administration/company', load: () => import('./admin/company-page.tsx') },
    { path: '/administration/people', load: () => import('./admin/people-page.tsx') },
    { path: '/administration/teams', load: () => import('./admin/teams-page.tsx') },
    { path: '/administration/skills', load: () => import('./admin/skills/skills-page.tsx') },
    { path: '/administration/agreements', load: () => import('./admin/agreements/agreements-page.tsx') },
    { path: '/administration/rights', load: () => import('./admin/rights-page.tsx') },
    { path: '/administration/tokens', load: () => import('./admin/tokens-page.tsx') },
    { path: '/administration/webhooks', load: () => import('./admin/webhooks-page.tsx') },
    { path: '/administration/audit', load: () => import('./admin/audit/audit-page.tsx') },
    { path: '/administration/health', load: () => import('./admin/health-page.tsx') },
  ],
  menu: [
    {
      path: '/administration/first-steps',
      label: 'firstSteps.title',
      icon: ListChecks,
      place: 'admin',
      group: 'company',
      rights: ['manage_channels'],
    },
    {
      path: '/administration',
      label: 'admin.title',
      icon: Settings,
      place: 'end',
      keys: 'g a',
      rights: ['manage_people', 'manage_workspace', 'manage_channels', 'manage_tags', 'see_health', 'activate_agreement'],
    },
    {
      path: '/administration/company',
      label: 'admin.company',
      icon: Settings,
      place: 'admin',
      group: 'company',
      rights: ['manage_workspace'],
    },
    { path: '/administration/people', label: 'admin.people', icon: Settings, place: 'admin', group: 'people', rights: ['manage_people'] },
    {
      path: '/administration/teams',
      label: 'admin.teams',
      icon: Settings,
      place: 'admin',
      group: 'people',
      rights: ['manage_people', 'manage_workspace'],
    },
    { path: '/administration/skills', label: 'admin.skills', icon: Settings, place: 'admin', group: 'people', rights: ['manage_people'] },
    {
      path: '/administration/agreements',
      label: 'admin.agreements',
      icon: Settings,
      place: 'admin',
      group: 'people',
      rights: ['see_agreements'],
    },
    { path: '/administration/rights', label: 'admin.rights', icon: Settings, place: 'admin', group: 'people' },
    {
      path: '/administration/tokens',
      label: 'admin.tokens',
      icon: Settings,
      place: 'admin',
      group: 'technical',
      rights: ['manage_workspace'],
    },
    {
      path: '/administration/webhooks',
      label: 'admin.webhooks',
      icon: Settings,
      place: 'admin',
      group: 'technical',
      rights: ['manage_workspace'],
    },
    { path: '/administration/audit', label: 'admin.audit', icon: Settings, place: 'admin', group: 'data', rights: ['see_audit'] },
    { path: '/administration/health', label: 'admin.health', icon: Settings, place: 'admin', group: 'technical', rights: ['see_health'] },
  ],
  firstSteps: [
    { id: 'site', path: '/administration/teams', isDone: hasPlace },
    { id: 'people', path: '/administration/people', isDone: hasColleagues },
    { id: 'team', path: '/administration/teams', isDone: hasTeam },
    { id: 'secondFactor', path: '/account', isDone: hasSecondFactor },
  ],
  tour: [
    { id: 'search', mark: '[data-tour="search"]' },
    { id: 'help', mark: '[data-tour="help"]' },
    { id: 'own', mark: '[data-tour="own"]' },
  ],
  useWatch: usePauseOver,
  onEvent: (event) => {
    // Rights or teams of the signed-in person may have changed: menus and abilities follow.
    if (event.type === 'workspace.rights_changed' || event.type === 'workspace.settings_changed')
      void queries.invalidateQueries({ queryKey: ['workspace', 'me'] });
    if (event.type === 'workspace.skill_changed') void queries.invalidateQueries({ queryKey: ['workspace', 'skills'] });
    if (event.type === 'workspace.settings_changed') void queries.invalidateQueries({ queryKey: ['workspace', 'settings'] });
    if (event.type === 'workspace.hours_changed' || event.type === 'workspace.site_changed')
      void queries.invalidateQueries({ queryKey: ['workspace', 'hours'] });
  },
};
