import type { CustomerNote } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail as core } from '../../../platform/errors.ts';
import { fail } from '../errors.ts';
import { presentNote } from '../present.ts';
import { familyOf } from '../queries/customers.ts';
import { notesOf } from '../queries/records.ts';
import { findSubject } from './queries.ts';

export interface Archived {
  rootId: string;
  familyIds: string[];
  keepsLetters: boolean;
  notes: CustomerNote[];
}

/** Somebody whose data only lies there, with what this room keeps. The caller has asked for right and reason; who is not restricted is read elsewhere. */
export async function archiveOf(ctx: Ctx, id: string): Promise<Archived> {
  const row = await findSubject(ctx.db, id);
  if (!row || row.status === 'erased') throw core('core.not_found');
  if (row.status !== 'restricted') throw fail('customers.not_restricted');
  const familyIds = await familyOf(ctx.db, row.id);
  const notes = await notesOf(ctx.db, familyIds);
  return { rootId: row.id, familyIds, keepsLetters: row.keeps_letters, notes: notes.map((note) => presentNote(note, row.id)) };
}
