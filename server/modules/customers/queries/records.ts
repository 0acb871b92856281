import type { AuthenticationMethod } from '../../../../contract/customers.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';
import type { ConsentRow, NoteRow } from './rows.ts';

export const notesOf = (db: Db, customerIds: readonly string[]): Promise<NoteRow[]> =>
  db.query<NoteRow>(
    sql`select id, version, customer_id, author_id, text, at from customer_notes where customer_id = any(${customerIds}::uuid[]) order by n desc limit 500`,
  );

export const notesByIds = (db: Db, ids: readonly string[]): Promise<NoteRow[]> =>
  db.query<NoteRow>(sql`select id, version, customer_id, author_id, text, at from customer_notes where id = any(${ids}::uuid[])`);

export const insertNote = (db: Db, note: Omit<NoteRow, 'version'>): Promise<number> =>
  db.exec(
    sql`insert into customer_notes (id, customer_id, author_id, text, at) values (${note.id}, ${note.customer_id}, ${note.author_id}, ${note.text}, ${note.at})`,
  );

/** The whole history, newest first. */
export const consentsOf = (db: Db, customerIds: readonly string[]): Promise<ConsentRow[]> =>
  db.query<ConsentRow>(sql`select id, customer_id, purpose, state, channel, text_version, evidence, by_id, at from customer_consents
    where customer_id = any(${customerIds}::uuid[]) order by n desc limit 1000`);

export const insertConsent = (db: Db, consent: ConsentRow): Promise<number> =>
  db.exec(sql`insert into customer_consents (id, customer_id, purpose, state, channel, text_version, evidence, by_id, at) values (${consent.id},
    ${consent.customer_id}, ${consent.purpose}, ${consent.state}, ${consent.channel}, ${consent.text_version}, ${consent.evidence}, ${consent.by_id}, ${consent.at})`);

export interface StandingAuthentication {
  level: number;
  method: AuthenticationMethod;
  conversation_id: string;
  by_id: string | null;
  at: Date;
}

/** The highest level that stands, over everything that counts as this customer; forgotten after eight hours, should nobody end it. */
export const standingAuthentication = (db: Db, rootId: string, now: Date): Promise<StandingAuthentication | undefined> =>
  db.maybe<StandingAuthentication>(sql`select a.level::int as level, a.method, a.conversation_id, a.by_id, a.at from customer_authentications a
    join customers c on c.id = a.customer_id where c.root_id = ${rootId} and a.ended_at is null and a.at > ${forgottenBefore(now)}
    order by a.level desc, a.at desc limit 1`);

const forgottenBefore = (now: Date): Date => new Date(now.getTime() - 8 * 3_600_000);

export const standingLevel = async (db: Db, rootId: string, now: Date): Promise<number> =>
  (await standingAuthentication(db, rootId, now))?.level ?? 0;

export interface NewAuthentication {
  id: string;
  customerId: string;
  conversationId: string;
  level: number;
  method: string;
  byId: string | null;
  at: Date;
}

export const insertAuthentication = (db: Db, a: NewAuthentication): Promise<number> =>
  db.exec(sql`insert into customer_authentications (id, customer_id, conversation_id, level, method, by_id, at)
    values (${a.id}, ${a.customerId}, ${a.conversationId}, ${a.level}, ${a.method}, ${a.byId}, ${a.at})`);

/** Of somebody who is there for service, unless as much stands in the conversation already. */
export const insertUnlessStanding = (db: Db, a: NewAuthentication, now: Date): Promise<number> =>
  db.exec(sql`insert into customer_authentications (id, customer_id, conversation_id, level, method, by_id, at)
    select ${a.id}, c.id, ${a.conversationId}, ${a.level}, ${a.method}, ${a.byId}, ${a.at} from customers c
    where c.id = ${a.customerId} and c.status = 'active' and not exists (select from customer_authentications s where s.conversation_id = ${a.conversationId}
      and s.customer_id = c.id and s.level >= ${a.level} and s.ended_at is null and s.at > ${forgottenBefore(now)})`);

/** Ends what no adviser has recorded. */
export const endSignIns = (
  db: Db,
  conversationIds: readonly string[],
  at: Date,
): Promise<{ customerId: string; conversationId: string }[]> =>
  db.query(sql`update customer_authentications set ended_at = ${at} where conversation_id = any(${conversationIds}::uuid[]) and ended_at is null and by_id is null
    returning customer_id as "customerId", conversation_id as "conversationId"`);

export const endAuthentications = (db: Db, conversationIds: readonly string[], at: Date): Promise<{ customer_id: string }[]> =>
  db.query(
    sql`update customer_authentications set ended_at = ${at} where conversation_id = any(${conversationIds}::uuid[]) and ended_at is null returning customer_id`,
  );

export const grantAccess = (db: Db, a: { customerId: string; personId: string; reason: string; until: Date }): Promise<number> =>
  db.exec(sql`insert into customer_access (customer_id, person_id, reason, until) values (${a.customerId}, ${a.personId}, ${a.reason}, ${a.until})
    on conflict (customer_id, person_id) do update set reason = excluded.reason, until = excluded.until`);

/** Which of these families the person may read for a reason given. */
export async function accessible(db: Db, rootIds: readonly string[], personId: string, now: Date): Promise<Set<string>> {
  const rows = await db.query<{
    root_id: string;
  }>(sql`select distinct c.root_id from customer_access a join customers c on c.id = a.customer_id
    where c.root_id = any(${rootIds}::uuid[]) and a.person_id = ${personId} and a.until > ${now}`);
  return new Set(rows.map((row) => row.root_id));
}
