import { z } from 'zod';
import { recordHead } from './core.ts';
import { roles } from './permissions.ts';

export const role = z.enum(roles);
export const locale = z.enum(['de', 'en']);

/** Somebody who works here. `initials` are for the round picture; presence is a signal, not a field. */
export const person = z.object({
  ...recordHead,
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  siteId: z.string().nullable(),
  teamIds: z.array(z.string()),
  skills: z.array(z.object({ skillId: z.string(), level: z.number().int().min(1).max(3), validTo: z.string().nullable() })),
  languages: z.array(z.string()),
  locale,
  active: z.boolean(),
});
export type Person = z.infer<typeof person>;

/** A relation centre. `zone` is an IANA time zone, `land` the German Land (ISO 3166-2 suffix, e.g. `SN`) whose holidays count. */
export const site = z.object({
  ...recordHead,
  name: z.string(),
  land: z.string(),
  municipality: z.string().nullable(),
  zone: z.string(),
});
export type Site = z.infer<typeof site>;

/** A team owns a queue: accounts feed it, its members see and take its waiting work. */
export const team = z.object({ ...recordHead, name: z.string(), siteId: z.string().nullable(), memberIds: z.array(z.string()) });
export type Team = z.infer<typeof team>;

export const skill = z.object({ ...recordHead, key: z.string(), label: z.object({ de: z.string(), en: z.string() }) });
export type Skill = z.infer<typeof skill>;

/** The signed-in person with what the interface needs at once. `rights` maps each right held to its scopes. */
export const me = z.object({
  person,
  rights: z.record(z.string(), z.array(z.string())),
  company: z.object({ name: z.string(), locale, demo: z.boolean() }),
  preferences: z.object({ theme: z.enum(['system', 'light', 'dark']), locale, undoSeconds: z.number().int(), signature: z.string() }),
  secondFactor: z.object({ totp: z.boolean(), passkeys: z.number().int() }),
});
export type Me = z.infer<typeof me>;

declare module './events.ts' {
  interface EventCatalogue {
    /** Name, languages or preferences that others see. */
    'workspace.person_changed': { personId: string };
    /** Roles, teams, site, skills or activity: what the person may do or hear. */
    'workspace.rights_changed': { personId: string };
    'workspace.team_changed': { teamId: string };
    'workspace.site_changed': { siteId: string };
    'workspace.skill_changed': { skillId: string };
  }
}
