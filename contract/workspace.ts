import { administrationEndpoints } from './workspace/administration.ts';
import { agreementEndpoints } from './workspace/agreements.ts';
import { hoursEndpoints } from './workspace/hours.ts';
import { ownEndpoints } from './workspace/own.ts';
import { peopleEndpoints } from './workspace/people.ts';
import { signInEndpoints } from './workspace/sign-in.ts';
import { teamEndpoints } from './workspace/teams.ts';

export * from './workspace/agreements.ts';
export * from './workspace/hours.ts';
export * from './workspace/news.ts';
export * from './workspace/records.ts';

export const workspaceEndpoints = {
  ...signInEndpoints,
  ...ownEndpoints,
  ...peopleEndpoints,
  ...teamEndpoints,
  ...hoursEndpoints,
  ...administrationEndpoints,
  ...agreementEndpoints,
};

declare module './events.ts' {
  interface EventCatalogue {
    /** The installation has its first administrator, site and team. */
    'workspace.set_up': { personId: string; siteId: string; teamId: string };
    /** Name, languages or presentation that others see. */
    'workspace.person_changed': { personId: string };
    /** Roles, teams, site, skills or activity: what the person may do or hear. */
    'workspace.rights_changed': { personId: string };
    'workspace.person_deactivated': { personId: string };
    'workspace.team_changed': { teamId: string };
    /** A team was dissolved: whatever names it goes to the successor. */
    'workspace.team_archived': { teamId: string; successorId: string };
    'workspace.site_changed': { siteId: string };
    /** Opening hours, municipal holidays or special days of a site. */
    'workspace.hours_changed': { siteId: string };
    'workspace.skill_changed': { skillId: string };
    /** An agreement was entered, activated or ended. */
    'workspace.agreement_changed': { agreementId: string };
    'workspace.settings_changed': Record<string, never>;
    'workspace.signed_in': { personId: string; sessionId: string };
    /** One session, or with null every session of the person, has ended. */
    'workspace.sessions_ended': { personId: string; sessionId: string | null };
    'workspace.token_revoked': { tokenId: string };
    'workspace.webhook_changed': { webhookId: string };
    'workspace.webhook_disabled': { webhookId: string; reason: 'failing' | 'gone' };
  }
}
