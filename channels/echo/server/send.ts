import type { ChannelAccount, ChannelTools, Outgoing, Rendered, SendResult, WebAnswer } from '../../../contract/channel.ts';
import type { EchoProblem, EchoSettings } from '../channel.ts';
import { signatureOf } from './hook.ts';

type Account = ChannelAccount<EchoSettings>;

export async function render(outgoing: Outgoing): Promise<Rendered> {
  const files = await Promise.all(
    outgoing.attachments.map(async (one) => ({
      filename: one.filename,
      mediaType: one.mediaType,
      base64: Buffer.from(await one.read()).toString('base64'),
    })),
  );
  const content = { id: outgoing.messageId, chat: outgoing.threadKey, answers: outgoing.inReplyTo, text: outgoing.text, files };
  return {
    platformId: outgoing.messageId,
    content: Buffer.from(JSON.stringify(content)),
    mediaType: 'application/json',
    recipients: outgoing.to.map((one) => one.address),
  };
}

/** Posts the reply; our message id is the idempotency key, so that a service which got it already does not take it twice. */
export async function send(
  rendered: Rendered,
  outgoing: Outgoing,
  account: Account,
  tools: ChannelTools,
  signal: AbortSignal,
): Promise<SendResult> {
  const { deliverTo, secret } = account.settings;
  if (deliverTo === '') {
    const { content, mediaType, platformId, recipients } = rendered;
    await tools.keepLocally({
      accountId: account.id,
      messageId: outgoing.messageId,
      platformId,
      content,
      mediaType,
      to: recipients,
      subject: null,
    });
    return { state: 'sent', platformId, reply: 'kept in the local outbox' };
  }
  const answer = await tools.call({
    method: 'POST',
    url: deliverTo,
    headers: {
      'content-type': rendered.mediaType,
      'idempotency-key': outgoing.messageId,
      'x-echo-signature': signatureOf(secret, rendered.content),
    },
    body: rendered.content,
    timeoutMilliseconds: 60_000,
    signal,
  });
  if (!('failure' in answer)) return classify(answer, rendered.platformId);
  if (answer.failure === 'address_not_allowed') return failed('reauthorise', 'address_not_allowed', answer.failure);
  return answer.connected ? failed('unknown', 'no_answer', answer.failure) : failed('temporary', 'unreachable', answer.failure);
}

/** Asks the service whether it has a message. */
export async function lookup(outgoing: Outgoing, account: Account, tools: ChannelTools): Promise<SendResult | null> {
  const { deliverTo } = account.settings;
  if (deliverTo === '') return null;
  const url = `${deliverTo.replace(/\/$/, '')}/${encodeURIComponent(outgoing.messageId)}`;
  const answer = await tools.call({ method: 'GET', url });
  if ('failure' in answer) throw new Error(`asked for a message: ${answer.failure}`);
  if (answer.status === 404) return null;
  if (answer.status < 200 || answer.status > 299) throw new Error(`asked for a message, got ${answer.status}`);
  return { state: 'sent', platformId: outgoing.messageId };
}

type Reply = Exclude<WebAnswer, { failure: string }>;

function classify({ status, headers, body }: Reply, platformId: string | null): SendResult {
  if (status >= 200 && status <= 299) return { state: 'sent', platformId, reply: body.slice(0, 500) };
  const text = `HTTP ${status} ${body}`.trim();
  if (status === 401 || status === 403) return failed('reauthorise', 'access_refused', text);
  if (status === 429 || status === 503 || status === 408) {
    const seconds = Number(headers['retry-after'] ?? Number.NaN);
    return { ...failed('temporary', 'busy', text), ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}) };
  }
  // The service broke while it had our message: nobody knows how far it got.
  return status >= 500 ? failed('unknown', 'broke_down', text) : failed('permanent', 'refused', text);
}

type Failed = Extract<SendResult, { state: 'failed' }>;

const failed = (permanence: Failed['permanence'], code: EchoProblem, text: string): Failed => ({
  state: 'failed',
  permanence,
  code,
  text: text.slice(0, 500),
});
