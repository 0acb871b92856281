import type { Event } from '../../../platform/events/event.ts';
import type { Subscriber } from '../../../platform/events/subscribers.ts';
import { retimeWaits, waitingIds } from '../../conversations/index.ts';
import { asksForLanguages, asksForTopics, routingRules } from '../rules.ts';

type Heard = Event<'cases.changed' | 'customers.changed' | 'customers.merged' | 'customers.unmerged'>;

/** Another topic of the case, or another language of the customer, may lead to another queue. */
export const requeue: Subscriber = {
  name: 'routing.requeue',
  on: ['cases.changed', 'customers.changed', 'customers.merged', 'customers.unmerged'],
  gather: 300,
  async handle(ctx, events) {
    const { queues } = await routingRules(ctx);
    const heard = events as Heard[];
    const caseIds = asksForTopics(queues)
      ? heard.flatMap(({ type, data }) => (type === 'cases.changed' && 'what' in data && data.what === 'fields' ? [data.caseId] : []))
      : [];
    const customerIds = asksForLanguages(queues)
      ? heard.flatMap(({ data }) => ('caseId' in data ? [] : 'intoId' in data ? [data.customerId, data.intoId] : [data.customerId]))
      : [];
    if (caseIds.length + customerIds.length === 0) return;
    const ids = await waitingIds(ctx.db, { caseIds, customerIds });
    for (let isOvertaken = ids.length > 0; isOvertaken; ) ({ isOvertaken } = await retimeWaits(ctx, ids));
  },
};
