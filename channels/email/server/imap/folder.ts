import type { ImapFlow, MailboxObject } from 'imapflow';
import type { ChannelAccount, ChannelTools, NewRaw } from '../../../../contract/channel.ts';
import { type EmailSettings, maximumMailBytes } from '../../channel.ts';
import type { EmailState, FolderCursor } from '../access/state.ts';
import { mailKey } from '../inbound/sameness.ts';
import { inBatches, type Listed } from './batches.ts';
import { CannotStore, FolderMissing } from './problems.ts';

/** One account's mailbox as its connection sees it; `state` is the newest stored one. */
export interface Mailbox {
  account: ChannelAccount<EmailSettings>;
  tools: ChannelTools;
  state: EmailState;
  isStopped(): boolean;
}

/**
 * Takes what is new in a folder, oldest first, in batches whose mails and cursor are stored in one transaction: after a
 * crash the next connection goes on right behind. Resolves when nothing is left.
 */
export async function readFolder(client: ImapFlow, box: Mailbox, path: string, isFirstLook = false): Promise<void> {
  const lock = await client.getMailboxLock(path).catch((error: unknown) => {
    const { mailboxMissing, responseStatus } = error as { mailboxMissing?: boolean; responseStatus?: string };
    throw mailboxMissing || responseStatus === 'NO' ? new FolderMissing(path) : error;
  });
  try {
    const opened = client.mailbox as MailboxObject;
    let cursor = await startingPoint(box, path, opened);
    if (isFirstLook) await settleLeftOvers(client, box, cursor);
    // UIDNEXT is as old as the SELECT, and an EXISTS does not renew it: so the server is asked for what lies behind the cursor.
    const batches = opened.exists === 0 ? [] : inBatches(await listAfter(client, cursor, box.state.since));
    for (const [index, batch] of batches.entries()) {
      if (box.isStopped()) return;
      const isLast = index === batches.length - 1;
      const { rescan, ...kept } = cursor;
      cursor = { ...kept, uid: batch.at(-1)?.uid ?? cursor.uid, ...(rescan && !isLast ? { rescan } : {}) };
      const items = await fetchBatch(client, box, opened, path, batch);
      await store(box, path, items, cursor);
      await settle(
        client,
        box,
        batch.map(({ uid }) => uid),
      );
      const oldest = isLast ? 0 : (box.tools.clock.now().getTime() - (batch.at(-1)?.internalDate?.getTime() ?? 0)) / 1_000;
      box.tools.report(box.account.id, null, { delaySeconds: Math.max(0, Math.round(oldest)) });
    }
    if (batches.length === 0 && cursor.rescan) await saveCursor(box, path, { uidValidity: cursor.uidValidity, uid: opened.uidNext - 1 });
  } finally {
    lock.release();
  }
}

/**
 * Where to read on. A new folder begins at its end (or its beginning, when asked for). Another UIDVALIDITY means that the
 * server numbered anew: all is read again, and what is known already is recognised by Message-ID and hash.
 */
async function startingPoint(box: Mailbox, path: string, opened: MailboxObject): Promise<FolderCursor> {
  const uidValidity = String(opened.uidValidity);
  const known = box.state.folders[path];
  if (known?.uidValidity === uidValidity) return known;
  if (known) {
    box.tools.log.warn(
      { accountId: box.account.id, from: known.uidValidity, to: uidValidity },
      'the mailbox was numbered anew, reading it again',
    );
    return { uidValidity, uid: 0, rescan: true };
  }
  const fromTheBeginning = box.account.settings.imapFromTheBeginning;
  const from = fromTheBeginning ? 0 : Math.max(0, opened.uidNext - 1);
  const fresh = { uidValidity, uid: from, from };
  // Mails older than the account were left out on purpose, and must stay so when the server numbers anew.
  if (!fromTheBeginning) box.state.since ??= box.tools.clock.now().toISOString();
  await saveCursor(box, path, fresh);
  return fresh;
}

