import { z } from 'zod';
import { done, endpoint, id, instant, line, page, paging, recordHead } from './core.ts';

export type * from './channel.ts';

declare module './events.ts' {
  interface EventCatalogue {
    /** Made, changed, switched on or off, or removed. */
    'channels.account_changed': { accountId: string; channel: string };
    /** A connection went from well to unwell or back; only changes are reported. */
    'channels.account_health_changed': { accountId: string; channel: string; ok: boolean };
    /** Something arrived and is safe. */
    'channels.raw_stored': { intakeId: string; accountId: string; channel: string };
    /** The bytes are gone; nothing of it may be remembered. */
    'channels.raw_erased': { intakeId: string };
    'channels.intake_failed': { intakeId: string; accountId: string; channel: string };
    /** Content through `readInbound(db, intakeId, index)` of the room's front door. */
    'channels.message_received': { intakeId: string; index: number; accountId: string; teamId: string | null; channel: string };
    'channels.message_edited': { intakeId: string; index: number; accountId: string; teamId: string | null; channel: string };
    'channels.message_deleted': { intakeId: string; index: number; accountId: string; teamId: string | null; channel: string };
    'channels.profile_changed': { intakeId: string; index: number; accountId: string; teamId: string | null; channel: string };
    /** The service took it. */
    'channels.sent': { messageId: string; conversationId: string; accountId: string };
    /** The service says that it arrived. */
    'channels.delivered': { messageId: string; conversationId: string; accountId: string };
    /** Nobody had read it; it goes to another address, on the account named. */
    'channels.went_elsewhere': { messageId: string; conversationId: string; accountId: string };
    'channels.message_read': { messageId: string; conversationId: string; accountId: string };
    /** One attempt failed, or a bounce came. `final`: nothing more is tried by itself. */
    'channels.delivery_failed': { messageId: string; conversationId: string; accountId: string; code: string; final: boolean };
  }
}

/** A channel as the administrator's pages and the composer need it. `settings` is JSON schema; secret fields carry `secret: true` and `goesTo`. */
export const channelFacts = z.object({
  id: z.string(),
  label: z.object({ de: z.string(), en: z.string() }),
  colour: z.string(),
  kind: z.enum(['conversation', 'call', 'public']),
  /** `Capabilities` of `contract/channel.ts`. */
  capabilities: z.record(z.string(), z.unknown()),
  settings: z.record(z.string(), z.unknown()),
  setUpSteps: z.array(z.string()),
  hasHook: z.boolean(),
  checkedOn: z.string(),
});
export type ChannelFacts = z.infer<typeof channelFacts>;

/** How an account's connection fares. `code` null and `ok`: well. Texts of codes: the channel's strings, `problem.<code>`. */
export const accountHealth = z.object({
  ok: z.boolean(),
  code: z.string().nullable(),
  since: instant.nullable(),
  /** How late what arrives is, as the channel measured it last. */
  delaySeconds: z.number().int().nullable(),
});

/** An account as everybody who works here may see it. Record kind `channel_account`. */
export const channelAccount = z.object({
  ...recordHead,
  /** The channel's id; a channel whose folder is gone keeps its accounts. */
  channel: z.string(),
  name: z.string(),
  address: z.string(),
  teamId: z.string().nullable(),
  active: z.boolean(),
  signature: z.string().nullable(),
  health: accountHealth,
  /** Removed accounts are kept for their conversations' sake. */
  removed: z.boolean(),
});
export type ChannelAccountRecord = z.infer<typeof channelAccount>;

/** With its settings, for administrators. Secrets never leave: `secrets` says which are set. */
export const channelAccountSettings = z.object({
  account: channelAccount,
  settings: z.record(z.string(), z.unknown()),
  secrets: z.record(z.string(), z.boolean()),
  /** What the service itself said of the problem that `account.health.code` names; null when all is well. */
  problemText: z.string().nullable(),
  /** Where the service's webhook must point, when the channel has one. */
  hookUrl: z.string().nullable(),
  /** What the administrator puts into a page or app, or opens to try it: `HandOut` of `contract/channel/entrance.ts`. */
  handOuts: z.array(z.object({ name: z.string(), text: z.string().optional(), path: z.string().optional() })),
});

