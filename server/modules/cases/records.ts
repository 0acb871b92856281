import type { Db } from '../../platform/database/sql.ts';
import type { RecordKind } from '../../platform/module.ts';
import { presentCases, presentHandover, presentStatement, presentTopic } from './present.ts';
import { findCases } from './queries/cases.ts';
import { findHandovers } from './queries/handovers.ts';
import { findStatements } from './queries/statements.ts';
import { findTopics } from './queries/topics.ts';

/** No kind has a masked form: whoever may see masked data only sees no case. */
export const records: Record<string, RecordKind> = {
  case: kind(async (db, ids) => presentCases(db, await findCases(db, ids))),
  statement: kind(async (db, ids) => (await findStatements(db, ids)).map(presentStatement)),
  handover: kind(async (db, ids) => (await findHandovers(db, ids)).map(presentHandover)),
  topic: kind(async (db, ids) => (await findTopics(db, ids)).map(presentTopic)),
};

function kind(find: (db: Db, ids: readonly string[]) => Promise<{ id: string; version: number }[]>): RecordKind {
  return {
    async load(db, ids) {
      return new Map((await find(db, ids)).map((data) => [data.id, { version: data.version, data }]));
    },
  };
}
