import type { ChannelAccount, ChannelTools, Outgoing, Rendered, SendResult } from '../../../contract/channel.ts';
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
  let response: Response;
  try {
    response = await fetch(deliverTo, {
      method: 'POST',
      headers: {
        'content-type': rendered.mediaType,
        'idempotency-key': outgoing.messageId,
        'x-echo-signature': signatureOf(secret, rendered.content),
      },
      body: Buffer.from(rendered.content),
      signal,
      redirect: 'error',
    });
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    return wasRefusedAtOnce(error) ? failed('temporary', 'unreachable', text) : failed('unknown', 'no_answer', text);
  }
  return classify(response, rendered.platformId);
}

/** Asks the service whether it has a message. */
export async function lookup(outgoing: Outgoing, account: Account): Promise<SendResult | null> {
  const { deliverTo } = account.settings;
  if (deliverTo === '') return null;
  const response = await fetch(`${deliverTo.replace(/\/$/, '')}/${encodeURIComponent(outgoing.messageId)}`, {
    signal: AbortSignal.timeout(20_000),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`asked for a message, got ${response.status}`);
  return { state: 'sent', platformId: outgoing.messageId };
}

async function classify(response: Response, platformId: string | null): Promise<SendResult> {
  const said = await response.text().catch(() => '');
  const { status } = response;
  if (response.ok) return { state: 'sent', platformId, reply: said.slice(0, 500) };
  const text = `HTTP ${status} ${said}`.trim();
  if (status === 401 || status === 403) return failed('reauthorise', 'access_refused', text);
  if (status === 429 || status === 503 || status === 408) {
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    return { ...failed('temporary', 'busy', text), ...(Number.isFinite(seconds) ? { retryAfterSeconds: seconds } : {}) };
  }
  // The service broke while it had our message: nobody knows how far it got.
  return status >= 500 ? failed('unknown', 'broke_down', text) : failed('permanent', 'refused', text);
}

const wasRefusedAtOnce = (error: unknown): boolean =>
  ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes((error as { cause?: { code?: string } }).cause?.code ?? '');

type Failed = Extract<SendResult, { state: 'failed' }>;

const failed = (permanence: Failed['permanence'], code: EchoProblem, text: string): Failed => ({
  state: 'failed',
  permanence,
  code,
  text: text.slice(0, 500),
});
