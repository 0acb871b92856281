import { system } from '../../../platform/actor.ts';
import type { Ctx, Platform } from '../../../platform/context.ts';
import { sql } from '../../../platform/database/sql.ts';
import { goneDesks, goneSeconds } from '../../workspace/index.ts';
import { leaseSeconds } from '../conversation.ts';
import { type ConversationRow, conversationColumns } from '../rows.ts';
import { addSystemLine } from '../timeline/add-system-line.ts';
import { freeClaim } from './release.ts';

/** Signs of life are a few seconds apart: a claim may be renewed after the last sign and before the browser died. */
const slackSeconds = 8;
/** Looked at every second; after a longer time in which nobody could look, everybody gets theirs to be seen again. */
const longestGapSeconds = 5;

/** Since when this process has looked without a gap, and when it last did. */
const looked = new WeakMap<Platform, { since: Date; last: Date }>();

/**
 * Returns what those hold whose last browser is gone, where a customer waits, long before the lease ends; up to a hundred at a time. A claim renewed without
 * a desk since then is a program's, and keeps its lease. When database or process were away, nobody could say that they live, and nobody is taken for gone.
 */
export async function releaseGone(ctx: Ctx): Promise<number> {
  const since = lookingSince(ctx);
  const isLongEnough = ctx.now.getTime() - since.getTime() >= goneSeconds * 1_000;
  const rows = isLongEnough ? await goneHolders(ctx) : [];
  if (!isLongEnough) await ctx.db.exec(sql`select from (${goneDesks(ctx.now)}) g limit 1`);
  // Only now: a look that the database did not answer is none.
  looked.set(ctx.platform, { since, last: ctx.now });
  const bySystem = { ...ctx, actor: system };
  for (const row of rows) {
    await freeClaim(bySystem, row, 'lease_expired');
    await addSystemLine(bySystem, row.id, { code: 'conversations.came_back', data: {} });
  }
  return rows.length;
}

const goneHolders = (ctx: Ctx): Promise<ConversationRow[]> =>
  ctx.db.query<ConversationRow>(sql`with gone as (${goneDesks(ctx.now)})
    select ${conversationColumns} from gone g join conversations c on c.claimed_by = g.person_id
    where c.state = 'in_progress' and c.waiting_since is not null and c.claim_until > ${ctx.now}
      and c.claim_until - make_interval(secs => ${leaseSeconds}) <= g.seen_at + make_interval(secs => ${slackSeconds})
    order by c.id limit 100 for no key update of c skip locked`);

function lookingSince({ platform, now }: Ctx): Date {
  const before = looked.get(platform);
  const isGap = !before || now.getTime() - before.last.getTime() > longestGapSeconds * 1_000;
  return isGap ? now : before.since;
}
