// RFC 5321, 4.2.3; RFC 4954; RFC 5248; RFC 7504 and a few drafts: the codes servers send, those that say most first.
const replies5 =
  '550 552 553 551 521 525 502 520 523 524 530 533 534 535 538 555 556 554 557 500 501 503 504 541 542 543 544 547 571 572 577'.split(' ');
const replies4 = '421 450 451 452 422 430 432 453 454 455 456 458 459 441 442 447 471'.split(' ');
const replies2 = '211 214 220 221 235 250 251 252 253 354'.split(' ');

const digitOrDot = (char: string | undefined) => char !== undefined && char >= '.' && char <= '9';

/** The SMTP reply code a text gives, of the class of the status code if that is known; '' if none. */
export function findReply(text: string, status = ''): string {
  if (/x-unix/i.test(text)) return '';
  const family = status[0];
  const codes = family === '5' ? replies5 : family === '4' ? replies4 : family === '2' ? replies2 : [...replies5, ...replies4, ...replies2];
  for (const code of codes) {
    for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 3)) {
      if (!digitOrDot(text[at - 1]) && !digitOrDot(text[at + 3])) return code;
    }
  }
  return '';
}

/** The enhanced status code (RFC 3463) a text gives, of the class of the reply code if that is known; '' if none. */
export function findStatus(text: string, reply = ''): string {
  const family = /^[245]/.test(reply) ? reply[0] : null;
  const plain = text.replace(/\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g, '***');
  const found: string[] = [];
  let last = '';
  for (const m of plain.matchAll(/(?<![./\dvV])([245])\.([0-7])\.(\d{1,3})(?!\d)/g)) {
    const code = `${m[1]}.${m[2]}.${m[3]}`;
    if (family && m[1] !== family) continue;
    // Codes that say little give way to any other.
    if (m[2] === '0' && m[3]?.startsWith('0')) last = `${m[1]}.0.0`;
    else if (code === '4.4.7') last = code;
    else found.push(code);
  }
  if (last !== '') found.push(last);
  return found.reduce((kept, code) => (kept === '' ? code : preferStatus(kept, code, '')), '');
}

const saysNothing = (code: string) => /^.\.0\.0$/.test(code);
const isGeneral = (code: string) => /\.0(?!\d)|\.0\./.test(code);

/** Which of two codes says more: the one of the Status field, or the one the server wrote. */
export function preferStatus(field: string, written: string, reply: string): string {
  if (field === '' || written === '' || field === written) return field || written;
  if (/^[245]/.test(reply) && field[0] !== written[0]) {
    if (reply[0] === field[0]) return field;
    if (reply[0] === written[0]) return written;
  }
  if (saysNothing(field)) return saysNothing(written) ? field : written;
  if (isGeneral(field) && !isGeneral(written)) return written;
  if (saysNothing(written)) return field;
  // The queue gave up, too many errors, a system or protocol error: the server's own word is better.
  if (field === '4.4.7' || field === '4.7.0' || /^5\.3\.|^.\.5\.[1245]/.test(field)) return written;
  if (field === '5.1.1') return isGeneral(written) || written.startsWith('5.5.') ? field : written;
  if (field === '5.1.3' && written.startsWith('5.7.')) return written;
  return field;
}

const words: [RegExp, string][] = [
  [/(?<![\w@`])HELO(?![\w@`])/, 'HELO'],
  [/(?<![\w@`])EHLO(?![\w@`])/, 'EHLO'],
  [/(?<![\w@`])STARTTLS(?![\w@`])/, 'STARTTLS'],
  [/AUTH (?:PLAIN|LOGIN|CRAM-|DIGEST-)/, 'AUTH'],
  [/MAIL F/, 'MAIL'],
  [/(?<![\w@`])RCPT(?![\w@`])|RCPT T/, 'RCPT'],
  [/(?<![\w@`])DATA(?![\w@`])/, 'DATA'],
  [/(?<![\w@`])QUIT(?![\w@`])/, 'QUIT'],
  [/(?<![\w@`])XFORWARD(?![\w@`])/, 'XFORWARD'],
];

/** The SMTP command a text names; of several the one latest in a session. Commands are written in capitals. */
export function findCommand(text: string): string {
  let found = '';
  for (const [pattern, command] of words) if (pattern.test(text)) found = command;
  return found;
}
