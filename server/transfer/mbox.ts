import { open } from 'node:fs/promises';

/** Where one mail lies in a file, and when it was delivered. */
export interface Place {
  file: string;
  start: number;
  end: number;
  /** Lines of the mail may begin with one `>` too many. */
  isQuoted: boolean;
  /** In milliseconds; NaN when nothing says so. */
  at: number;
}

const piece = 1024 * 1024;
const lf = 10;
const fromLine = Buffer.from('From ');
/** Enough for the header lines that tell the time. */
const headBytes = 64 * 1024;

/**
 * Finds the mails of an mbox file of any size without holding more than a piece of it (RFC 4155; mboxo, mboxrd; LF or CRLF). A mail begins with a line
 * `From …` at the beginning of the file or after an empty line. Yields the place of each, and how far it has read.
 */
export async function* scanMbox(file: string, dateOf: (head: Buffer) => number): AsyncGenerator<{ place?: Place; read: number }> {
  const handle = await open(file);
  try {
    let start = -1;
    let head: Buffer[] = [];
    let headSize = 0;
    /** What of the file was not yet cut into lines. */
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    let wasEmpty = true;
    const finish = (end: number): Place => ({ file, start, end, isQuoted: true, at: dateOf(Buffer.concat(head)) });
    for (let position = 0; ; ) {
      const buffer = Buffer.allocUnsafe(piece);
      const { bytesRead } = await handle.read(buffer, 0, piece, position);
      position += bytesRead;
      const isLast = bytesRead === 0;
      const chunk = rest.length > 0 ? Buffer.concat([rest, buffer.subarray(0, bytesRead)]) : buffer.subarray(0, bytesRead);
      let at = 0;
      while (at < chunk.length) {
        const found = chunk.indexOf(lf, at);
        // An endless line needs no end to be told from a separator.
        if (found < 0 && !isLast && chunk.length - at < piece) break;
        const end = found < 0 ? chunk.length : found + 1;
        const isSeparator = wasEmpty && chunk.length - at >= 5 && chunk.compare(fromLine, 0, 5, at, at + 5) === 0;
        if (isSeparator) {
          if (start >= 0) yield { place: finish(offset + at), read: offset + at };
          start = offset + end;
          head = [];
          headSize = 0;
        } else if (start >= 0 && headSize < headBytes) {
          const line = chunk.subarray(at, end);
          head.push(Buffer.from(line));
          // The header ends at the first empty line.
          headSize = isEmptyLine(chunk, at, end) ? headBytes : headSize + line.length;
        }
        wasEmpty = isEmptyLine(chunk, at, end);
        at = end;
      }
      rest = Buffer.from(chunk.subarray(at));
      offset += at;
      yield { read: offset };
      if (isLast) break;
    }
    if (start >= 0 && offset > start) yield { place: finish(offset), read: offset };
  } finally {
    await handle.close();
  }
}

const isEmptyLine = (bytes: Buffer, start: number, end: number): boolean =>
  end - start === 1 ? bytes[start] === lf : end - start === 2 && bytes[start] === 13 && bytes[start + 1] === lf;

/** The mail as it travelled: quoting of `From ` taken back, line ends CRLF, without the empty line that parts it from the next. */
export function mailOf(bytes: Buffer, isQuoted: boolean): Buffer {
  let text = bytes.toString('latin1');
  if (isQuoted) text = text.replace(/^>(>*From )/gm, '$1').replace(/(\r?\n)\r?\n$/, '$1');
  return Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'latin1');
}
