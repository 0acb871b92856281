import type { CustomerNote } from '../../../../contract/customers.ts';
import type { Ctx } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { presentNote } from '../present.ts';
import { insertNote } from '../queries/records.ts';
import { loadCustomer } from './load.ts';

export async function writeNote(ctx: Ctx, input: { id: string; text: string }): Promise<CustomerNote> {
  const { row } = await loadCustomer(ctx, input.id);
  const note = { id: newId(ctx.now.getTime()), customer_id: row.id, author_id: ctx.actor.id, text: input.text, at: ctx.now };
  await insertNote(ctx.db, note);
  ctx.emit('customers.note_added', { customerId: row.id, noteId: note.id });
  return presentNote({ ...note, version: 1 }, row.id);
}
