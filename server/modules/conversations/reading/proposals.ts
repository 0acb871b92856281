import type { Address, ConversationDetail } from '../../../../contract/conversations.ts';
import type { Ctx } from '../../../platform/context.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import { channelOf, ownAddresses } from '../../channels/index.ts';
import { identitiesOfFamilies } from '../../customers/index.ts';
import { withMerged } from '../queries.ts';
import { amongParticipants, newHere } from '../receiving/participants.ts';
import { type ConversationRow, type MessageRow, messageColumns } from '../rows.ts';

/**
 * Whom an answer goes to: Reply-To or sender of the newest incoming message of a participant; everybody on it but ourselves for an answer to all.
 * A stranger whom a token let in is answered only by who chooses to, and nobody who was only in our BCC is ever proposed.
 * Nor is a mailing list, which everybody reads: an answer goes to the author, and to nobody where the list has put itself in the author's place.
 */
export async function proposalsFor(
  ctx: Ctx,
  row: ConversationRow,
  newestFirst: readonly MessageRow[],
  own: string | undefined,
): Promise<ConversationDetail['proposals']> {
  const known = amongParticipants(newestFirst.filter((m) => m.kind === 'message'));
  const last = known.find((m) => m.direction === 'in') ?? (await newestOfParticipants(ctx.db, row.id)) ?? known[0];
  if (!last) return { reply: { to: [], cc: [] }, replyAll: { to: [], cc: [] } };
  const { from, to: receivers, cc, replyTo = [] } = last.envelope;
  const isOurs = await ownAddresses(ctx, row.channel, own === undefined ? [] : [own]);
  const isList = listsOf(row, [...known, last]);
  const strangers = (list: readonly Address[]) => list.filter((a) => !isOurs(a.address) && !isList(a.address));
  const wanted = last.direction === 'in' ? await believed(ctx, row, last, strangers(replyTo)) : [];
  const to = last.direction === 'out' ? strangers(receivers) : wanted.length > 0 ? wanted : strangers(from ? [from] : []);
  const taken = new Set(to.map((a) => a.address.toLowerCase()));
  const others = strangers([...receivers, ...cc]).filter((a) => {
    const address = a.address.toLowerCase();
    if (taken.has(address)) return false;
    taken.add(address);
    return true;
  });
  return { reply: { to: [...to], cc: [] }, replyAll: { to: [...to], cc: last.direction === 'out' ? strangers(cc) : others } };
}

/** Tells which addresses are of the lists that any of these came over: who wrote over a list and then writes directly still names it in CC. */
function listsOf(row: ConversationRow, messages: readonly MessageRow[]): (address: string) => boolean {
  const identity = channelOf(row.channel)?.identity;
  const same = (address: string): string => {
    const value = identity?.normalise(address) ?? address.toLowerCase();
    return identity?.mailbox?.(value) ?? value;
  };
  const lists = new Set(messages.flatMap(({ envelope }) => envelope.lists ?? []).map(same));
  return (address) => lists.has(same(address));
}

/** The newest message that came in from somebody who took part, however many strangers and notes came after it. */
const newestOfParticipants = async (db: Db, id: string): Promise<MessageRow | undefined> =>
  db.maybe<MessageRow>(sql`select ${messageColumns} from messages m where m.conversation_id = any(${await withMerged(db, id)}::uuid[])
    and m.kind = 'message' and m.direction = 'in' and not ${newHere} = any(m.facts) order by m.at desc, m.id desc limit 1`);

/** Where answers are wanted, when that is not where the message came from: always shown, for it is how answers are led astray. */
export function divertedTo({ envelope: { from, replyTo = [] } }: Pick<MessageRow, 'envelope'>): Address[] {
  const sender = from?.address.toLowerCase();
  return replyTo.filter((a) => a.address.toLowerCase() !== sender);
}

/**
 * A Reply-To is proposed when its address is known here: of the sender's own domain, of the customer, or one that has taken part. Any other may
 * be an attacker's who has forged the sender, and our answer would tell what the customer asked.
 */
async function believed(ctx: Ctx, row: ConversationRow, last: MessageRow, wanted: readonly Address[]): Promise<Address[]> {
  if (wanted.length === 0) return [];
  const sender = last.envelope.from?.address.toLowerCase() ?? '';
  const known = new Set([sender, ...row.participants.map((p) => p.toLowerCase())]);
  const isForged = last.facts.includes('auth_failed');
  const isKnown = (address: string) =>
    known.has(address) || (!isForged && domainOf(address) !== '' && domainOf(address) === domainOf(sender));
  if (!wanted.every((a) => isKnown(a.address.toLowerCase())))
    for (const { value, label } of await identitiesOfFamilies(ctx.db, [row.customerId]))
      for (const one of [value, label]) known.add(one.toLowerCase());
  return wanted.filter((a) => isKnown(a.address.toLowerCase()));
}

const domainOf = (address: string): string => (address.includes('@') ? address.slice(address.lastIndexOf('@') + 1) : '');