const accountFields = {
  name: line(120),
  address: line(320),
  teamId: id.nullable(),
  signature: z.string().max(4_000).nullable(),
  active: z.boolean(),
  /** Secret fields left out keep their value, unless a setting of their `goesTo` changes (`channels.secret_needed`); null clears one. */
  settings: z.record(z.string(), z.unknown()),
};

/** `failed`: could not be read, and waits for a person. `dismissed`: could not be read, and a person has dealt with it. */
const intakeState = z.enum(['stored', 'parsed', 'failed', 'dismissed']);

/** Something that arrived. `items` counts what was found in it. */
export const intakeRecord = z.object({
  id: z.string(),
  accountId: z.string(),
  channel: z.string(),
  state: intakeState,
  /** `id_reused`: the platform's id had come before with other content. */
  defects: z.array(z.string()),
  problem: z.string().nullable(),
  size: z.number().int(),
  items: z.number().int().nullable(),
  receivedAt: instant,
  /** Whether the caller may download it, and say that it is dealt with. */
  may: z.object({ download: z.boolean(), dismiss: z.boolean() }),
});
export type IntakeRecord = z.infer<typeof intakeRecord>;

/** A mail that an account without a sending server kept here instead. */
export const localOutboxItem = z.object({
  id: z.string(),
  accountId: z.string(),
  messageId: z.string(),
  to: z.array(z.string()),
  subject: z.string().nullable(),
  mediaType: z.string(),
  size: z.number().int(),
  at: instant,
});

export type LocalOutboxItem = z.infer<typeof localOutboxItem>;

export const testSteps = z.object({
  ok: z.boolean(),
  steps: z.array(
    z.object({
      name: z.string(),
      ok: z.boolean(),
      problem: z.object({ code: z.string(), text: z.string().optional() }).optional(),
    }),
  ),
});

const entranceFields = { id, name: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/) };
const hookFields = { id, content: z.instanceof(Uint8Array).optional() };

