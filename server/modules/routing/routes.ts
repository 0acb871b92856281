import { routingEndpoints as api } from '../../../contract/routing.ts';
import { type Route, route } from '../../platform/module.ts';
import { solutionClock } from './clocks/solution.ts';
import { waitsOfConversation } from './clocks/waits.ts';
import { serviceFigures } from './figures/figures.ts';
import { countedWaits } from './figures/waits.ts';
import { breaches } from './late/late.ts';
import { declineOffer, ownOffer, whyMine } from './offers/answer.ts';
import { getWorkUnits, setWorkUnits } from './offers/set-units.ts';
import { getQueues, setQueues } from './queues/set-queues.ts';
import { readReserveProposal } from './reserve/read-proposal.ts';
import { getServiceLevels, setServiceLevels } from './service-levels/set-levels.ts';
import { standingNow } from './standing/standing.ts';

export const routes: Route[] = [
  route(api.ownOffer, ownOffer),
  route(api.whyMine, whyMine),
  route(api.declineOffer, declineOffer),
  route(api.queues, getQueues),
  route(api.setQueues, setQueues),
  route(api.workUnits, getWorkUnits),
  route(api.setWorkUnits, setWorkUnits),
  route(api.reserveProposal, readReserveProposal),
  route(api.serviceLevels, getServiceLevels),
  route(api.setServiceLevels, setServiceLevels),
  route(api.standing, standingNow),
  route(api.breaches, breaches),
  route(api.serviceFigures, serviceFigures),
  route(api.countedWaits, countedWaits),
  route(api.solutionClock, solutionClock),
  route(api.waits, waitsOfConversation),
];
