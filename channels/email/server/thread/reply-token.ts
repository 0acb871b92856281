import { createHmac, timingSafeEqual } from 'node:crypto';

/** A secret that signs reply addresses. Keep old keys for reading as long as customers may answer old mails (years). */
export interface ReplyKey {
  /** 0 to 255, unique among the keys in use. */
  id: number;
  /** At least 16 bytes. */
  secret: Uint8Array;
}

// 80 bits: guessing one in a mailbox that takes a thousand tries a second needs more than ten million years.
const macBytes = 10;
// Key id, UUID, MAC: 27 bytes, 44 letters of base32. Lower case, because mail systems fold the case of local parts.
const tokenLetters = 44;
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** Token that stands for a conversation in a reply address or Message-ID. Throws RangeError on a bad id or key. */
export function createReplyToken(conversationId: string, key: ReplyKey): string {
  const uuid = uuidBytes(conversationId);
  if (uuid === null) throw new RangeError('conversationId must be a UUID');
  if (!Number.isInteger(key.id) || key.id < 0 || key.id > 255) throw new RangeError('key id must be 0 to 255');
  if (key.secret.length < 16) throw new RangeError('the secret must have at least 16 bytes');
  return encode(Buffer.concat([Buffer.from([key.id]), uuid, mac(key, uuid)]));
}

/** Conversation of a token, or null if it is not ours. Takes the same time whatever part of the signature is wrong. */
export function readReplyToken(token: string, keys: readonly ReplyKey[]): string | null {
  if (token.length !== tokenLetters) return null;
  const bytes = decode(token.toLowerCase());
  if (bytes === null) return null;
  const key = keys.find((k) => k.id === bytes[0]);
  if (!key) return null;
  const uuid = bytes.subarray(1, 17);
  if (!timingSafeEqual(mac(key, uuid), bytes.subarray(17))) return null;
  const hex = uuid.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** First valid token within an address or Message-ID ("reply+TOKEN@…", "TOKEN.abc@…"), or null. */
export function findReplyToken(text: string, keys: readonly ReplyKey[]): string | null {
  for (const m of text.matchAll(/(?<![a-z0-9])[a-z2-7]{44}(?![a-z0-9])/gi)) {
    const conversationId = readReplyToken(m[0], keys);
    if (conversationId !== null) return conversationId;
  }
  return null;
}

/** Address customers answer to: "service@shop.de" becomes "service+TOKEN@shop.de". Throws RangeError above 64 letters (RFC 5321, 4.5.3.1.1). */
export function createReplyAddress(address: string, token: string): string {
  const at = address.lastIndexOf('@');
  if (at < 1) throw new RangeError('address must have a local part and a domain');
  const local = `${address.slice(0, at).replace(/\+.*$/, '')}+${token}`;
  if (local.length > 64) throw new RangeError('local part longer than 64 letters: use a shorter reply mailbox');
  return `${local}@${address.slice(at + 1)}`;
}

/**
 * Message-ID (without brackets) of an outgoing mail that carries the conversation's token, so that a plain reply finds home
 * even where plus addresses are lost. `unique` is the message's own id (UUID), which makes it repeatable for a retry.
 */
export function createMessageId(token: string, unique: string, domain: string): string {
  if (!/^[\w-]{1,64}$/.test(unique)) throw new RangeError('unique must be letters, digits, "-" and "_"');
  if (!/^[a-z0-9.-]{1,200}$/i.test(domain)) throw new RangeError('domain must be a host name');
  return `${token}.${unique}@${domain}`;
}

function mac(key: ReplyKey, uuid: Uint8Array): Buffer {
  return createHmac('sha256', key.secret)
    .update('nahbar reply v1')
    .update(Buffer.from([key.id]))
    .update(uuid)
    .digest()
    .subarray(0, macBytes);
}

function uuidBytes(uuid: string): Buffer | null {
  return /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(uuid) ? Buffer.from(uuid.replaceAll('-', ''), 'hex') : null;
}

function encode(bytes: Buffer): string {
  let out = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += alphabet[(value >> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? out + alphabet[(value << (5 - bits)) & 31] : out;
}

function decode(text: string): Buffer | null {
  const out = Buffer.alloc(Math.floor((text.length * 5) / 8));
  let o = 0;
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    const index = alphabet.indexOf(letter);
    if (index < 0) return null;
    value = (value << 5) | index;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out[o++] = (value >> bits) & 255;
    }
    value &= (1 << bits) - 1;
  }
  // Spare bits must be zero, or one conversation would have several tokens.
  return value === 0 ? out : null;
}