export const channelsEndpoints = {
  channels: endpoint({
    method: 'GET',
    path: '/channels',
    summary: 'Every channel there is, with capabilities and the form of its settings.',
    access: 'signed_in',
    input: z.object({}),
    output: z.object({ items: z.array(channelFacts) }),
  }),
  accounts: endpoint({
    method: 'GET',
    path: '/channels/accounts',
    summary: 'All accounts with the health of their connections and when something last came in and went out.',
    access: 'signed_in',
    input: z.object({}),
    output: z.object({
      items: z.array(channelAccount),
      traffic: z.array(z.object({ accountId: z.string(), lastInAt: instant.nullable(), lastOutAt: instant.nullable() })),
    }),
  }),
  account: endpoint({
    method: 'GET',
    path: '/channels/accounts/:id',
    summary: 'One account with its settings, without secrets.',
    access: 'manage_channels',
    input: z.object({ id }),
    output: channelAccountSettings,
  }),
  createAccount: endpoint({
    method: 'POST',
    path: '/channels/accounts',
    summary: 'Adds an account and connects it at once when it is active.',
    access: 'manage_channels',
    input: z.object({
      channel: z.string().max(40),
      ...accountFields,
      teamId: accountFields.teamId.default(null),
      signature: accountFields.signature.default(null),
      active: z.boolean().default(true),
    }),
    output: channelAccountSettings,
    creates: true,
    errors: [
      'channels.unknown_channel',
      'channels.address_invalid',
      'channels.address_taken',
      'channels.settings_invalid',
      'channels.team_unknown',
    ],
  }),
  changeAccount: endpoint({
    method: 'PATCH',
    path: '/channels/accounts/:id',
    summary: 'Changes an account; its connection starts again with the new settings.',
    access: 'manage_channels',
    input: z.object({ id, version: z.number().int(), ...z.object(accountFields).partial().shape }),
    output: channelAccountSettings,
    errors: [
      'channels.team_unknown',
      'channels.unknown_channel',
      'channels.address_invalid',
      'channels.address_taken',
      'channels.settings_invalid',
      'channels.secret_needed',
    ],
  }),
  removeAccount: endpoint({
    method: 'DELETE',
    path: '/channels/accounts/:id',
    summary: 'Disconnects an account for good; its conversations stay.',
    access: 'manage_channels',
    input: z.object({ id }),
    output: done,
  }),
  testAccount: endpoint({
    method: 'POST',
    path: '/channels/accounts/:id/test',
    summary: 'Tries the saved settings, with changes not yet saved when given.',
    access: 'manage_channels',
    input: z.object({ id, settings: accountFields.settings.optional(), address: accountFields.address.optional() }),
    output: testSteps,
    errors: ['channels.unknown_channel', 'channels.settings_invalid', 'channels.secret_needed'],
    ratePerMinute: 20,
  }),
  testSettings: endpoint({
    method: 'POST',
    path: '/channels/test',
    summary: 'Tries settings of an account that does not exist yet.',
    access: 'manage_channels',
    input: z.object({ channel: z.string().max(40), address: accountFields.address, settings: accountFields.settings }),
    output: testSteps,
    errors: ['channels.unknown_channel', 'channels.settings_invalid'],
    ratePerMinute: 20,
  }),
  hook: endpoint({
    method: 'POST',
    path: '/channels/accounts/:id/hook',
    summary: "The door for a service's webhook: verified, stored, then acknowledged.",
    access: 'public',
    rawBody: true,
    download: true,
    bodyLimit: 8 * 1024 * 1024,
    ratePerMinute: 60_000,
    input: z.looseObject(hookFields),
    output: z.object({}),
    errors: ['channels.hook_refused'],
  }),
  hookChallenge: endpoint({
    method: 'GET',
    path: '/channels/accounts/:id/hook',
    summary: "Answers a service's question whether the webhook is ours.",
    access: 'public',
    download: true,
    input: z.looseObject(hookFields),
    output: z.object({}),
    errors: ['channels.hook_refused'],
  }),
  entrance: endpoint({
    method: 'POST',
    path: '/channels/accounts/:id/entrance/:name',
    summary: 'The public side of a channel: a call from a page that the account allows, answered by its channel.',
    access: 'public',
    anyOrigin: true,
    rawBody: true,
    download: true,
    bodyLimit: 12 * 1024 * 1024,
    ratePerMinute: 1_200,
    input: z.looseObject({ ...entranceFields, content: z.instanceof(Uint8Array).optional() }),
    output: z.object({}),
    errors: ['channels.origin_refused', 'channels.entrance_refused'],
  }),
  entrancePage: endpoint({
    method: 'GET',
    path: '/channels/accounts/:id/entrance/:name',
    summary: 'A page of a channel that anybody may open.',
    access: 'public',
    download: true,
    input: z.object(entranceFields),
    output: z.object({}),
  }),
  intake: endpoint({
    method: 'GET',
    path: '/channels/intake',
    summary: 'What arrived, newest first: facts without content.',
    access: 'see_health',
    input: z.object({ ...paging, state: intakeState.optional(), accountId: id.optional() }),
    output: page(intakeRecord),
  }),
  retryIntake: endpoint({
    method: 'POST',
    path: '/channels/intake/:id/retry',
    summary: 'Reads something again that could not be read.',
    access: 'see_health',
    input: z.object({ id }),
    output: done,
    errors: ['channels.not_failed'],
  }),
  dismissIntake: endpoint({
    method: 'POST',
    path: '/channels/intake/:id/dismissal',
    summary: 'Says that a person has dealt with something that could not be read; it is kept, and can still be tried again.',
    access: 'see_health',
    input: z.object({ id }),
    output: done,
    errors: ['channels.not_failed'],
  }),
  intakeRaw: endpoint({
    method: 'GET',
    path: '/channels/intake/:id/raw',
    summary: 'What arrived, byte for byte; for people who may read what reaches the account’s team.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({}),
    download: true,
  }),
  localOutbox: endpoint({
    method: 'GET',
    path: '/outbox/local',
    summary: 'Messages that accounts without a sending server kept here, newest first; of conversations that the caller may read.',
    access: 'read_case',
    input: z.object({ ...paging, accountId: id.optional() }),
    output: page(localOutboxItem),
  }),
  localOutboxRaw: endpoint({
    method: 'GET',
    path: '/outbox/local/:id/raw',
    summary: 'One of them as it would have left.',
    access: 'read_case',
    input: z.object({ id }),
    output: z.object({}),
    download: true,
  }),
};
