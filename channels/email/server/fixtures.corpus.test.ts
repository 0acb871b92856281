import { expect, test } from 'vitest';
import { readBounce } from './bounce/bounce.ts';
import { classifyAutomatic } from './inbound/automatic.ts';
import { type ParsedMail, parseMailSync } from './parse.ts';
import { describeCorpus, listFiles, readBytes } from './testing/corpus.ts';
import { threadSignals } from './thread/thread.ts';
import { splitReply } from './trim/trim.ts';

// What each name promises. A mail not named here must still give an author, a body or files, and no invented defect.
const promises: Record<string, (mail: ParsedMail) => void> = {
  attachments_without_filename: (mail) => expect(mail.attachments.map((a) => a.filename)).toEqual([null, null]),
  attachments_without_text: (mail) => {
    expect(mail.text).toBe('');
    expect(mail.attachments.map((a) => a.filename)).toEqual(['1kb.png', '1kb.png']);
  },
  auto_reply: (mail) => expect(classifyAutomatic(mail)).toMatchObject({ kind: 'auto_reply', neverAnswer: true }),
  auto_reply_with_auto_submitted: (mail) => expect(classifyAutomatic(mail)).toMatchObject({ kind: 'auto_reply', neverAnswer: true }),
  bounced_with_no_from: (mail) => {
    expect(mail.from[0]?.address ?? null).toBeNull();
    expect(classifyAutomatic(mail).kind).toBe('bounce');
    expect(readBounce(mail)).toHaveLength(1);
  },
  email_with_inline_pdf: (mail) =>
    expect(mail.attachments[0]).toMatchObject({
      filename: 'dummy.pdf',
      mediaType: 'application/pdf',
      disposition: 'inline',
      related: false,
    }),
  forwarder_email: (mail) => expect(threadSignals(mail).tokenPlaces).toContain('reply+6bdc3f4d-0bec-4515-a284-5d916fdde489@example.com'),
  group_sender_support: (mail) => expect(threadSignals(mail).from).toContain('jane@example.com'),
  html_and_attachments: (mail) => {
    expect(mail.html).toContain('html and attachments');
    expect(mail.text).toBe('This is html and attachments only mail');
    expect(mail.attachments).toHaveLength(1);
  },
  in_reply_to: (mail) => expect(mail.inReplyTo).toEqual(['0CB459E0-0336-41DA-BC88-E6E28C697DDB@chatwoot.com']),
  mail_with_html_part_no_html_content: (mail) => expect(mail.text).toContain('This is test message.'),
  mail_with_inline_images: (mail) => expect(mail.attachments.every((a) => a.related && a.contentId !== null)).toBe(true),
  mail_with_invalid_to: (mail) => expect(mail.to[0]?.address).toBe('vishnu@chatwoot.com'),
  mail_with_invalid_to_2: (mail) => expect(mail.to[0]?.address).toBe('vishnu@chatwoot.com'),
  mail_with_no_date: (mail) => expect(mail.date).toBeNull(),
  mail_with_no_subject: (mail) => expect(mail.subject).toBe(''),
  mail_with_plain_text_and_inline_image: (mail) => expect(mail.attachments).toHaveLength(3),
  mail_with_quote: (mail) => expect(splitReply(mail.text)).toMatchObject({ fresh: expect.not.stringContaining('wrote:') as string }),
  multiple_attachments: (mail) => expect(mail.attachments.length).toBeGreaterThan(10),
  multiple_in_reply_to: (mail) => expect(mail.inReplyTo).toHaveLength(2),
  non_utf_encoded_mail: (mail) => expect(`${mail.subject} ${mail.from[0]?.name}`).toMatch(/أهلين.*متجر/u),
  notification: (mail) => expect(classifyAutomatic(mail).neverAnswer).toBe(true),
  only_attachments: (mail) => expect(mail).toMatchObject({ text: '', html: null }),
  only_html: (mail) => expect(mail.textSource).toBe('html'),
  only_text: (mail) => expect(mail).toMatchObject({ html: null, textSource: 'plain' }),
  references: (mail) => expect(mail.references).toContain('test-reference-id'),
  reply: (mail) => expect(mail.to[0]?.address).toContain('reply+'),
  reply_cc: (mail) => expect(mail.cc.length).toBeGreaterThan(0),
  reply_to: (mail) => expect(mail.inReplyTo[0]).toContain('conversation/'),
  support_uppercase: (mail) => expect(mail.from[0]?.address).toBe('SONY@chatwoot.com'),
  support_without_sender_name: (mail) => expect(mail.from[0]?.name).toBeNull(),
};

describeCorpus('mail-app-fixtures', (folder) => {
  const files = listFiles(folder, '.eml');
  test.each(files)('%s keeps what its name promises', (file) => {
    const mail = parseMailSync(readBytes(folder, file));
    promises[file.replace('.eml', '')]?.(mail);
    expect(mail.text !== '' || mail.attachments.length > 0).toBe(true);
    expect(mail.from).toHaveLength(1);
    expect(mail.messageId).not.toBeNull();
  });
});
