import type { Db } from '../../../platform/database/sql.ts';

/** Conversations under cases with these numbers; cases are a room above, which gives the function at start. */
export type CaseNumberLookup = (db: Db, numbers: readonly string[]) => Promise<Map<string, string[]>>;

let lookup: CaseNumberLookup = async () => new Map();

export function provideCaseNumberLookup(find: CaseNumberLookup): void {
  lookup = find;
}

export const conversationsByCaseNumbers: CaseNumberLookup = (db, numbers) => lookup(db, numbers);
