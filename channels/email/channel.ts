import { z } from 'zod';
import type { ChannelDescriptor } from '../../contract/channel.ts';
import { problems } from './problems.ts';

const secret = (schema: z.ZodString, goesTo: readonly string[], form: object = {}) =>
  schema.meta({ secret: true, goesTo, ...form }).optional();
const mailbox = ['provider', 'user', 'imapHost', 'imapPort', 'imapSecurity'];
const sending = ['provider', 'smtpUser', 'smtpHost', 'smtpPort', 'smtpSecurity'];
/** Which token is asked for and where; what it opens is then shown to both servers. */
const tokens = ['provider', 'oauthTokenUrl'];
/** When the form shows what: other providers than the known ones have to be described. */
const byPassword = { shownWhen: { signIn: ['password'] } };
const byOauth = { shownWhen: { signIn: ['oauth'] } };
const elsewhere = { shownWhen: { provider: ['generic'] } };
const elsewhereByOauth = { shownWhen: { ...byOauth.shownWhen, ...elsewhere.shownWhen } };
const withMailbox = { shownWhen: { imapHost: ['*'] } };
const withSending = { shownWhen: { smtpHost: ['*'] } };
const advanced = { advanced: true };
const host = z
  .string()
  .trim()
  .max(253)
  .regex(/^[A-Za-z0-9.:_-]*$/, 'a host name or IP address');
const port = z.number().int().min(1).max(65_535);
/** `tls`: encrypted from the first byte · `starttls`: switched on before anything is said · `none`: readable by everybody on the way. */
const security = z.enum(['tls', 'starttls', 'none']);

/**
 * Settings of a mail account. All of it may be empty: then mail comes through the built-in door (SMTP) only, and what is
 * written stays in the local outbox.
 */
export const emailSettings = z.object({
  /** `google` and `microsoft` fill in hosts, ports and token endpoint where the fields below are empty. */
  provider: z.enum(['generic', 'google', 'microsoft']).default('generic'),
  signIn: z.enum(['password', 'oauth']).default('password'),
  user: z.string().trim().max(320).default(''),
  password: secret(z.string().max(2_000), [...mailbox, ...sending, 'certificateAuthority'], byPassword),
  oauthClientId: z.string().trim().max(500).default('').meta(byOauth),
  oauthClientSecret: secret(z.string().max(2_000), tokens, byOauth),
  oauthRefreshToken: secret(z.string().max(8_000), [...tokens, ...mailbox, ...sending, 'certificateAuthority'], byOauth),
  oauthTokenUrl: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })])
    .default('')
    .meta(elsewhereByOauth),
  oauthScope: z.string().trim().max(1_000).default('').meta(elsewhereByOauth),

  /** Mailbox that is watched; empty: none. */
  imapHost: host.default('').meta(elsewhere),
  imapPort: port.default(993).meta(withMailbox),
  imapSecurity: security.default('tls').meta(withMailbox),
  /** Folders that are watched, as the server names them. */
  imapFolders: z.array(z.string().trim().min(1).max(255)).min(1).max(20).default(['INBOX']).meta(advanced),
  /** Take what lies in the mailbox already at the first connection; otherwise only what comes from then on. */
  imapFromTheBeginning: z.boolean().default(false).meta(advanced),
  /** What happens on the server to a mail that is safe with us. */
  imapAfterwards: z.enum(['leave', 'mark_seen', 'move']).default('leave').meta(advanced),
  imapMoveTo: z
    .string()
    .trim()
    .max(255)
    .default('')
    .meta({ ...advanced, shownWhen: { imapAfterwards: ['move'] } }),

  /** Server that takes our mail; empty: the installation's, and without one the local outbox. */
  smtpHost: host.default('').meta(elsewhere),
  smtpPort: port.default(587).meta(withSending),
  smtpSecurity: security.default('starttls').meta(withSending),
  /** When the sending server wants another sign-in than the mailbox. */
  smtpUser: z.string().trim().max(320).default('').meta(advanced),
  smtpPassword: secret(z.string().max(2_000), [...sending, 'certificateAuthority'], advanced),

  /** Name customers see as sender; the account's name when empty. */
  senderName: z.string().trim().max(120).default(''),
  /** Whether `service+anything@…` reaches this account, so that replies find their conversation whatever the customer's program does. */
  plusAddresses: z.boolean().default(true).meta(advanced),
  /** Other addresses of the same mailbox. */
  aliases: z.array(z.email().max(320)).max(50).default([]).meta(advanced),
  /** PEM of a private certificate authority the servers are signed by. */
  certificateAuthority: z.string().max(20_000).default('').meta(advanced),
  /** Name of the mail server whose Authentication-Results header may be believed; empty: none. */
  trustedAuthserv: z.string().trim().max(253).default('').meta(advanced),

  dkimDomain: host.default('').meta(advanced),
  dkimSelector: z.string().trim().max(63).default('').meta(advanced),
  /** Signs here; nobody is ever shown it. */
  dkimPrivateKey: secret(z.string().max(10_000), [], advanced),
});
export type EmailSettings = z.output<typeof emailSettings>;

/** Bytes of a whole mail in transport: an attachment of 40 MB, which base64 makes 55, and what stands around it. Most services take less (Gmail 25 to 50, GMX 50 MB). */
export const maximumMailBytes = 64 * 1024 * 1024;

export const channel: ChannelDescriptor<typeof emailSettings> = {
  id: 'email',
  label: { de: 'E-Mail', en: 'E-mail' },
  colour: '#2563eb',
  kind: 'conversation',
  settings: emailSettings,
  problems,
  setUpSteps: ['setUp.address', 'setUp.intake', 'setUp.sending', 'setUp.test'],
  capabilities: {
    visibility: 'private',
    text: null,
    markup: 'html',
    // A third of a mail is lost to base64, and 25 MB is what Gmail takes.
    attachments: { maxBytes: 18 * 1024 * 1024, maxCount: 100, mediaTypes: 'any' },
    threads: true,
    edit: false,
    delete: false,
    hide: false,
    reactions: false,
    typing: false,
    readReceipts: false,
    deliveryReceipts: false,
    canStart: true,
    replyWindowHours: null,
    privateReply: false,
    ratePerMinute: null,
    recipients: true,
    subject: true,
    customerLink: true,
    undoSend: true,
    // Some mail servers drop a second mail of the same Message-ID, most do not.
    repeatable: false,
  },
  checkedOn: '2026-11-22',
};
