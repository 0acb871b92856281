import type { Audience, Audiences } from '../../platform/module.ts';

/** `people` is heard by everybody who may see colleagues, `workspace` by everybody signed in. */
export const audiences: Audiences = {
  'workspace.set_up': ({ data }) => ({ streams: [`person:${data.personId}`] }),
  'workspace.person_changed': aboutPerson,
  'workspace.rights_changed': aboutPerson,
  'workspace.person_deactivated': aboutPerson,
  'workspace.team_changed': ({ data }) => ({ streams: ['workspace'], records: [{ kind: 'team', id: data.teamId }] }),
  'workspace.team_archived': () => ({ streams: [] }),
  'workspace.hours_changed': () => ({ streams: ['workspace'] }),
  'workspace.site_changed': ({ data }) => ({ streams: ['workspace'], records: [{ kind: 'site', id: data.siteId }] }),
  'workspace.agreement_changed': () => ({ streams: ['workspace'] }),
  'workspace.skill_changed': ({ data }) => ({ streams: ['workspace'], records: [{ kind: 'skill', id: data.skillId }] }),
  'workspace.settings_changed': () => ({ streams: ['workspace'] }),
  'workspace.signed_in': ({ data }) => ({ streams: [`person:${data.personId}`] }),
  'workspace.sessions_ended': ({ data }) => ({ streams: [`person:${data.personId}`] }),
  'workspace.token_revoked': () => ({ streams: ['administration'] }),
  'workspace.webhook_changed': () => ({ streams: ['administration'] }),
  'workspace.webhook_disabled': () => ({ streams: ['administration'] }),
};

function aboutPerson(event: { data: { personId: string } }): Audience {
  return { streams: ['people', `person:${event.data.personId}`], records: [{ kind: 'person', id: event.data.personId }] };
}
