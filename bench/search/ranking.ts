import { conversationEndpoints as api } from '../../contract/conversations.ts';
import { type Everyday, everyday, fresh } from '../../server/demo/everyday/everyday.ts';
import { addInbound, createConversation } from '../../server/modules/conversations/testing.ts';
import { learnWords } from '../../server/modules/conversations/search/vocabulary.ts';
import { type TestPerson, cast } from '../../server/modules/workspace/testing.ts';
import { system } from '../../server/platform/actor.ts';
import { transaction } from '../../server/platform/context.ts';
import { sql } from '../../server/platform/database/sql.ts';
import type { TestHouse } from '../../server/testing/house.ts';
import { type Judged, judged } from './judged.ts';

/** A house with every judged mail in it, and how to search there. */
export interface Archive {
  house: TestHouse;
  reader: TestPerson;
  /** The mail each conversation began with. */
  begunBy: ReadonlyMap<string, Everyday>;
}

export async function fillArchive(house: TestHouse): Promise<Archive> {
  const people = await cast(house);
  const begunBy = new Map<string, Everyday>();
  for (const mail of [...everyday, ...fresh]) {
    house.clock.advance(3_600_000);
    const { id, customerId } = await createConversation(house, { teamId: people.team.id, subject: mail.subject, text: mail.text });
    await house.db.exec(sql`update messages set subject = ${mail.subject} where conversation_id = ${id}`);
    await addInbound(house, id, customerId, mail.answer, 2);
    if (mail.after) await addInbound(house, id, customerId, mail.after, 3);
    begunBy.set(id, mail);
  }
  const messages = await house.db.query<{ id: string }>(sql`select id from messages`);
  await transaction(house.house.platform, system, (ctx) =>
    learnWords(
      ctx,
      messages.map(({ id }) => id),
    ),
  );
  return { house, reader: people.kim, begunBy };
}

/** Conversations as our search orders them. */
export async function bySearch({ house, reader }: Archive, q: string): Promise<string[]> {
  const { items } = (await house.call(reader, api.search, { q, limit: 100 })).body;
  return [...new Set(items.map(({ conversation }) => conversation.id))].slice(0, 10);
}

/** Conversations that hold the letters of every word, the newest first: what most desks call a search. */
export async function byPattern({ house }: Archive, q: string): Promise<string[]> {
  const words = q.split(/\s+/).map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const rows = await house.db.query<{ id: string }>(sql`select c.id from conversations c
    where (select bool_and(exists (select from messages m where m.conversation_id = c.id and (m.text ilike word or m.subject ilike word))) from unnest(${words}::text[]) word)
    order by c.last_message_at desc limit 10`);
  return rows.map(({ id }) => id);
}

/** Normalised discounted cumulative gain of the first ten (Järvelin and Kekäläinen 2002), gain 2^grade − 1: 1 is the best order there is. */
export function ndcg({ relevant }: Judged, found: readonly string[], begunBy: Archive['begunBy']): number {
  const gradeOf = (id: string): number => {
    const text = begunBy.get(id)?.text ?? '';
    return Object.entries(relevant).find(([beginning]) => text.startsWith(beginning))?.[1] ?? 0;
  };
  const dcg = (grades: readonly number[]): number =>
    grades.slice(0, 10).reduce((sum, grade, rank) => sum + (2 ** grade - 1) / Math.log2(rank + 2), 0);
  return dcg(found.map(gradeOf)) / dcg(Object.values(relevant).toSorted((a, b) => b - a));
}

export interface Ranking {
  kind: Judged['kind'];
  query: string;
  search: number;
  pattern: number;
}

/** Every judged query, searched both ways. */
export async function rankAll(archive: Archive): Promise<Ranking[]> {
  const rankings: Ranking[] = [];
  for (const one of judged)
    rankings.push({
      kind: one.kind,
      query: one.query,
      search: ndcg(one, await bySearch(archive, one.query), archive.begunBy),
      pattern: ndcg(one, await byPattern(archive, one.query), archive.begunBy),
    });
  return rankings;
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
