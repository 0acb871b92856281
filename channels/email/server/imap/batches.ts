/** A mail on the server as listed before it is fetched. */
export interface Listed {
  uid: number;
  /** Bytes; 0 when the server does not say. */
  size: number;
  internalDate: Date | null;
}

const batchMails = 50;
const batchBytes = 8 * 1024 * 1024;

/** Splits a list, by UID, into pieces that fit into memory and into one transaction. A large mail gets one of its own. */
export function inBatches(mails: readonly Listed[]): Listed[][] {
  const batches: Listed[][] = [];
  let batch: Listed[] = [];
  let bytes = 0;
  for (const mail of [...mails].sort((a, b) => a.uid - b.uid)) {
    if (batch.length > 0 && (batch.length >= batchMails || bytes + mail.size > batchBytes)) {
      batches.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(mail);
    bytes += mail.size;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
