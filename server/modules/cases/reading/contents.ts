import { type Db, type Sql, sql } from '../../../platform/database/sql.ts';
import { moveColumns, type StandingMove, standingMoves } from '../moves/queries.ts';
import { type CaseRow, caseColumns, type HandoverRow, handoverColumns, type StatementRow, statementColumns } from '../queries/rows.ts';

export interface Contents {
  statements: StatementRow[];
  handovers: HandoverRow[];
  moves: StandingMove[];
}

/** A case with everything that hangs on it beside its conversations, in one statement: opening a case is what advisers do all day. */
export async function caseWithContents(db: Db, id: string): Promise<(CaseRow & Contents) | undefined> {
  const row = await db.maybe<CaseRow & Record<keyof Contents, Record<string, unknown>[]>>(sql`select ${caseColumns},
      ${list(sql`select ${statementColumns} from statements s where s.case_id = k.id order by s.said_at, s.id`)} as statements,
      ${list(sql`select ${handoverColumns} from handovers h where h.case_id = k.id order by h.created_at, h.id`)} as handovers,
      ${list(sql`select ${moveColumns} from ${standingMoves(sql`k.id`)} order by m.at desc, m.id desc`)} as moves
    from cases k where k.id = ${id}`);
  return (
    row && {
      ...row,
      statements: row.statements.map((s) => withDates<StatementRow>(s, ['dueFrom', 'dueTo', 'saidAt', 'brokenAt'])),
      handovers: row.handovers.map((h) => withDates<HandoverRow>(h, ['readAt', 'expiresAt', 'createdAt'])),
      moves: row.moves.map((m) => withDates<StandingMove>(m, ['at'])),
    }
  );
}

const list = (rows: Sql): Sql => sql`(select coalesce(jsonb_agg(to_jsonb(x)), '[]') from (${rows}) x)`;

/** Inside JSON an instant is text. */
function withDates<Row>(row: Record<string, unknown>, names: readonly (keyof Row & string)[]): Row {
  const revived = { ...row };
  for (const name of names) if (typeof revived[name] === 'string') revived[name] = new Date(revived[name]);
  return revived as Row;
}
