import type { Db } from '../../../platform/database/sql.ts';
import { handoversOf } from './handovers.ts';
import { movesOf, type StandingMove } from './moves.ts';
import type { HandoverRow, StatementRow } from './rows.ts';
import { statementsOf } from './statements.ts';

export interface Contents {
  statements: StatementRow[];
  handovers: HandoverRow[];
  moves: StandingMove[];
}

/** What hangs on a case beside its conversations. */
export async function contentsOf(db: Db, caseId: string): Promise<Contents> {
  const [statements, handovers, moves] = await Promise.all([statementsOf(db, caseId), handoversOf(db, caseId), movesOf(db, caseId)]);
  return { statements, handovers, moves };
}
