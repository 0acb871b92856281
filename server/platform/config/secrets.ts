import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

/** Seals what must not lie readable in the database (passwords of mail accounts, tokens) and signs what goes through strangers' hands. */
export interface Secrets {
  /** AES-256-GCM; the text carries version, nonce and tag. */
  seal(plain: string): string;
  /** Throws when the text was altered or sealed under another key. */
  open(sealed: string): string;
  /** HMAC-SHA256 in base64url, separate per purpose. */
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, signature: string): boolean;
  /** A 32-byte key for one purpose, for libraries that sign themselves. */
  key(purpose: string): Buffer;
}

/** `root` is the installation's secret (`NAHBAR_SECRET` or the generated file), at least 32 characters. */
export function createSecrets(root: string): Secrets {
  const keys = new Map<string, Buffer>();
  const key = (purpose: string): Buffer => {
    let found = keys.get(purpose);
    if (!found) {
      found = Buffer.from(hkdfSync('sha256', root, 'nahbar', purpose, 32));
      keys.set(purpose, found);
    }
    return found;
  };
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', key(`sign ${purpose}`))
      .update(text)
      .digest('base64url');
  return {
    key,
    sign,
    verify(purpose, text, signature) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key('seal'), nonce);
      const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
    },
    open(text) {
      if (!text.startsWith('v1.')) throw new Error('Unknown form of sealed text');
      const bytes = Buffer.from(text.slice(3), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', key('seal'), bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
