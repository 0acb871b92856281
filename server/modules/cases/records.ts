import type { Db } from '../../platform/database/sql.ts';
import type { LoadedRecord, RecordKind } from '../../platform/module.ts';
import { streamsNow } from './access/listeners.ts';
import { findStatements } from './commitments/queries.ts';
import { findHandovers } from './handovers/queries.ts';
import { presentCases, presentHandover, presentStatement, presentTopic } from './present.ts';
import { findCases } from './queries/cases.ts';
import { findTopics } from './topics/queries.ts';

/** No kind has a masked form: whoever may see masked data only sees no case. */
export const records: Record<string, RecordKind> = {
  case: {
    async load(db, ids, now) {
      const cases = await findCases(db, ids);
      const items = await presentCases(db, cases);
      // Who may hear is asked after what they hear, so that nobody gets what was written after they lost it.
      const streams = await streamsNow(db, cases, now);
      return loaded(items, ({ id }) => streams.get(id));
    },
  },
  statement: {
    async load(db, ids, now) {
      const rows = await findStatements(db, ids);
      const streams = await streamsOfCases(db, rows, now);
      return loaded(rows.map(presentStatement), ({ caseId, ownerId }) => {
        const heard = streams.get(caseId);
        return heard && [...heard, ...(ownerId ? [`work:${ownerId}`] : [])];
      });
    },
  },
  handover: {
    async load(db, ids, now) {
      const rows = await findHandovers(db, ids);
      const streams = await streamsOfCases(db, rows, now);
      // Both sides have read the brief, and see what became of it.
      const sides = new Map(rows.map((row) => [row.id, [`work:${row.fromId}`, `work:${row.toPersonId}`, `team:${row.toTeamId}`]]));
      return loaded(rows.map(presentHandover), ({ id, caseId }) => {
        const heard = streams.get(caseId);
        return heard && [...heard, ...(sides.get(id) ?? [])];
      });
    },
  },
  topic: {
    load: async (db, ids) =>
      new Map((await findTopics(db, ids)).map(presentTopic).map((data) => [data.id, { version: data.version, data }])),
  },
};

const streamsOfCases = async (db: Db, rows: readonly { caseId: string }[], now: Date) =>
  streamsNow(db, await findCases(db, [...new Set(rows.map((row) => row.caseId))]), now);

/** What belongs to no case that is there is gone. */
function loaded<T extends { id: string; version: number }>(
  items: readonly T[],
  streamsOf: (item: T) => readonly string[] | undefined,
): Map<string, LoadedRecord> {
  return new Map(
    items.flatMap((data) => {
      const streams = streamsOf(data);
      return streams ? [[data.id, { version: data.version, data, streams }] as const] : [];
    }),
  );
}
