import type { StormProposal } from '../../../../contract/storms.ts';
import { type Db, sql } from '../../../platform/database/sql.ts';

interface ProposalRow extends Omit<StormProposal, 'at'> {
  at: Date;
}

const columns = sql`p.id, p.topic_id as "topicId", p.at, p.count, p.expected, p.bound`;

export const openProposals = async (db: Db): Promise<StormProposal[]> =>
  (await db.query<ProposalRow>(sql`select ${columns} from storm_proposals p where p.closed_at is null order by p.at desc, p.id`)).map(
    ({ at, ...row }) => ({ ...row, at: at.toISOString() }),
  );

/** Topics of which a proposal is open, or was closed since then. */
export async function proposedSince(db: Db, since: Date): Promise<Set<string>> {
  const rows = await db.query<{ topicId: string }>(
    sql`select distinct topic_id as "topicId" from storm_proposals where closed_at is null or closed_at > ${since}`,
  );
  return new Set(rows.map(({ topicId }) => topicId));
}

/** Undefined where another process has just proposed it. */
export const insertProposal = (db: Db, p: ProposalRow): Promise<{ id: string } | undefined> =>
  db.maybe(sql`insert into storm_proposals (id, topic_id, at, count, expected, bound)
    values (${p.id}, ${p.topicId}, ${p.at}, ${p.count}, ${p.expected}, ${p.bound}) on conflict do nothing returning id`);

/** Undefined where it is closed already. */
export const closeProposal = (
  db: Db,
  { id, by, at, stormId }: { id: string; by: string | null; at: Date; stormId: string | null },
): Promise<{ id: string } | undefined> =>
  db.maybe(
    sql`update storm_proposals set closed_at = ${at}, closed_by = ${by}, storm_id = ${stormId} where id = ${id} and closed_at is null returning id`,
  );

/** Nobody looked for so long that it is no news any more. */
export const closeOld = (db: Db, before: Date, at: Date): Promise<{ id: string }[]> =>
  db.query(sql`update storm_proposals set closed_at = ${at} where closed_at is null and at < ${before} returning id`);
