import { type Db, sql } from '../../platform/database/sql.ts';
import type { Ledger } from '../people/ledger.ts';

/** What came of comparing three witnesses: what was handed in and accepted, what the database holds, and what the customers got. */
export interface Found {
  /** Handed in and confirmed, and in no conversation. */
  lostIn: number;
  /** In conversations more than once. */
  doubledIn: number;
  /** Accepted from an adviser, and never at the customer's end. */
  lostOut: number;
  /** At the customer's end more than once. */
  doubledOut: number;
  /** Sent to a customer with nothing between it and the answer before: two answered the same. */
  answeredTwice: number;
  /** A few ids of each, for whoever looks into it. */
  examples: readonly string[];
}

export const isProven = ({ lostIn, doubledIn, lostOut, doubledOut, answeredTwice }: Omit<Found, 'examples'>): boolean =>
  lostIn + doubledIn + lostOut + doubledOut + answeredTwice === 0;

interface Row {
  id: string;
  platformId: string | null;
  direction: string;
  conversationId: string;
  seq: number;
}

/** Reads the tables themselves, not through the rooms: whoever is examined does not keep the minutes. */
export async function compare(db: Db, ledger: Ledger): Promise<Found> {
  const rows =
    await db.query<Row>(sql`select id, platform_id as "platformId", direction, conversation_id as "conversationId", seq from messages
    where kind = 'message' order by conversation_id, seq`);
  return judge(rows, ledger);
}

export function judge(rows: readonly Row[], ledger: Ledger): Found {
  const held = new Map<string, number>();
  const mailOf = new Map<string, string>();
  const twice: string[] = [];
  let before: Row | undefined;
  for (const row of rows) {
    if (row.direction === 'in') held.set(idOf(row), (held.get(idOf(row)) ?? 0) + 1);
    else {
      mailOf.set(row.id, row.platformId ?? '');
      if (before?.direction === 'out' && before.conversationId === row.conversationId) twice.push(row.id);
    }
    before = row;
  }
  const seen = (id: string): number =>
    ledger.shownInPage.get(id) ?? ledger.shownOnWall.get(id) ?? ledger.caughtMails.get(mailOf.get(id) ?? '') ?? 0;
  const handedIn = [...ledger.handedIn.keys()];
  const accepted = [...ledger.accepted.keys()];
  const lostIn = handedIn.filter((id) => !held.has(id));
  const doubledIn = [...held].filter(([, times]) => times > 1).map(([id]) => id);
  const lostOut = accepted.filter((id) => seen(id) === 0);
  const got = [...ledger.shownInPage, ...ledger.shownOnWall, ...ledger.caughtMails];
  const doubledOut = got.filter(([, times]) => times > 1).map(([id]) => id);
  return {
    lostIn: lostIn.length,
    doubledIn: doubledIn.length,
    lostOut: lostOut.length,
    doubledOut: doubledOut.length,
    answeredTwice: twice.length,
    examples: [lostIn, doubledIn, lostOut, doubledOut, twice].flatMap((ids) => ids.slice(0, 3)),
  };
}

/** A mail is known by its Message-ID, a post by its id; a chat's sentence by the id its page gave it, behind the talk's key. */
const idOf = ({ platformId, id }: Row): string => /\.(sentence-\d+-\d+)$/.exec(platformId ?? '')?.[1] ?? platformId ?? id;
