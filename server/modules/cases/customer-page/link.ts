import type { Secrets } from '../../../platform/config/secrets.ts';

/** What a link names: a conversation, whose case is the concern whatever becomes of it, and the identity the link was sent to. */
export interface PageLink {
  conversationId: string;
  identityId: string;
  /** When the answer was written that carries it. */
  issuedAt: Date;
}

const purpose = 'customer page link';
const signatureLength = 43;

/** The part of a link behind `#`. The same link is written the same every time, so that an answer that is sent twice stays one. */
export function writeLink(secrets: Pick<Secrets, 'sign'>, { conversationId, identityId, issuedAt }: PageLink): string {
  const bytes = Buffer.alloc(38);
  bytes.write(conversationId.replaceAll('-', ''), 0, 'hex');
  bytes.write(identityId.replaceAll('-', ''), 16, 'hex');
  bytes.writeUIntBE(issuedAt.getTime(), 32, 6);
  const said = bytes.toString('base64url');
  // The signature first: its last letter may be one that mail programs do not count as part of an address, that of the rest never is.
  return `${secrets.sign(purpose, said)}${said}`;
}

/** Undefined when this installation did not write it. */
export function readLink(secrets: Pick<Secrets, 'verify'>, link: string): PageLink | undefined {
  const said = link.slice(signatureLength);
  if (!/^[\w-]{51}$/.test(said) || !secrets.verify(purpose, said, link.slice(0, signatureLength))) return undefined;
  const bytes = Buffer.from(said, 'base64url');
  return { conversationId: idAt(bytes, 0), identityId: idAt(bytes, 16), issuedAt: new Date(bytes.readUIntBE(32, 6)) };
}

const idAt = (bytes: Buffer, at: number): string =>
  bytes.toString('hex', at, at + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
