import { z } from 'zod';
import { done, empty, endpoint, id, page, paging } from '../core.ts';
import { byId, invitation, languages, locale, mailAddress, person, personName, presence, roleSet, skillLevel } from './records.ts';

export const peopleEndpoints = {
  listPeople: endpoint({
    method: 'GET',
    path: '/people',
    summary: 'People by name.',
    access: 'see_people',
    input: z.object({ ...paging, q: z.string().max(100).optional(), active: z.enum(['true', 'false']).optional() }),
    output: page(person),
  }),
  getPerson: endpoint({
    method: 'GET',
    path: '/people/:id',
    summary: 'One person.',
    access: 'see_people',
    input: byId,
    output: person,
  }),
  invitePerson: endpoint({
    method: 'POST',
    path: '/people',
    summary: 'Adds a person and invites them by mail to set a password.',
    access: 'manage_people',
    input: z.object({
      name: personName,
      email: mailAddress,
      roles: roleSet,
      teamIds: z.array(id).max(100).default([]),
      siteId: id.nullable().default(null),
      languages: languages.default(['de']),
      /** The company's default language when left out. */
      locale: locale.optional(),
    }),
    output: z.object({ person, invitation }),
    creates: true,
    errors: ['workspace.email_taken', 'workspace.unknown_reference'],
  }),
  inviteAgain: endpoint({
    method: 'POST',
    path: '/people/:id/invitation',
    summary: 'Sends a new link to set a password; earlier links end.',
    access: 'manage_people',
    input: byId,
    output: invitation,
    creates: true,
    errors: ['workspace.person_inactive'],
  }),
  changePerson: endpoint({
    method: 'PATCH',
    path: '/people/:id',
    summary: 'Changes a person: name, address, roles, site, teams, skills; rights take effect at once.',
    access: 'manage_people',
    input: z.object({
      id,
      name: personName.optional(),
      email: mailAddress.optional(),
      roles: roleSet.optional(),
      siteId: id.nullable().optional(),
      teamIds: z.array(id).max(100).optional(),
      languages: languages.optional(),
      locale: locale.optional(),
      skills: z
        .array(z.object({ skillId: id, level: skillLevel, validTo: z.iso.date().nullable() }))
        .max(100)
        .optional(),
    }),
    output: person,
    errors: ['workspace.last_admin', 'workspace.own_roles', 'workspace.email_taken', 'workspace.unknown_reference'],
  }),
  deactivatePerson: endpoint({
    method: 'POST',
    path: '/people/:id/deactivation',
    summary: 'Takes all access away at once; what the person did stays.',
    access: 'manage_people',
    input: byId,
    output: person,
    errors: ['workspace.last_admin'],
  }),
  reactivatePerson: endpoint({
    method: 'DELETE',
    path: '/people/:id/deactivation',
    summary: 'Lets a deactivated person in again.',
    access: 'manage_people',
    input: byId,
    output: person,
  }),
  endSessionsOf: endpoint({
    method: 'DELETE',
    path: '/people/:id/sessions',
    summary: 'Signs a person out everywhere.',
    access: 'manage_people',
    input: byId,
    output: done,
  }),
  resetSecondFactor: endpoint({
    method: 'DELETE',
    path: '/people/:id/second-factor',
    summary: 'Removes authenticator app, recovery codes and passkeys of somebody who lost them; all their sessions end.',
    access: 'manage_people',
    input: byId,
    output: done,
  }),
  listPresence: endpoint({
    method: 'GET',
    path: '/presence',
    summary: 'Presence now of oneself and, as far as allowed, of the own teams; no history, and a recovery pause of others is a break.',
    access: 'see_presence',
    input: empty,
    output: z.object({ items: z.array(presence) }),
  }),
};
