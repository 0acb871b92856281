/** When a mail arrived, as its header tells: the newest Received line, else Date. NaN when neither does. */
export function arrivedAt(head: Buffer): number {
  const fields = fieldsOf(head);
  const received = fields.find(([name]) => name === 'received')?.[1];
  const stamped = received === undefined ? Number.NaN : dateIn(received.slice(received.lastIndexOf(';') + 1));
  if (!Number.isNaN(stamped)) return stamped;
  return dateIn(fields.find(([name]) => name === 'date')?.[1] ?? '');
}

/** Addresses of the From field, lower case. */
export const authorsOf = (head: Buffer): string[] =>
  (fieldsOf(head).find(([name]) => name === 'from')?.[1] ?? '').toLowerCase().match(/[^\s<>,;:"()]+@[^\s<>,;:"()]+/g) ?? [];

/** Whether it begins as a mail does: with any field that mails have. A page, a picture or a letter of a word processor does not. */
export const looksLikeMail = (content: Buffer): boolean => fieldsOf(content).some(([name]) => fieldsOfMails.has(name));

const fieldsOfMails = new Set(
  'from sender to cc bcc subject date message-id received return-path reply-to delivered-to mime-version content-type in-reply-to references'.split(
    ' ',
  ),
);

function fieldsOf(head: Buffer): [name: string, value: string][] {
  const text = head.toString('latin1', 0, Math.min(head.length, 64 * 1024));
  const end = /\r?\n\r?\n/.exec(text)?.index ?? text.length;
  return text
    .slice(0, end)
    .split(/\r?\n(?![ \t])/)
    .flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0
        ? [
            [
              line.slice(0, colon).trim().toLowerCase(),
              line
                .slice(colon + 1)
                .replace(/\r?\n[ \t]+/g, ' ')
                .trim(),
            ],
          ]
        : [];
    });
}

/** Dates before mail existed and far in the future are mistakes of a clock. */
function dateIn(text: string): number {
  const at = Date.parse(text.replace(/\([^)]*\)/g, ' ').trim());
  return at > Date.UTC(1980, 0) && at < Date.UTC(2100, 0) ? at : Number.NaN;
}
