import type { EmailSettings } from '../../channel.ts';

/** A mail server as the settings, or the provider's preset, name it. */
export interface MailServer {
  host: string;
  port: number;
  /** `starttls` insists on encryption but on loopback, where it is taken when offered; `none` was chosen knowingly. */
  security: 'tls' | 'starttls' | 'none';
  user: string;
  password: string;
  /** PEM, '' for the usual authorities. */
  certificateAuthority: string;
}

// Google: support.google.com/mail/answer/7126229; Microsoft: learn.microsoft.com, "POP, IMAP, and SMTP settings". Both want OAuth 2.
const presets = {
  google: {
    imap: 'imap.gmail.com',
    smtp: 'smtp.gmail.com',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    scope: 'https://mail.google.com/',
    authserv: 'mx.google.com',
  },
  microsoft: {
    imap: 'outlook.office365.com',
    smtp: 'smtp.office365.com',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
    authserv: '',
  },
} as const;

const presetOf = (settings: EmailSettings) => (settings.provider === 'generic' ? undefined : presets[settings.provider]);

/** The mailbox to watch; undefined when the account has none. */
export function imapServer(settings: EmailSettings, address: string): MailServer | undefined {
  const host = settings.imapHost || presetOf(settings)?.imap;
  if (!host) return undefined;
  return {
    host,
    port: settings.imapPort,
    security: settings.imapSecurity,
    user: settings.user || address,
    password: settings.password ?? '',
    certificateAuthority: settings.certificateAuthority,
  };
}

/** The account's own sending server; undefined when it has none. */
export function smtpServer(settings: EmailSettings, address: string): MailServer | undefined {
  const host = settings.smtpHost || presetOf(settings)?.smtp;
  if (!host) return undefined;
  const own = settings.smtpUser !== '';
  const password = own ? (settings.smtpPassword ?? '') : (settings.password ?? '');
  return {
    host,
    port: settings.smtpPort,
    security: settings.smtpSecurity,
    // A server that takes our mail for our address of origin wants no sign-in: then nothing is set.
    user: own ? settings.smtpUser : settings.user || (password || settings.signIn === 'oauth' ? address : ''),
    password,
    certificateAuthority: settings.certificateAuthority,
  };
}

/** The installation's server out of `smtp://user:password@host:port` or `smtps://…`; undefined when there is none. */
export function sharedSmtpServer(url: string | undefined): MailServer | undefined {
  if (!url) return undefined;
  const parsed = new URL(url);
  const isTls = parsed.protocol === 'smtps:';
  return {
    host: parsed.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(parsed.port) || (isTls ? 465 : 587),
    security: isTls ? 'tls' : 'starttls',
    user: decodeURIComponent(parsed.username),
    password: decodeURIComponent(parsed.password),
    certificateAuthority: '',
  };
}

export function tokenEndpoint(settings: EmailSettings): { url: string; scope: string } {
  const preset = presetOf(settings);
  return { url: settings.oauthTokenUrl || (preset?.tokenUrl ?? ''), scope: settings.oauthScope || (preset?.scope ?? '') };
}

export const trustedAuthserv = (settings: EmailSettings): string => settings.trustedAuthserv || (presetOf(settings)?.authserv ?? '');

/** On the machine itself nobody listens in, and local relays seldom have a certificate. */
export const isLoopback = (host: string): boolean => /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i.test(host);
