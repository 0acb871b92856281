import { createRecordStore } from './records.ts';

/** The one record store of this browser tab. */
export const records = createRecordStore();
