import type { Offer } from '../../../../contract/routing.ts';
import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';

export interface OfferRow {
  id: string;
  conversationId: string;
  customerId: string | null;
  personId: string;
  at: Date;
  until: Date;
  why: Offer['why'];
}
export type EndState = 'accepted' | 'declined' | 'timed_out' | 'withdrawn';

const columns = sql`o.id, o.conversation_id as "conversationId", o.customer_id as "customerId", o.person_id as "personId", o.at, o.until, o.why`;

/** There is an offer to look after, or a queue out of which work is offered. */
export const toGiveOut = (): Sql => sql`(select from offers where state = 'open' union all select from queues where is_offered) work`;

/** Locked, so that two who end one do not both say so; what somebody else has locked is theirs to end. */
export const openOffers = (db: Db): Promise<OfferRow[]> =>
  db.query<OfferRow>(sql`select ${columns} from offers o where o.state = 'open' order by o.id for update skip locked`);

export const openOfferOf = (db: Db, personId: string): Promise<OfferRow | undefined> =>
  db.maybe<OfferRow>(sql`select ${columns} from offers o where o.person_id = ${personId} and o.state = 'open'`);

export const acceptedBy = (db: Db, personId: string, conversationId: string): Promise<OfferRow | undefined> =>
  db.maybe<OfferRow>(sql`select ${columns} from offers o where o.conversation_id = ${conversationId} and o.person_id = ${personId} and o.state = 'accepted'
    order by o.ended_at desc limit 1`);

/** Ends them; gives those that were open still. */
export const endOffers = (db: Db, ids: readonly string[], state: EndState, now: Date): Promise<OfferRow[]> =>
  db.query<OfferRow>(
    sql`update offers o set state = ${state}, ended_at = ${now} where o.id = any(${ids}::uuid[]) and o.state = 'open' returning ${columns}`,
  );

/** Whatever somebody else offered at the same moment stays, and this is left out. */
export const insertOffers = (db: Db, offers: readonly OfferRow[]): Promise<OfferRow[]> =>
  db.query<OfferRow>(sql`insert into offers as o (id, conversation_id, customer_id, person_id, at, until, state, why)
    select id, "conversationId", "customerId", "personId", at, until, 'open', why
    from jsonb_to_recordset(${sql.json(offers)}) as r(id uuid, "conversationId" uuid, "customerId" uuid, "personId" uuid, at timestamptz, until timestamptz, why jsonb)
    on conflict do nothing returning ${columns}`);

/** When each of these people had their last offer; one that somebody else took first was none. Each is looked up, or a look in the evening would read all of the day's. */
export async function lastOffers(db: Db, personIds: readonly string[]): Promise<Map<string, Date>> {
  const rows = await db.query<{ personId: string; at: Date }>(
    sql`select p as "personId", o.at from unnest(${personIds}::uuid[]) p cross join lateral (select ended_at as at from offers
        where person_id = p and state in ('accepted', 'declined', 'timed_out') order by ended_at desc limit 1) o`,
  );
  return new Map(rows.map(({ personId, at }) => [personId, at]));
}

/** Who left which of these conversations to others. */
export async function leftBy(db: Db, conversationIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{
    id: string;
    people: string[];
  }>(sql`select conversation_id as id, array_agg(distinct person_id::text) as people from offers
    where conversation_id = any(${conversationIds}::uuid[]) and state = 'declined' group by 1`);
  return new Map(rows.map(({ id, people }) => [id, people]));
}

/** Nobody looks back at who was offered what: a day is enough to know whose turn it is. */
export const sweepOffers = (db: Db, before: Date): Promise<number> => db.exec(sql`delete from offers where ended_at < ${before}`);