async function listAfter(client: ImapFlow, cursor: FolderCursor, since: string | undefined): Promise<Listed[]> {
  const listed: Listed[] = [];
  // "5:*" names the last mail even when its number is below 5 (RFC 3501, 6.4.8).
  for await (const { uid, size, internalDate } of client.fetch(
    `${cursor.uid + 1}:*`,
    { uid: true, size: true, internalDate: true },
    { uid: true },
  )) {
    if (uid > cursor.uid) listed.push({ uid, size: size ?? 0, internalDate: toDate(internalDate) });
  }
  if (!cursor.rescan || since === undefined) return listed;
  // A day's grace for servers whose clocks are off.
  const floor = new Date(since).getTime() - 86_400_000;
  return listed.filter(({ internalDate }) => internalDate === null || internalDate.getTime() >= floor);
}

async function fetchBatch(
  client: ImapFlow,
  box: Mailbox,
  opened: MailboxObject,
  path: string,
  batch: readonly Listed[],
): Promise<NewRaw[]> {
  const items: NewRaw[] = [];
  const now = box.tools.clock.now();
  // Larger mails are cut off, because one has to fit into memory; no known service lets such through.
  const source = batch.some(({ size }) => size > maximumMailBytes) ? { maxLength: maximumMailBytes } : true;
  const uids = batch.map(({ uid }) => uid).join(',');
  // A mail that another client removes meanwhile does not come; that is its end.
  for await (const message of client.fetch(uids, { uid: true, source, internalDate: true, size: true }, { uid: true })) {
    if (!message.source) continue;
    const key = mailKey(message.source);
    const arrived = toDate(message.internalDate);
    const isCut = (message.size ?? 0) > message.source.length && source !== true;
    items.push({
      accountId: box.account.id,
      platformId: key.messageId,
      content: message.source,
      mediaType: 'message/rfc822',
      receivedAt: arrived && arrived < now ? arrived : now,
      envelope: {
        by: 'imap',
        folder: path,
        ...(opened.specialUse ? { folderUse: opened.specialUse } : {}),
        uid: message.uid,
        uidValidity: String(opened.uidValidity),
        ...(isCut ? { truncated: true } : {}),
      },
      sameness: key.sameness,
    });
  }
  return items.sort((a, b) => Number(a.envelope?.['uid']) - Number(b.envelope?.['uid']));
}

async function store(box: Mailbox, path: string, items: NewRaw[], cursor: FolderCursor): Promise<void> {
  const next = { ...box.state, folders: { ...box.state.folders, [path]: cursor } };
  try {
    await box.tools.storeRaw(items, { accountId: box.account.id, state: next });
  } catch (error) {
    throw new CannotStore('The mails could not be stored', { cause: error });
  }
  box.state = next;
}

async function saveCursor(box: Mailbox, path: string, cursor: FolderCursor): Promise<void> {
  const next = { ...box.state, folders: { ...box.state.folders, [path]: cursor } };
  await box.tools.saveState(box.account.id, next).catch((error: unknown) => {
    throw new CannotStore('The cursor could not be stored', { cause: error });
  });
  box.state = next;
}

/** What the account wants done on the server to mails that are safe with us. Failing at it must not stop the intake. */
async function settle(client: ImapFlow, box: Mailbox, uids: readonly number[]): Promise<void> {
  const { imapAfterwards, imapMoveTo } = box.account.settings;
  if (imapAfterwards === 'leave' || uids.length === 0) return;
  const range = uids.join(',');
  try {
    if (imapAfterwards === 'mark_seen') await client.messageFlagsAdd(range, ['\\Seen'], { uid: true });
    else if (imapMoveTo) await client.messageMove(range, imapMoveTo, { uid: true });
  } catch (error) {
    if (!client.usable) throw error;
    box.tools.log.warn({ accountId: box.account.id, err: error }, 'stored mails could not be marked or moved');
  }
}

/** Mails that were stored, but not yet moved when the connection ended. Flags are left alone: somebody may have set them back on purpose. */
async function settleLeftOvers(client: ImapFlow, box: Mailbox, { from, uid }: FolderCursor): Promise<void> {
  if (box.account.settings.imapAfterwards !== 'move' || from === undefined || uid <= from) return;
  const left = (await client.search({ uid: `${from + 1}:${uid}` }, { uid: true })) || [];
  await settle(client, box, left);
}

function toDate(value: Date | string | undefined): Date | null {
  const date = value === undefined ? null : new Date(value);
  return date && !Number.isNaN(date.getTime()) ? date : null;
}
