import type { ChannelProblem } from '../../../../contract/channel.ts';
import type { MailboxProblem } from '../../problems.ts';
import { AccessEnded, NoToken } from '../access/oauth.ts';

/** Facts that imapflow and Node put on their errors. */
interface ImapError extends Error {
  code?: string;
  authenticationFailed?: boolean;
  responseText?: string;
  response?: unknown;
  serverResponseCode?: string;
  mailboxMissing?: boolean;
}

/** The mails could not be stored with us; the mailbox is well. */
export class CannotStore extends Error {
  override name = 'CannotStore';
}

/** A folder that is to be watched does not exist. */
export class FolderMissing extends Error {
  override name = 'FolderMissing';
}

/** What is wrong with a mailbox connection, as the administrator needs to know it. */
export function imapProblem(error: unknown): ChannelProblem {
  const {
    code = '',
    message,
    authenticationFailed,
    responseText,
    serverResponseCode = '',
  } = (error instanceof Error ? error : new Error(String(error))) as ImapError;
  const text = (responseText || message).slice(0, 500);
  const problem = (name: MailboxProblem): ChannelProblem => ({ code: name, text });
  if (error instanceof AccessEnded) return problem('oauth_ended');
  if (error instanceof NoToken) return problem(error.problem);
  if (error instanceof CannotStore) return problem('cannot_store');
  if (error instanceof FolderMissing) return problem('folder_missing');
  // RFC 5530: these refusals pass by themselves.
  if (authenticationFailed && /^(?:UNAVAILABLE|INUSE|LIMIT|CONTACTADMIN)$/.test(serverResponseCode)) return problem('refused_for_now');
  if (authenticationFailed) return problem('sign_in_refused');
  if (isCertificateError(code, message)) return problem('certificate');
  if (/STARTTLS|tls|ssl/i.test(message) || /^(?:EPROTO|ERR_SSL|ERR_TLS)/.test(code)) return problem('no_encryption');
  if (/^(?:ENOTFOUND|EAI_AGAIN|EDNS)$/.test(code)) return problem('host_unknown');
  if (/^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ETIMEOUT|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/.test(code))
    return problem('unreachable');
  return problem('connection_lost');
}

export function isCertificateError(code: string, message: string): boolean {
  return (
    /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY)|ERR_TLS_CERT_ALTNAME_INVALID|DEPTH_ZERO/.test(code) || /certificate|altnames/i.test(message)
  );
}

/** Seconds to wait before the next try: soon after a broken wire, long after a refusal, because servers lock accounts that keep trying. */
export function pauseSeconds(problem: ChannelProblem, failures: number): number {
  const isRefused = /^(?:sign_in_refused|oauth_ended)$/.test(problem.code);
  const [first, most] = isRefused ? [60, 900] : [1, 300];
  return Math.min(most, first * 2 ** Math.min(failures - 1, 20));
}
