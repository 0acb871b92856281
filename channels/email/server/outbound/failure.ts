import type { SendResult } from '../../../../contract/channel.ts';
import type { SendingProblem } from '../../problems.ts';
import { AccessEnded, NoToken } from '../access/oauth.ts';

export type Failure = Extract<SendResult, { state: 'failed' }> & { code: SendingProblem };

/** How far a mail had come when it failed. `handed_over`: every byte was written, only the server's word was missing. */
export type Stage = 'connect' | 'sign_in' | 'envelope' | 'content' | 'handed_over';

/** Facts that nodemailer puts on its errors. */
interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

/**
 * What a failed attempt means: try again (4xx, network), never (5xx), renew the access, or nobody knows whether it left.
 * Enhanced codes decide where the plain code is too coarse (RFC 3463).
 */
export function classifyFailure(error: unknown, stage: Stage): Failure {
  if (error instanceof AccessEnded) return failed('reauthorise', 'oauth_ended', error.message);
  // The mail server refused nothing here. An address that may not be called is for the administrator to mend; a token server that is away comes back.
  if (error instanceof NoToken)
    return error.problem === 'token_address_refused'
      ? failed('reauthorise', 'token_address_refused', error.message)
      : failed('temporary', 'token_unavailable', error.message);
  const { code = '', responseCode = 0, response = '', message } = (error ?? {}) as SmtpError;
  const text = response || message || String(error);
  if (stage === 'sign_in' || code === 'EAUTH' || code === 'ENOAUTH') return signInFailure(responseCode, code, text);
  if (/certificate|CERT_|self.signed|altnames/i.test(`${code} ${message}`)) return failed('temporary', 'certificate', text);
  if (code === 'ETLS') return failed('temporary', 'no_encryption', text);
  // 530: the server wants a sign-in first; 550 5.7.60 and the like are the sender's rights, which the administrator mends.
  if (responseCode === 530 || /\b5\.7\.(?:57|60|139)\b/.test(response)) return failed('reauthorise', 'sign_in_required', text);
  if (responseCode >= 500) return failed('permanent', permanentCode(responseCode, response), text);
  if (responseCode >= 400) return failed('temporary', responseCode === 452 ? 'server_full' : 'refused_for_now', text);
  if (stage === 'handed_over') return failed('unknown', 'connection_lost', text);
  if (code === 'EDNS' || code === 'ENOTFOUND') return failed('temporary', 'host_unknown', text);
  return failed('temporary', stage === 'connect' ? 'unreachable' : 'connection_lost', text);
}

function signInFailure(responseCode: number, code: string, text: string): Failure {
  // 454 and 421: the server cannot check now, which says nothing about the password.
  if (responseCode >= 400 && responseCode < 500) return failed('temporary', 'refused_for_now', text);
  if (responseCode >= 500 || code === 'EAUTH' || code === 'ENOAUTH') return failed('reauthorise', 'sign_in_refused', text);
  return failed('temporary', 'unreachable', text);
}

function permanentCode(responseCode: number, response: string): SendingProblem {
  if (/\b5\.(?:1\.[0136]|2\.1)\b/.test(response)) return 'recipient_unknown';
  if (responseCode === 552 || /\b5\.[23]\.(?:2|3|4)\b/.test(response)) return 'too_large';
  if (/\b5\.7\.\d/.test(response) || responseCode === 554) return 'refused_as_unwanted';
  return responseCode === 550 || responseCode === 553 ? 'recipient_refused' : 'refused';
}

const failed = (permanence: Failure['permanence'], code: SendingProblem, text: string): Failure => ({
  state: 'failed',
  permanence,
  code,
  text: text.replace(/\s+/g, ' ').trim().slice(0, 500),
});
