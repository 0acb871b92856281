import { createDecipheriv, createECDH, createHmac, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';

/** The browser's end of a subscription, written after RFC 8291 and RFC 8292 and not with what sends. */
export interface Receiver {
  p256dh: string;
  auth: string;
  /** What was sealed for it; throws when it was sealed for somebody else. */
  read(body: Buffer): string;
}

export function receiver(): Receiver {
  const own = createECDH('prime256v1');
  const ownPublic = own.generateKeys();
  const auth = randomBytes(16);
  return {
    p256dh: ownPublic.toString('base64url'),
    auth: auth.toString('base64url'),
    read(body) {
      // RFC 8188: salt, size of a record, length of the key's id, which is the sender's public key; one record follows.
      const salt = body.subarray(0, 16);
      const idLength = body.readUInt8(20);
      const sender = body.subarray(21, 21 + idLength);
      const record = body.subarray(21 + idLength);
      if (record.length > body.readUInt32BE(16)) throw new Error('more than one record');
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), ownPublic, sender]);
      const pseudo = createHmac('sha256', auth).update(own.computeSecret(sender)).digest();
      const secret = createHmac('sha256', pseudo)
        .update(Buffer.concat([info, Buffer.from([1])]))
        .digest();
      const part = (name: string, length: number) => Buffer.from(hkdfSync('sha256', secret, salt, `Content-Encoding: ${name}\0`, length));
      const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
      decipher.setAuthTag(record.subarray(-16));
      const plain = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
      const end = plain.lastIndexOf(2);
      if (end < 0 || plain.subarray(end + 1).some((byte) => byte !== 0)) throw new Error('the record does not end as the last one');
      return plain.subarray(0, end).toString('utf8');
    },
  };
}

/** What the sender says of itself, when its signature is right; undefined when not. */
export function identified(authorization: string): { publicKey: string; claims: { aud: string; exp: number; sub: string } } | undefined {
  const [, token = '', publicKey = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(authorization) ?? [];
  const [head = '', claims = '', signature = ''] = token.split('.');
  const point = Buffer.from(publicKey, 'base64url');
  if (point.length !== 65) return undefined;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, format: 'jwk' });
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isSigned ? { publicKey, claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) } : undefined;
}
