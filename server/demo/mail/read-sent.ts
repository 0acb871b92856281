import PostalMime from 'postal-mime';
import type { Answered } from './plan.ts';

/** A mail of ours as its receiver would read it, ready to be answered. */
export async function readSent(raw: Buffer, fallback: Date): Promise<Answered & { to: string[]; replyTo: string | null }> {
  const mail = await new PostalMime().parse(raw);
  const ids = (text: string | undefined) => [...(text ?? '').matchAll(/<([^<>\s]+)>/g)].map((found) => found[1] ?? '');
  return {
    messageId: ids(mail.messageId)[0] ?? '',
    references: ids(mail.references),
    subject: mail.subject ?? '',
    text: (mail.text ?? '').replaceAll('\r\n', '\n').trimEnd(),
    at: mail.date ? new Date(mail.date) : fallback,
    who: { name: mail.from?.name ?? '', address: mail.from?.address ?? '' },
    to: (mail.to ?? []).flatMap((one) => (one.address ? [one.address] : [])),
    replyTo: mail.replyTo?.[0]?.address ?? null,
  };
}
