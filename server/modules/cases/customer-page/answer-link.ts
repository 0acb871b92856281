import type { Platform } from '../../../platform/context.ts';
import type { Db } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { channelOf } from '../../channels/index.ts';
import { type Answer, type AnswerLink, languageFor } from '../../conversations/index.ts';
import { identitiesAmong } from '../../customers/index.ts';
import { companySettings } from '../../workspace/index.ts';
import { writeLink } from './link.ts';
import { pageStateOf } from './queries.ts';
import { linkWords } from './words.ts';

/** The link below an answer: of a person of ours, in private, to an address of the customer, where the channel can carry it and the company wants it. */
export async function linkForAnswer(at: { db: Db; platform: Platform }, answer: Answer): Promise<AnswerLink | undefined> {
  const { message, conversation } = answer;
  const { secrets, config } = at.platform;
  if (message.kind !== 'message' || message.direction !== 'out' || message.authorKind !== 'person' || message.visibility !== 'private')
    return;
  if (!channelOf(conversation.channel)?.descriptor.capabilities.customerLink || !(await companySettings(at.db)).customerPage) return;
  const identity = await identityFor(at.db, answer);
  if (!identity) return;
  // An answer that was held back while an adviser withdrew the links would carry a dead one.
  const withdrawnAt = (await pageStateOf(at.db, conversation.id))?.withdrawnAt;
  if (withdrawnAt && message.at <= withdrawnAt) return;
  const link = writeLink(secrets, { conversationId: conversation.id, identityId: identity.id, issuedAt: message.at });
  const page = `${config.publicUrl}/my#`;
  return { words: linkWords[await languageFor(at, identity.customerId)], url: `${page}${link}`, shown: `${page}…` };
}

interface Reached {
  id: string;
  customerId: string | null;
}

/** Whom of the customer's addresses the answer goes to; where answers name no receivers, the one that takes part. */
async function identityFor(db: Db, { message, conversation }: Answer): Promise<Reached | undefined> {
  const identity = channelOf(conversation.channel)?.identity;
  if (!identity) return undefined;
  const { to, cc, bcc } = message.envelope;
  const receivers = to.flatMap(({ address }) => identity.normalise(address) ?? []);
  const values = to.length + cc.length + bcc.length > 0 ? receivers : conversation.participants;
  if (conversation.customerId === null) return receivers.length > 0 ? { id: newId(message.at.getTime()), customerId: null } : undefined;
  const found = await identitiesAmong(db, conversation.customerId, identity.kind, values);
  return found.toSorted((a, b) => values.indexOf(a.value) - values.indexOf(b.value))[0];
}
