import { fail } from '../errors.ts';

/** Turns what the database refuses into what the room says: a name taken (23505) or something named that is not there (23503). */
export async function refusing<T>(taken: Parameters<typeof fail>[0], work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === '23505') throw fail(taken);
    if (code === '23503') throw fail('workspace.unknown_reference');
    throw error;
  }
}
