import type { Audiences } from '../../platform/module.ts';

const aboutPerson = (event: { data: { personId: string } }) => ({
  streams: ['workspace', `person:${event.data.personId}`],
  records: [{ kind: 'person', id: event.data.personId }],
});

/** `workspace` is heard by everybody who may see colleagues. */
export const audiences: Audiences = {
  'workspace.person_changed': aboutPerson,
  'workspace.rights_changed': aboutPerson,
  'workspace.team_changed': ({ data }) => ({ streams: ['workspace'], records: [{ kind: 'team', id: data.teamId }] }),
  'workspace.site_changed': ({ data }) => ({ streams: ['workspace'], records: [{ kind: 'site', id: data.siteId }] }),
  'workspace.skill_changed': ({ data }) => ({ streams: ['workspace'], records: [{ kind: 'skill', id: data.skillId }] }),
};
