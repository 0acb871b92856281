import { z } from 'zod';
import { id, instant, line, recordHead } from '../core.ts';
import { personRoles, roles } from '../permissions.ts';

export const role = z.enum(roles);
export const locale = z.enum(['de', 'en']);

/** 3 is the highest. */
export const skillLevel = z.number().int().min(1).max(3);

/** Somebody who works here. `initials` are for the round picture; presence is a signal, not a field. */
export const person = z.object({
  ...recordHead,
  name: z.string(),
  email: z.string(),
  roles: z.array(role),
  siteId: z.string().nullable(),
  teamIds: z.array(z.string()),
  skills: z.array(z.object({ skillId: z.string(), level: skillLevel, validTo: z.string().nullable() })),
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
export const team = z.object({
  ...recordHead,
  name: z.string(),
  siteId: z.string().nullable(),
  memberIds: z.array(z.string()),
  /** Who answers for the team; need not be a member. */
  leadIds: z.array(z.string()),
  /** Dissolved: no longer takes work; its record stays, because the audit log names it. */
  archived: z.boolean(),
  /** Who has what a dissolved team had. */
  successorId: z.string().nullable(),
});
export type Team = z.infer<typeof team>;

/** Somebody who belongs to a team for some hours, beside their own. */
export const helper = z.object({ teamId: z.string(), personId: z.string(), until: instant });
export type Helper = z.infer<typeof helper>;

export const skill = z.object({ ...recordHead, key: z.string(), label: z.object({ de: z.string(), en: z.string() }) });
export type Skill = z.infer<typeof skill>;

/** How somebody reads messages that have both: as plain text, or as their senders laid them out. */
export const messageFormat = z.enum(['text', 'html']);
export type MessageFormat = z.infer<typeof messageFormat>;

/** The signed-in person with what the interface needs at once. `rights` maps each right held to its scopes. */
/** What the interface offers by itself until somebody puts it away. */
export const offer = z.enum(['tour', 'first_steps']);
export type Offer = z.infer<typeof offer>;

export const me = z.object({
  person,
  rights: z.record(z.string(), z.array(z.string())),
  company: z.object({ name: z.string(), locale, demo: z.boolean() }),
  preferences: z.object({
    theme: z.enum(['system', 'light', 'dark']),
    locale,
    undoSeconds: z.number().int(),
    signature: z.string(),
    messageFormat,
    /** What was offered and is not offered again: it is found in the help and in the administration. */
    putAway: z.array(offer),
  }),
  secondFactor: z.object({ totp: z.boolean(), passkeys: z.number().int() }),
});
export type Me = z.infer<typeof me>;

/** Roles a person can hold. */
export const personRole = z.enum(personRoles);
/** Roles a token can have: those of people, and the one that may do nothing but report what another program knows. */
export const tokenRole = z.enum([...personRoles, 'integration']);
/** The sixteen Länder, by their ISO 3166-2 suffix. */
export const laender = ['BW', 'BY', 'BE', 'BB', 'HB', 'HH', 'HE', 'MV', 'NI', 'NW', 'RP', 'SL', 'SN', 'ST', 'SH', 'TH'] as const;
export type Land = (typeof laender)[number];
/** What one says of oneself. `recovery` is a pause after a hard contact; everybody else reads it as `break`. */
export const presenceState = z.enum(['available', 'busy', 'break', 'recovery', 'training', 'away']);
export type PresenceState = z.infer<typeof presenceState>;

/** At least twelve characters and none that everybody tries first (`workspace.password_common`); no other rules. */
export const password = z.string().min(12).max(200);
export const personName = line(120);
export const label = line(80);
export const mailAddress = z.email().max(254);
export const languages = z.array(z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)).max(20);
export const roleSet = z.array(personRole).min(1).max(13);
export const zone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }).format();
    return true;
  } catch {
    return false;
  }
}, 'An IANA time zone is expected, e.g. Europe/Berlin.');

