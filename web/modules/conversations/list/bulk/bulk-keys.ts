export type BulkDialog = 'assign' | 'tags' | 'snooze' | 'resolve';

/** By which key each dialog for picked rows opens: the one that does it for a conversation. */
export const bulkKeys = [
  ['assign', 'a'],
  ['tags', 't'],
  ['snooze', 's'],
  ['resolve', 'e'],
] as const satisfies readonly (readonly [BulkDialog, string])[];
