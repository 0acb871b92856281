import type { EventType } from '../../../contract/events.ts';
import type { Ctx } from '../../platform/context.ts';
import type { Event } from '../../platform/events/event.ts';
import { on, type Subscriber } from '../../platform/events/subscribers.ts';
import { answersOf, conversationFacts } from '../conversations/index.ts';
import { familyOf } from '../customers/index.ts';
import { eraseJob, followRestriction } from './data-rights/restriction.ts';
import { tellHandover, tellPromise } from './news/news.ts';
import { keepHistory } from './of-customer/history.ts';
import { openCases, reportChanged } from './opening/open-cases.ts';
import { touchCases, touchCasesOfCustomers } from './queries/cases.ts';
import { applyDeltas, casesOfConversations, type LinkDelta, setAnswers } from './queries/links.ts';
import { silenceLook } from './state/kase.ts';
import { settleCases } from './state/settle.ts';

/**
 * One subscriber for everything a case follows, so that a conversation is opened before its messages are counted. What a batch says is gathered per
 * conversation first: the cost is a handful of statements a batch, not a handful a mail.
 */
export const subscribers: readonly Subscriber[] = [
  {
    name: 'cases.follow_conversations',
    on: [
      'conversations.opened',
      'conversations.message_received',
      'conversations.message_sent',
      'conversations.state_changed',
      'conversations.assigned',
      'conversations.claimed',
      'conversations.released',
      'conversations.lease_expired',
      'conversations.delivery_changed',
      'conversations.merged',
      'conversations.unmerged',
      'conversations.split_undone',
    ],
    handle: follow,
  },
  {
    name: 'cases.follow_customers',
    on: ['customers.changed', 'customers.merged', 'customers.unmerged'],
    handle: followCustomers,
  },
  keepHistory,
  tellHandover,
  tellPromise,
  on('customers.restricted', 'cases.restrict', (ctx, { data }) => followRestriction(ctx, data.customerId)),
  on('customers.erasure_asked', 'cases.begin_erasure', (ctx, { data }) => ctx.enqueue(eraseJob, { customerId: data.customerId })),
  on('customers.restriction_lifted', 'cases.lift_restriction', (ctx, { data }) => followRestriction(ctx, data.customerId)),
];

/** A case shows its customer's name, and whom the customer counts as. */
async function followCustomers(ctx: Ctx, events: Event[]): Promise<void> {
  const ids = new Set<string>();
  for (const event of events) {
    const { customerId, intoId, fromId } = event.data as { customerId: string; intoId?: string; fromId?: string };
    for (const id of [customerId, intoId, fromId]) if (id) for (const member of await familyOf(ctx.db, id)) ids.add(member);
  }
  if (ids.size > 0) await reportChanged(ctx, await touchCasesOfCustomers(ctx.db, [...ids]), 'fields');
}

async function follow(ctx: Ctx, events: Event[]): Promise<void> {
  const opened = events.flatMap((event) => {
    if (is(event, 'conversations.opened')) return [event.data];
    return [];
  });
  const unique = [...new Map(opened.map((o) => [o.conversationId, o])).values()];
  const fresh = unique.length > 0 ? await openCases(ctx, unique) : new Set<string>();
  const deltas = gather(events);
  const takenBack = events.flatMap((event) =>
    is(event, 'conversations.delivery_changed') && event.data.state === 'cancelled' ? [event.data.conversationId] : [],
  );
  if (deltas.length === 0 && takenBack.length === 0) return;
  await readStates(ctx, deltas);
  const hit = await applyDeltas(ctx.db, deltas);
  // An answer that was taken back was none.
  if (takenBack.length > 0) hit.push(...(await setAnswers(ctx.db, await answersOf(ctx.db, takenBack))));
  const known = new Set(hit.map((h) => h.conversationId));
  const orphans = deltas.filter((d) => !known.has(d.conversationId));
  if (orphans.length > 0) {
    // Conversations from before this room began to listen get their case when something happens in them.
    const adopted = await openCases(
      ctx,
      orphans.map((d) => ({ conversationId: d.conversationId, relatedId: null })),
    );
    for (const id of adopted) fresh.add(id);
    hit.push(...(await applyDeltas(ctx.db, orphans)));
  }
  await settleCases(
    ctx,
    hit.map((h) => h.caseId),
    fresh,
  );
  await reportLeaving(ctx, events);
}