/** One signed-in browser. */
export const session = z.object({
  id: z.string(),
  current: z.boolean(),
  /** What the browser calls itself. */
  userAgent: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
});
/** A browser that is told although no page of ours is open in it; the id is its session's. */
export const pushSubscription = z.object({
  id: z.string(),
  current: z.boolean(),
  userAgent: z.string(),
  createdAt: instant,
  lastToldAt: instant.nullable(),
});
/** As browsers give them: a point on P-256 and sixteen bytes, both in base64url. */
export const pushKey = z.string().regex(/^[\w-]{87}$/);
export const pushAuth = z.string().regex(/^[\w-]{22}$/);
export const passkey = z.object({ id: z.string(), name: z.string(), createdAt: instant, lastUsedAt: instant.nullable() });
/** What `@simplewebauthn/browser` takes and gives. */
export const webAuthn = z.record(z.string(), z.unknown());
/** What a passkey says; the id is looked up before anything of it is verified. */
export const webAuthnResponse = z.looseObject({ id: z.string().min(1).max(2_000) });
/** Signed in; or the password was right and a code of the second factor is due with `challenge` within five minutes. */
export const signInResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('signed_in') }),
  z.object({ status: z.literal('second_factor'), challenge: z.string() }),
]);
export const signedIn = z.object({ status: z.literal('signed_in') });

/** A link that lets somebody set a password. `url` only when no mail server is set up: then hand it over yourself. */
export const invitation = z.object({ personId: z.string(), expiresAt: instant, mailed: z.boolean(), url: z.string().nullable() });

export const apiToken = z.object({
  id: z.string(),
  name: z.string(),
  role: tokenRole,
  /** The first characters, to tell tokens apart. */
  prefix: z.string(),
  createdById: z.string().nullable(),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
});

export const webhook = z.object({
  id: z.string(),
  url: z.string(),
  /** Event types, `<room>.*` or `*`. */
  events: z.array(z.string()),
  active: z.boolean(),
  /** Since when every delivery fails; after three days the webhook is switched off. */
  failingSince: instant.nullable(),
  disabledReason: z.enum(['failing', 'gone']).nullable(),
  createdAt: instant,
});
export type Webhook = z.infer<typeof webhook>;
export const webhookDelivery = z.object({
  id: z.string(),
  eventId: z.string(),
  eventType: z.string(),
  state: z.enum(['queued', 'delivered', 'failed']),
  attempts: z.number().int(),
  responseStatus: z.number().int().nullable(),
  /** Short code: `timeout`, `refused`, `address_not_allowed`, `status` … */
  problem: z.string().nullable(),
  milliseconds: z.number().int().nullable(),
  createdAt: instant,
  nextAt: instant.nullable(),
});
export const webhookUrl = z.url({ protocol: /^https?$/ }).max(2_000);
export const webhookEvents = z
  .array(z.string().regex(/^(\*|[a-z_]+\.(\*|[a-z_]+))$/))
  .min(1)
  .max(50);

export const auditEntry = z.object({
  seq: z.number().int(),
  at: instant,
  actorKind: z.string(),
  actorId: z.string().nullable(),
  /** Of a person or an API token; null for the system and for strangers. */
  actorName: z.string().nullable(),
  action: z.string(),
  objectKind: z.string().nullable(),
  objectId: z.string().nullable(),
  /** Of people, API tokens, teams and sites that there still are; null for everything else. */
  objectName: z.string().nullable(),
  reason: z.string().nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
});

/** Where somebody works today: at their relation centre, or elsewhere. Nothing else of a place is asked. */
export const location = z.enum(['office', 'remote']);
export type Location = z.infer<typeof location>;

export const presence = z.object({
  personId: z.string(),
  state: presenceState,
  since: instant,
  /** When they expect to be back from a break; of oneself also when a recovery pause ends. */
  until: instant.nullable(),
  /** As said today; null while it was not. */
  location: location.nullable(),
});
export type Presence = z.infer<typeof presence>;

/** What one says of oneself, with what nobody else is shown: the own words, and how it was. */
export const ownPresence = presence.omit({ personId: true }).extend({
  since: instant.nullable(),
  note: z.string().nullable(),
  /** Where one worked when one last said so. */
  usualLocation: location.nullable(),
  history: z.array(z.object({ state: presenceState, since: instant, note: z.string().nullable(), location: location.nullable() })),
});
export type OwnPresence = z.infer<typeof ownPresence>;

export const company = z.object({
  name: z.string(),
  locale,
  demo: z.boolean(),
  privateAddresses: z.boolean(),
  customerPage: z.boolean(),
  /** Whom one turns to with a barrier or a question: an address or number; shown to everybody. */
  contact: z.string(),
});
export const failedJob = z.object({ id: z.string(), job: z.string(), failedAt: instant, attempts: z.number().int(), reason: z.string() });
export const healthLine = z.object({
  name: z.string(),
  ok: z.boolean(),
  code: z.string().optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

export const byId = z.object({ id });
