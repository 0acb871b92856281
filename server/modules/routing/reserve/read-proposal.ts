import type { ReserveProposal } from '../../../../contract/routing.ts';
import type { Ctx } from '../../../platform/context.ts';
import { arrivedIn } from '../../conversations/index.ts';
import { routingRules } from '../rules.ts';
import { proposedReserve } from './propose.ts';

const hours = 4;

/** From what came in the last hours, for the team to which most would be needed. Of a team that had nothing live nothing is proposed. */
export async function readReserveProposal(ctx: Ctx, { id }: { id: string }): Promise<ReserveProposal> {
  const { db, now } = ctx;
  const { units } = await routingRules(ctx);
  const came = await arrivedIn(db, id, new Date(now.getTime() - hours * 3_600_000));
  return {
    hours,
    arrivals: came.reduce((sum, { arrivals }) => sum + arrivals, 0),
    people: Math.max(
      0,
      ...came.map(({ arrivals, minutesEach, channel }) =>
        proposedReserve({ perHour: arrivals / hours, minutesEach: Math.max(1, minutesEach), channel }, units),
      ),
    ),
  };
}
