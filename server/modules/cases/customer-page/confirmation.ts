import type { Ctx } from '../../../platform/context.ts';
import type { Secrets } from '../../../platform/config/secrets.ts';
import type { RequestFacts } from '../../../platform/module.ts';

/** That somebody on this device read the mail of an address, and since when. */
export interface Confirmation {
  identityId: string;
  at: Date;
}

const cookie = 'nahbar_customer';
const purpose = 'customer page confirmation';
/** Long enough for an afternoon on the phone, and over before the phone is somebody else's. */
const hours = 12;

/** Kept on the device alone, where no script can read it: here nothing is remembered of who looks when. */
export function keepConfirmation(secrets: Secrets, request: RequestFacts, { identityId, at }: Confirmation): void {
  const said = `${identityId}.${at.getTime()}`;
  request.setCookie(cookie, `${said}.${secrets.sign(purpose, said)}`, { maxAgeSeconds: hours * 3_600 });
}

export async function dropConfirmation(_ctx: Ctx, _input: object, request: RequestFacts): Promise<{ done: true }> {
  request.setCookie(cookie, '', { maxAgeSeconds: 0 });
  return { done: true };
}

/** Undefined when there is none that still counts. */
export function confirmationOf(secrets: Secrets, request: Pick<RequestFacts, 'cookies'>, now: Date): Confirmation | undefined {
  const [identityId = '', since = '', signature = ''] = request.cookies[cookie]?.split('.') ?? [];
  if (!/^\d{1,15}$/.test(since) || !secrets.verify(purpose, `${identityId}.${since}`, signature)) return undefined;
  const at = new Date(Number(since));
  return at.getTime() + hours * 3_600_000 > now.getTime() ? { identityId, at } : undefined;
}
