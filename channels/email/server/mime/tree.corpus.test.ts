import { expect, test } from 'vitest';
import { parseMail } from '../parse.ts';
import { describeCorpus, type Differences, listFiles, readBytes, readText, Score } from '../testing/corpus.ts';
import type { MimePart } from './part.ts';
import { readTnef } from './tnef.ts';

// Where we differ on purpose.
const explained: Differences = {
  'openpgp-signed-mailinglist+old signed': {
    ours: '0',
    theirs: '1',
    kept: 'a mail without Content-Type is plain text (RFC 2045, 5.2); the reference knows by heart how an old list program wrapped what it passed on. Nothing is lost: all of it is shown as text',
  },
};

/**
 * The expected trees come from a program that holds the keys; without keys everything below an encrypted node is out of
 * reach, so both sides are compared with what hangs below encrypted nodes cut off, and by what they say is protected.
 */
describeCorpus('mail-crypto', (folder) => {
  test('signed, encrypted and attached pieces are found where the reference finds them', async () => {
    const score = new Score();
    for (const file of listFiles(folder, '.tree')) {
      const name = file.replace('.mbox.tree', '');
      const mail = await parseMail(readBytes(folder, `${name}.mbox`));
      const expected = outline(readText(folder, file));
      const found = { encrypted: 0, signed: 0, certificates: 0, attachments: 0 };
      for (const protection of mail.protection) {
        if (protection.kind === 'certificates') found.certificates++;
        else if (protection.kind === 'signed') found.signed++;
        else if (protection.kind === 'encrypted') found.encrypted += protection.scheme === 'pgp-inline' ? protection.blocks : 1;
      }
      found.attachments = countAttachments(mail.root);
      for (const key of ['encrypted', 'signed', 'certificates', 'attachments'] as const) {
        score.check(`${name} ${key}`, `${found[key]}`, `${expected[key]}`);
      }
      score.check(`${name} shows something`, `${mail.text !== '' || mail.attachments.length > 0}`, 'true');
    }
    expect(score.against(explained, 'mail-crypto')).toEqual([]);
  });

  test('mails of whose files the reference says nothing lose none of them', async () => {
    const filesOf = async (name: string) =>
      (await parseMail(readBytes(folder, `${name}.mbox`))).attachments.map(({ filename, content }) => `${filename} ${content.length}`);
    expect(await filesOf('html-attachment1')).toEqual(['Attachment1.pdf 620', 'Attachment2.pdf 620', 'Attachment3.pdf 620']);
    expect(await filesOf('html-attachment2')).toEqual(['image1.png 6', 'image2.png 6']);
  });
});

interface Outline {
  encrypted: number;
  signed: number;
  certificates: number;
  attachments: number;
}

function outline(tree: string): Outline {
  const counts: Outline = { encrypted: 0, signed: 0, certificates: 0, attachments: 0 };
  let cut = Number.POSITIVE_INFINITY;
  for (const line of tree.split('\n')) {
    const m = /^( *)\* MimeTreeParser::(\w+)/.exec(line);
    const depth = m?.[1]?.length ?? 0;
    const kind = m?.[2];
    if (depth > cut) continue;
    cut = Number.POSITIVE_INFINITY;
    if (kind === 'EncryptedMessagePart') {
      counts.encrypted++;
      cut = depth;
    } else if (kind === 'SignedMessagePart') counts.signed++;
    else if (kind === 'CertMessagePart') counts.certificates++;
    else if (kind === 'AttachmentMessagePart') counts.attachments++;
  }
  return counts;
}

/** KMail calls every part an attachment that is no first text; pieces of signed and encrypted containers are none. */
function countAttachments(root: MimePart): number {
  let count = 0;
  const visit = (part: MimePart): void => {
    if (part.message) visit(part.message);
    if (part.mediaType === 'multipart/encrypted' && part.children.length > 1) return;
    const children = part.mediaType === 'multipart/signed' && part.children.length === 2 ? part.children.slice(0, 1) : part.children;
    if (
      /^multipart\/(?:mixed|signed|encrypted)$/.test(part.mediaType) &&
      !(part.mediaType === 'multipart/signed' && part.children.length === 2)
    ) {
      for (const [i, child] of children.entries()) {
        const isText =
          child.mediaType.startsWith('multipart/') || child.message !== null || (i === 0 && child.mediaType.startsWith('text/'));
        if (!isText) count++;
      }
    }
    for (const child of children) visit(child);
  };
  visit(root);
  return count;
}

/** What the streams we know hold; of any other, content is asked for and names. */
const tnefFiles: Record<string, string[]> = { 'attachments.dat': ['zappa_av1.jpg', 'bookmark.htm'] };

describeCorpus('mail-tnef', (folder) => {
  const streams = listFiles(folder, '.dat');

  test.each(streams)('%s gives the files it holds, whole', (file) => {
    const tnef = readTnef(readBytes(folder, file));
    const files = tnef?.attachments ?? [];
    expect(files.length > 0 || (tnef?.text ?? tnef?.rtf ?? tnef?.html ?? null) !== null).toBe(true);
    for (const { filename, content } of files) {
      expect(filename).not.toBeNull();
      expectWhole(filename ?? '', content);
    }
    if (!tnefFiles[file]) return;
    expect(tnef?.defects).toEqual([]);
    expect(files.map((a) => a.filename)).toEqual(tnefFiles[file]);
  });

  test.each(streams.flatMap((file) => ['application/ms-tnef', 'application/octet-stream'].map((type) => [file, type] as const)))(
    'a mail with %s as a winmail.dat of type %s shows the files in it beside the original',
    async (file, type) => {
      const content = readBytes(folder, file);
      const lines = [
        'From: a@kunde.test',
        'Subject: Fotos',
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=x',
        '',
        '--x',
        'Content-Type: text/plain',
        '',
        'Anbei',
        '--x',
        `Content-Type: ${type}; name="winmail.dat"`,
        'Content-Disposition: attachment; filename="winmail.dat"',
        'Content-Transfer-Encoding: base64',
        '',
        ...(content.toString('base64').match(/.{1,76}/g) ?? []),
        '--x--',
        '',
      ];
      const mail = await parseMail(Buffer.from(lines.join('\r\n')));
      const [original, ...files] = mail.attachments;
      expect(original).toMatchObject({ filename: 'winmail.dat', mediaType: type, origin: 'part' });
      expect(content.equals(original?.content ?? Buffer.alloc(0))).toBe(true);
      for (const one of files) {
        expect(one.origin).toBe('tnef');
        expectWhole(one.filename ?? '', one.content);
      }
      if (!tnefFiles[file]) return;
      expect(mail.defects).toEqual([]);
      expect(mail.text.trim()).toBe('Anbei');
      expect(files.map(({ filename, mediaType }) => [filename, mediaType])).toEqual([
        ['zappa_av1.jpg', 'image/jpeg'],
        ['bookmark.htm', 'text/html'],
      ]);
    },
  );
});

/** From its first byte to its last: a JPEG's marks, a page's tags. */
function expectWhole(filename: string, bytes: Uint8Array): void {
  const content = Buffer.from(bytes);
  expect(content.length).toBeGreaterThan(0);
  if (/\.jpe?g$/i.test(filename)) {
    expect(content.subarray(0, 3).toString('hex')).toBe('ffd8ff');
    expect(content.subarray(-2).toString('hex')).toBe('ffd9');
  } else if (filename === 'bookmark.htm') {
    expect(content.toString('latin1')).toMatch(/^<!DOCTYPE[\s\S]+<\/DL><p>\s*$/i);
  }
}
