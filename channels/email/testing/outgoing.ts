import type { Outgoing } from '../../../contract/channel.ts';

/** A reply to Frau Klein, with whatever a test says different. */
export function outgoing(more: Partial<Outgoing> = {}): Outgoing {
  return {
    messageId: '01900000-0000-7000-8000-00000000000a',
    conversationId: '01900000-0000-7000-8000-00000000000b',
    visibility: 'private',
    to: [{ name: 'Frau Klein', address: 'klein@kunde.test' }],
    cc: [],
    bcc: [],
    subject: 'Re: Kühlschrank',
    text: 'Guten Tag Frau Klein,\n\nwir kümmern uns darum.',
    html: null,
    attachments: [],
    inReplyTo: null,
    references: [],
    threadKey: null,
    automatic: false,
    language: null,
    at: new Date('2026-11-22T10:00:00Z'),
    ...more,
  };
}

export function file(filename: string, content: Uint8Array, mediaType = 'application/pdf'): Outgoing['attachments'][number] {
  return { filename, mediaType, size: content.byteLength, inline: false, contentId: null, read: () => Promise.resolve(content) };
}