/** A conversation that went to another team takes its case out of the old team's sight, unless another one of it is still there. */
async function reportLeaving(ctx: Ctx, events: readonly Event[]): Promise<void> {
  const left = new Map<string, string>();
  for (const event of events) {
    if (is(event, 'conversations.assigned') && event.data.fromTeamId && event.data.fromTeamId !== event.data.teamId)
      left.set(event.data.conversationId, event.data.fromTeamId);
  }
  if (left.size === 0) return;
  const caseOf = await casesOfConversations(ctx.db, [...left.keys()]);
  const teams = new Map(
    [...left].flatMap(([conversationId, teamId]) => (caseOf.has(conversationId) ? [[caseOf.get(conversationId) ?? '', teamId]] : [])),
  );
  await reportChanged(ctx, await touchCases(ctx.db, [...teams.keys()]), 'teams', teams);
}

/** Events say that a state changed, the row says what it is: an older event read late must not bring an older state back. */
async function readStates(ctx: Ctx, deltas: readonly LinkDelta[]): Promise<void> {
  const moved = deltas.filter((d) => d.stateAt !== null);
  if (moved.length === 0) return;
  const rows = await conversationFacts(
    ctx.db,
    moved.map((d) => d.conversationId),
  );
  for (const delta of moved) {
    const row = rows.get(delta.conversationId);
    if (!row || !delta.stateAt) continue;
    delta.state = row.state;
    delta.teamId = row.teamId;
    delta.silenceDueAt = row.state === 'waiting_customer' ? silenceLook(delta.stateAt, 0) : null;
  }
}

/** What a batch says about each conversation, later news over earlier. */
function gather(events: readonly Event[]): LinkDelta[] {
  const deltas = new Map<string, LinkDelta>();
  const of = (conversationId: string): LinkDelta => {
    const known = deltas.get(conversationId);
    if (known) return known;
    const delta = { conversationId, ...nothing };
    deltas.set(conversationId, delta);
    return delta;
  };
  for (const event of events) {
    if (is(event, 'conversations.merged') || is(event, 'conversations.unmerged')) of(event.data.conversationId).stateAt = event.at;
    else if (is(event, 'conversations.split_undone')) of(event.data.newConversationId).stateAt = event.at;
    else if (is(event, 'conversations.message_received')) {
      const delta = of(event.data.conversationId);
      delta.activityAt = event.at;
      // A machine's mail, a stranger's and our own are no contacts of the customer.
      if (event.data.automatic === null && event.data.by === 'customer') delta.contacts += 1;
    } else if (is(event, 'conversations.message_sent')) {
      const delta = of(event.data.conversationId);
      delta.activityAt = event.at;
      if (!event.data.personId) continue;
      delta.firstAnswerAt ??= event.at;
      Object.assign(delta, { lastAnswerAt: event.at, lastAnswerId: event.data.messageId, lastAnswerBy: event.data.personId });
      Object.assign(delta, { lastHandlerId: event.data.personId, handledAt: event.at });
    } else if (is(event, 'conversations.state_changed')) {
      of(event.data.conversationId).stateAt = event.at;
    } else if (is(event, 'conversations.assigned')) {
      const delta = of(event.data.conversationId);
      delta.teamId = event.data.teamId ?? delta.teamId;
      if (event.data.personId) Object.assign(delta, { lastHandlerId: event.data.personId, handledAt: event.at });
    } else if (is(event, 'conversations.claimed')) {
      // Somebody may have taken what was waiting or at rest.
      Object.assign(of(event.data.conversationId), { stateAt: event.at, lastHandlerId: event.data.personId, handledAt: event.at });
    } else if (is(event, 'conversations.released') || is(event, 'conversations.lease_expired')) {
      of(event.data.conversationId).stateAt = event.at;
    }
  }
  return [...deltas.values()];
}

const nothing: Omit<LinkDelta, 'conversationId'> = {
  contacts: 0,
  teamId: null,
  state: null,
  stateAt: null,
  silenceDueAt: null,
  firstAnswerAt: null,
  lastAnswerAt: null,
  lastAnswerId: null,
  lastAnswerBy: null,
  lastHandlerId: null,
  handledAt: null,
  activityAt: null,
};

const is = <T extends EventType>(event: Event, type: T): event is Event<T> => (event.type as string) === type;
