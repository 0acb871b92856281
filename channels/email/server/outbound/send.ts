import { createHash } from 'node:crypto';
import type { Begin, ChannelAccount, ChannelTools, Outgoing, Rendered, SendResult } from '../../../../contract/channel.ts';
import type { EmailSettings } from '../../channel.ts';
import { accessToken } from '../access/oauth.ts';
import { imapServer, type MailServer, sharedSmtpServer, smtpServer } from '../access/servers.ts';
import { accessOf, readState } from '../access/state.ts';
import { classifyFailure } from './failure.ts';
import { createSessionPool, type SessionPool } from './session-pool.ts';
import { openSession, SendError, type SmtpSession } from './smtp-session.ts';

type Account = ChannelAccount<EmailSettings>;

// One a process: connections belong to it, and an account's settings are part of the key.
const pools = new WeakMap<ChannelTools, SessionPool>();

/** Hands a mail to the account's server, the installation's, or the local outbox when there is neither. */
export async function sendMail(
  rendered: Rendered,
  outgoing: Outgoing,
  account: Account,
  tools: ChannelTools,
  signal: AbortSignal,
  begin: Begin,
): Promise<SendResult> {
  const own = smtpServer(account.settings, account.address);
  const server = own ?? sharedSmtpServer(tools.installation.smtpUrl);
  if (!server) {
    await keep(rendered, outgoing, account, tools);
    return { state: 'sent', platformId: rendered.platformId, reply: 'local outbox' };
  }
  try {
    const isOAuth = own !== undefined && account.settings.signIn === 'oauth' && account.settings.smtpUser === '';
    const info = await poolOf(tools).with(
      keyOf(server, account),
      () => openSession(server, domainOf(account.address), isOAuth ? (renew) => accessToken(access(account, tools), renew) : undefined),
      (session) =>
        untilAborted(session, signal, () => session.send({ from: account.address, to: rendered.recipients }, rendered.content, begin)),
    );
    const refused = (info.rejectedErrors ?? []).map((error) => {
      const { code, text } = classifyFailure(error, 'envelope');
      return { recipient: (error as { recipient?: string }).recipient ?? '', code, text };
    });
    return {
      state: 'sent',
      platformId: rendered.platformId,
      reply: info.response.slice(0, 500),
      ...(refused.length > 0 ? { refused } : {}),
    };
  } catch (error) {
    const known = error instanceof SendError;
    return classifyFailure(known ? error.cause : error, known ? error.stage : 'connect');
  }
}

/** Ends the idle connections of a process that stops. */
export function endSessions(tools: ChannelTools): void {
  pools.get(tools)?.end();
}

function poolOf(tools: ChannelTools): SessionPool {
  const pool = pools.get(tools) ?? createSessionPool();
  pools.set(tools, pool);
  return pool;
}

async function untilAborted<T>(session: SmtpSession, signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  // Closing the connection makes the attempt fail with the stage it had reached.
  const stop = () => session.end(true);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await act();
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** A rotated refresh token is kept here only when no mailbox connection does it: two writers would lose each other's cursor. */
function access(account: Account, tools: ChannelTools) {
  const state = readState(account.state);
  if (imapServer(account.settings, account.address)) return accessOf(account, tools, state);
  return accessOf(account, tools, state, (oauth) => tools.saveState(account.id, { ...state, oauth }));
}

function keep(rendered: Rendered, outgoing: Outgoing, account: Account, tools: ChannelTools): Promise<void> {
  return tools.keepLocally({
    accountId: account.id,
    messageId: outgoing.messageId,
    platformId: rendered.platformId,
    content: rendered.content,
    mediaType: rendered.mediaType,
    to: rendered.recipients,
    subject: outgoing.subject,
  });
}

const keyOf = (server: MailServer, account: Account): string =>
  createHash('sha256')
    .update(JSON.stringify([account.id, server, account.settings.oauthRefreshToken]))
    .digest('base64');

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
