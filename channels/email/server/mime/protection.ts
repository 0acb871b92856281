import { headerValue } from './header-block.ts';
import { listParts, type MimePart } from './part.ts';

/** One signed or encrypted piece of a mail. Nothing is verified or decrypted here: this says what is there, and where. */
export interface Protection {
  kind: 'signed' | 'encrypted' | 'certificates' | 'keys';
  scheme: 'smime' | 'pgp-mime' | 'pgp-inline' | 'other';
  /** Path of the part; for inline PGP that of the text part. */
  path: string;
  /** Number of armoured blocks; 1 for everything but inline PGP. */
  blocks: number;
}

/** Finds S/MIME (RFC 8551), PGP/MIME (RFC 3156) and inline PGP (RFC 4880 armour) in a tree, attached messages included. */
export function findProtection(root: MimePart, textOf: (part: MimePart) => string): Protection[] {
  const out: Protection[] = [];
  const roots = [root];
  for (let current = roots.pop(); current; current = roots.pop()) {
    for (const part of listParts(current)) {
      inspect(part, textOf, out);
      if (part.message && roots.length < 100) roots.push(part.message);
    }
  }
  return out;
}

function inspect(part: MimePart, textOf: (part: MimePart) => string, out: Protection[]): void {
  const add = (kind: Protection['kind'], scheme: Protection['scheme'], blocks = 1) => out.push({ kind, scheme, path: part.path, blocks });
  const protocol = (part.parameters.get('protocol') ?? '').toLowerCase();
  switch (part.mediaType) {
    case 'multipart/signed':
      // RFC 1847, 2.1: exactly what is signed and the signature; with anything added nothing can be verified.
      if (part.children.length !== 2) {
        part.defects.push('multipart/signed without exactly two parts');
        return;
      }
      add('signed', protocol.includes('pgp') ? 'pgp-mime' : protocol.includes('pkcs7') ? 'smime' : 'other');
      return;
    case 'multipart/encrypted':
      if (part.children.length < 2) {
        part.defects.push('multipart/encrypted without its encrypted part');
        return;
      }
      add('encrypted', protocol.includes('pgp') || protocol === '' ? 'pgp-mime' : 'other');
      return;
    case 'application/pkcs7-mime':
    case 'application/x-pkcs7-mime':
      add(smimeKind(part), 'smime');
      return;
    case 'text/pgp':
    case 'application/pgp':
      add('encrypted', 'pgp-inline');
      return;
    case 'application/pgp-keys':
      add('keys', 'pgp-mime');
      return;
    default:
      break;
  }
  if (part.mediaType !== 'text/plain') return;
  if (part.encoding !== 'base64' && !part.source.subarray(part.bodyStart, part.bodyEnd).includes('-----BEGIN PGP')) return;
  const text = textOf(part);
  const count = (what: string) => text.match(new RegExp(`^-----BEGIN PGP ${what}-----[ \\t\\r]*$`, 'gm'))?.length ?? 0;
  if (count('MESSAGE') > 0) add('encrypted', 'pgp-inline', count('MESSAGE'));
  if (count('SIGNED MESSAGE') > 0) add('signed', 'pgp-inline', count('SIGNED MESSAGE'));
  if (count('PUBLIC KEY BLOCK') > 0) add('keys', 'pgp-inline', count('PUBLIC KEY BLOCK'));
}

function smimeKind(part: MimePart): Protection['kind'] {
  const type = (part.parameters.get('smime-type') ?? '').toLowerCase();
  if (type === 'signed-data') return 'signed';
  if (type === 'certs-only') return 'certificates';
  if (type === '' && /\.p7c$/i.test(part.filename ?? '')) return 'certificates';
  if (type === '' && /signature/i.test(headerValue(part.headers, 'content-description') ?? '')) return 'signed';
  return 'encrypted';
}
