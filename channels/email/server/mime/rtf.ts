import { decodeCharset } from './charset.ts';

// The dictionary every LZFu stream starts from (MS-OXRTFCP 2.1.2.1).
const prebuffer =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

const compressed = 0x75465a4c;
const uncompressed = 0x414c454d;

/** Undoes the compression of PR_RTF_COMPRESSED (MS-OXRTFCP); null if the bytes are none. */
export function decompressRtf(data: Buffer): Buffer | null {
  if (data.length < 16) return null;
  const rawSize = data.readUInt32LE(4);
  const magic = data.readUInt32LE(8);
  if (magic === uncompressed) return data.subarray(16, 16 + rawSize);
  if (magic !== compressed) return null;
  const window = Buffer.alloc(4096);
  window.write(prebuffer, 'latin1');
  let at = prebuffer.length;
  // Two bytes stand for at most seventeen: what claims to be larger lies, and must not cost the memory.
  const out = Buffer.alloc(Math.min(rawSize, data.length * 9, 64 * 1024 * 1024));
  let o = 0;
  const put = (c: number) => {
    if (o < out.length) out[o++] = c;
    window[at] = c;
    at = (at + 1) & 4095;
  };
  let pos = 16;
  while (pos < data.length && o < out.length) {
    const control = data[pos++] as number;
    for (let bit = 0; bit < 8 && pos < data.length; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(data[pos++] as number);
        continue;
      }
      const reference = ((data[pos] ?? 0) << 8) | (data[pos + 1] ?? 0);
      pos += 2;
      const offset = reference >> 4;
      if (offset === at) return out.subarray(0, o);
      for (let k = 0; k < (reference & 15) + 2; k++) put(window[(offset + k) & 4095] as number);
    }
  }
  return out.subarray(0, o);
}

/** Plain text of an RTF document, and the HTML it wraps when Outlook made it from HTML (\fromhtml, MS-OXRTFEX). */
export function readRtf(rtf: string): { text: string; html: string | null } {
  const isHtml = /\\fromhtml1?\b/.test(rtf.slice(0, 2000));
  const codepage = /\\ansicpg(\d+)/.exec(rtf)?.[1] ?? '1252';
  const tokens = /\\([a-z]+)(-?\d+)? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/gi;
  let text = '';
  const stack: { skip: boolean; html: boolean }[] = [];
  let state = { skip: false, html: false };
  let unicodeSkip = 0;
  let suppressed = false;
  let opened = false;
  const add = (piece: string) => {
    if (unicodeSkip > 0) {
      const cut = Math.min(unicodeSkip, piece.length);
      unicodeSkip -= cut;
      piece = piece.slice(cut);
    }
    if (state.skip || (isHtml && suppressed && !state.html)) return;
    text += piece;
  };
  for (let m = tokens.exec(rtf); m !== null; m = tokens.exec(rtf)) {
    if (m[5] === '{') {
      stack.push({ ...state });
      opened = true;
      continue;
    }
    if (m[5] === '}') state = stack.pop() ?? state;
    else if (m[4] === '*' && opened) state.skip = !rtf.startsWith('\\htmltag', tokens.lastIndex);
    else if (m[3]) add(decodeCharset(Buffer.from(m[3], 'hex'), `windows-${codepage}`).text);
    else if (m[4]) add(m[4] === '~' ? '\u00a0' : m[4] === '\\' || m[4] === '{' || m[4] === '}' ? m[4] : '');
    else if (m[6]) add(m[6]);
    else if (m[1]) {
      const word = m[1];
      if (word === 'par' || word === 'line') add('\n');
      else if (word === 'tab') add('\t');
      else if (word === 'htmlrtf') suppressed = m[2] !== '0';
      else if (word === 'htmltag') state = { skip: false, html: true };
      else if (word === 'u' && m[2]) {
        add(String.fromCharCode(Number(m[2]) & 0xffff));
        unicodeSkip = 1;
      } else if (opened && /^(?:fonttbl|colortbl|stylesheet|info|pict|object|header|footer|listtable)$/.test(word)) state.skip = true;
    }
    opened = false;
  }
  return isHtml ? { text: '', html: text } : { text: text.trim(), html: null };
}
