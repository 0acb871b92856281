import type { Service, ThreadTools } from '../../../../contract/channel.ts';
import { system } from '../../../platform/actor.ts';
import { type Platform, transaction } from '../../../platform/context.ts';
import { dbOf } from '../../../platform/database/sql.ts';
import { defaultTeamId, isStaffed } from '../../workspace/index.ts';
import { accountReaching, bookOf } from '../accounts/book.ts';
import { tellThread } from './lines.ts';
import { isHere, lockNote, noteOf, putNote } from './queries.ts';
import { threadSource } from './source.ts';

/** What is said of the wait is asked by everybody who opens the page, and changes slowly. */
const serviceSeconds = 15;
const lookBackDays = 14;

/** What the room gives to a channel of its threads. */
export function threadTools(platform: Platform): ThreadTools {
  const db = dbOf(platform.database.pool);
  const at = { db, platform };
  const services = new Map<string, { at: number; service: Promise<Service> }>();
  return {
    read: (accountId, threadKey) => threadSource().read(at, accountId, threadKey),
    file: (accountId, threadKey, fileId) => threadSource().file(at, accountId, threadKey, fileId),
    service(accountId) {
      const now = platform.clock.now().getTime();
      const known = services.get(accountId);
      if (known && now - known.at < serviceSeconds * 1_000) return known.service;
      const service = readService(platform, accountId);
      services.set(accountId, { at: now, service });
      service.catch(() => services.delete(accountId));
      return service;
    },
    note: (accountId, threadKey) => noteOf(db, { accountId, threadKey }),
    keep: (accountId, threadKey, change) =>
      transaction(platform, system, async (ctx) => {
        const thread = { accountId, threadKey };
        const next = change(await lockNote(ctx.db, thread, ctx.now));
        if (next !== undefined) await putNote(ctx.db, thread, next, ctx.now);
        return next;
      }),
    isHere: (accountId, threadKey) => isHere(db, { accountId, threadKey }, platform.clock.now()),
    changed: (accountId, threadKey) => tellThread(platform, { accountId, threadKey }, { kind: 'changed' }),
    writing(accountId, threadKey, is) {
      threadSource()
        .writing(at, accountId, threadKey, is)
        .catch((error: unknown) => platform.log.warn({ err: error }, 'who is writing could not be shown'));
    },
    async writeTo(accountId, threadKey, letter) {
      const through = await accountReaching(platform, accountId, letter.kind);
      if (!through) return false;
      return transaction(platform, system, (ctx) => threadSource().writeLetter(ctx, { accountId, threadKey }, through.row.id, letter));
    },
  };
}

async function readService(platform: Platform, accountId: string): Promise<Service> {
  const db = dbOf(platform.database.pool);
  const now = platform.clock.now();
  const teamId = (await bookOf(platform).byId(accountId))?.row.team_id ?? (await defaultTeamId(db));
  const [staffed, firstAnswers] = await Promise.all([
    teamId ? isStaffed(db, teamId, now) : false,
    threadSource().firstAnswers(db, accountId, new Date(now.getTime() - lookBackDays * 86_400_000)),
  ]);
  return { isStaffed: staffed, firstAnswers };
}
