/** How a mail program packs what was written. */
export const bodies = ['plain', 'plain', 'latin1', 'html', 'both', 'base64', 'wrong', 'deep'] as const;
export type Body = (typeof bodies)[number];

/** As deep as no honest mail is. */
const depth = 40;

/** The whole mail, one letter for each byte. */
export function wrap(fields: readonly string[], body: Body, text: string): string {
  const [head, content] = parts(body, text);
  return [...fields, ...head, '', content, ''].join('\r\n');
}

function parts(body: Body, text: string): [head: string[], content: string] {
  const lines = text.replaceAll('\n', '\r\n');
  const utf8 = (given: string) => Buffer.from(given, 'utf8').toString('latin1');
  const html = () =>
    utf8(
      `<html><body>${text
        .replaceAll('<', '&lt;')
        .split('\n')
        .map((line) => `<p>${line}</p>`)
        .join('\r\n')}</body></html>`,
    );
  const type = (name: string, charset = 'utf-8') => `Content-Type: text/${name}; charset=${charset}`;
  switch (body) {
    case 'plain':
      return [[type('plain'), 'Content-Transfer-Encoding: 8bit'], utf8(lines)];
    case 'latin1':
      return [[type('plain', 'iso-8859-1'), 'Content-Transfer-Encoding: quoted-printable'], quoted(lines)];
    case 'html':
      return [[type('html'), 'Content-Transfer-Encoding: 8bit'], html()];
    case 'both':
      return [
        ['Content-Type: multipart/alternative; boundary="grenze"'],
        among('grenze', [`${type('plain')}\r\n\r\n${utf8(lines)}`, `${type('html')}\r\n\r\n${html()}`]),
      ];
    case 'base64':
      return [
        [type('plain'), 'Content-Transfer-Encoding: base64'],
        (
          Buffer.from(lines, 'utf8')
            .toString('base64')
            .match(/.{1,76}/g) ?? []
        ).join('\r\n'),
      ];
    case 'wrong':
      // Says what it is not.
      return [[type('plain', 'us-ascii'), 'Content-Transfer-Encoding: 8bit'], utf8(lines)];
    case 'deep': {
      let content = `${type('plain')}\r\n\r\n${utf8(lines)}`;
      for (let level = depth; level > 1; level -= 1)
        content = `Content-Type: multipart/mixed; boundary="b${level}"\r\n\r\n${among(`b${level}`, [content])}`;
      return [['Content-Type: multipart/mixed; boundary="b1"'], among('b1', [content])];
    }
  }
}

const among = (boundary: string, given: readonly string[]) =>
  `${given.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--`;

const quoted = (text: string) =>
  text
    .replace(/[^\x00-\xff]/g, '?')
    .replace(/[^\x20-\x3c\x3e-\x7e\r\n]/g, (letter) => `=${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
