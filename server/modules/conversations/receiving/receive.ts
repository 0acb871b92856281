import type { ThreadDecision, ThreadKnowledge } from '../../../../contract/channel.ts';
import { asksSomething } from '../../../../contract/writing/questions.ts';
import type { Ctx } from '../../../platform/context.ts';
import type { Event } from '../../../platform/events/event.ts';
import { newId } from '../../../platform/ids.ts';
import { accountsFor, channelOf, decideThread, type Inbound, isForged, ownAddresses, readInboundMany } from '../../channels/index.ts';
import { type Claim, findOrCreateMany, hearVoices, type Owner, type Voice } from '../../customers/index.ts';
import { defaultTeamId } from '../../workspace/index.ts';
import { isAnswered, isQuiet, mayContinue, nextState, previewOf } from '../conversation.ts';
import { type ConversationRow, untaken } from '../rows.ts';
import { routingNow, timed } from '../clock/due.ts';
import { stopScheduled } from '../sending/stop-scheduled.ts';
import { tellOutside } from '../threads/tell.ts';
import { facts } from '../write.ts';
import { clean, newHere, participantsWith } from './participants.ts';
import {
  alreadyReceived,
  flushReceived,
  type Knowledge,
  loadKnowledge,
  lockConversations,
  type NewAttachment,
  type NewInbound,
} from './queries.ts';
import { earlier, later, waitsFrom } from './times.ts';

type Received = Event<'channels.message_received'>;

/**
 * Takes a batch of parsed messages into conversations: same thread, or a new one. Everything is looked up for the whole batch, decided in
 * memory in the order of arrival, and written in a handful of statements, so a mail costs a fraction of a round trip.
 */
export async function receiveMessages(ctx: Ctx, events: Received[]): Promise<void> {
  const done = await alreadyReceived(
    ctx.db,
    events.map((e) => e.data.intakeId),
  );
  const fresh = events.filter((e) => !done.has(`${e.data.intakeId} ${e.data.index}`));
  const read = await readInboundMany(
    ctx,
    fresh.map((e) => ({ intakeId: e.data.intakeId, index: e.data.index })),
  );
  // A mailbox keeps copies of what we send: of what no person wrote, as a code for the customer's page, there is no message to be told by.
  const inbound = read.filter(({ message }) => !(message.isOurs && message.automatic === 'loop'));
  if (inbound.length === 0) return;
  const hints = inbound.map((one) => one.message.threading);
  const knowledge = await loadKnowledge(
    ctx.db,
    hints,
    inbound.map((one) => one.accountId),
  );
  const accounts = await accountsFor(ctx.db, [...new Set(inbound.map((one) => one.accountId))]);
  const own = await ownByChannel(ctx, [...accounts.values()]);
  const ownOf = (one: Inbound): Own => own.get(one.channel) ?? (() => false);
  const theirs = inbound.filter((one) => !one.message.isOurs);
  const found = await findOrCreateMany(
    ctx,
    theirs.map((one) => claimOf(one, ownOf(one))),
  );
  const senders = new Map(theirs.map((one, i) => [one, found[i]]));
  const fallbackTeam = await defaultTeamId(ctx.db);

  const batch: Batch = {
    ctx,
    knowledge,
    rows: new Map(),
    opened: new Set(),
    asked: new Set(),
    voices: new Map(),
    messages: [],
    attachments: [],
  };
  for (const row of await lockConversations(ctx.db, knowledge.conversationIds)) batch.rows.set(row.id, row);

  for (const one of inbound) {
    const account = accounts.get(one.accountId);
    const known = knownTo(batch, one.accountId);
    const first = decideThread(one.channel, one.message, known);
    const decision = first.kind === 'new' ? (answeredBefore(batch, one, known) ?? first) : first;
    if (decision.kind === 'duplicate') {
      ctx.log.info({ intakeId: one.intakeId, conversationId: decision.conversationId }, 'message already known');
      continue;
    }
    const customer = senders.get(one) ?? (await receiverOf(batch, one, decision, ownOf(one)));
    take(batch, one, decision, customer, account?.teamId ?? fallbackTeam, ownOf(one));
  }
  const routing = await routingNow(ctx, [...batch.rows.values()]);
  for (const row of batch.rows.values()) Object.assign(row, timed(row, routing, ctx.now));
  await flushReceived(ctx, [...batch.rows.values()], batch.opened, batch.messages, batch.attachments);
  await stopScheduled(ctx, [...batch.asked]);
  await hearVoices(ctx, [...batch.voices.values()]);
  for (const id of new Set(batch.messages.map((message) => message.conversation_id))) {
    const row = batch.rows.get(id);
    if (row) tellOutside(ctx, row);
  }
}

type Own = (address: string) => boolean;
type Whose = Pick<Owner, 'customerId' | 'rootId'>;

/** Accounts that were removed meanwhile had addresses of ours too. */
async function ownByChannel(ctx: Ctx, accounts: readonly { kind: string; address: string }[]): Promise<Map<string, Own>> {
  const own = new Map<string, Own>();
  for (const [kind, theirs] of Map.groupBy(accounts, (account) => account.kind))
    own.set(
      kind,
      await ownAddresses(
        ctx,
        kind,
        theirs.map((account) => account.address),
      ),
    );
  return own;
}

interface Batch {
  ctx: Ctx;
  knowledge: Knowledge;
  rows: Map<string, ConversationRow>;
  opened: Set<string>;
  /** Known conversations in which somebody else has written now. */
  asked: Set<string>;
  /** Who spoke last, by conversation, where it says something of how sure we are of them. */
  voices: Map<string, Voice>;
  messages: NewInbound[];
  attachments: NewAttachment[];
}

/**
 * Whose conversation it would be: the sender's, or of our own mail the first receiver's. Whoever sends without an address still gets a customer of
 * their own: joining strangers under "unknown" would show one the other's mail.
 */
function claimOf(one: Inbound, isOwn: Own): Claim {
  const { from, isOurs, to } = one.message;
  const identity = channelOf(one.channel)?.identity;
  const receiver = isOurs && identity ? to.find(({ address }) => !isOwn(address)) : undefined;
  const value = receiver && identity?.normalise(receiver.address);
  if (receiver && identity && value)
    return { kind: identity.kind, value, label: receiver.address, name: receiver.name, evidence: 'written_to' };
  return {
    ...(from ?? { kind: 'device', value: `unknown:${one.intakeId}:${one.index}`, label: '', name: '' }),
    evidence: from?.isProved ? 'login' : 'inbound_message',
    isProved: from?.isProved === true,
  };
}

/** Whose our own mail is: the conversation's it goes on with; only one that opens a conversation makes somebody known. */
async function receiverOf(batch: Batch, one: Inbound, decision: ThreadDecision, isOwn: Own): Promise<Whose> {
  const row = decision.kind === 'reply' ? batch.rows.get(decision.conversationId) : undefined;
  if (row && mayContinue(row, one.message.receivedAt, one.isHistory)) return { customerId: row.ownCustomerId, rootId: row.customerId };
  const [owner] = await findOrCreateMany(batch.ctx, [claimOf(one, isOwn)]);
  if (!owner) throw new Error('A receiver has no customer');
  return owner;
}

/** What threading may know: the database as it was, and what this batch has added since. */
function knownTo(batch: Batch, accountId: string): ThreadKnowledge {
  const { knowledge, rows } = batch;
  const target = (id: string): string => rows.get(id)?.mergedInto ?? id;
  // What only lies there (Art. 18 GDPR) takes nothing in and leads nobody to it: whoever answers it is answered in a conversation of its own.
  const there = (id: string): boolean => !rows.get(id)?.restrictedAt;
  const merged = [...rows.values()].filter((row) => row.mergedInto !== null);
  return {
    message(platformId) {
      const found = knowledge.messages.get(`${accountId} ${platformId}`);
      return found && there(found.conversationId) ? { conversationId: target(found.conversationId), from: found.from } : null;
    },
    threadKey: (key) => (knowledge.threads.get(`${accountId} ${key}`) ?? []).filter(there).map(target),
    caseNumber: (number) => (knowledge.cases.get(number) ?? []).filter(there).map(target),
    token: (id) => (rows.has(id) && there(id) ? target(id) : null),
    // Whoever took part in what was merged into it is shown in it too.
    participants: (id) => [rows.get(id), ...merged.filter((row) => row.mergedInto === id)].flatMap((row) => row?.participants ?? []),
  };
}

/**
 * Mails overtake each other, and archives are taken in in any order: the answers to this one, or to what it answers too, may be here already. It joins
 * them as if it answered one of them, so the channel's rule holds: nobody comes into a conversation who does not take part in it.
 */
function answeredBefore(batch: Batch, { channel, accountId, message }: Inbound, known: ThreadKnowledge): ThreadDecision | undefined {
  // An id that somebody else's mail has too leads nowhere.
  if (message.facts.includes('id_reused')) return undefined;
  for (const id of message.threading.platformIds) {
    for (const conversationId of batch.knowledge.answers.get(`${accountId} ${id}`) ?? []) {
      const target = known.token(conversationId);
      if (target === null) continue;
      const threading = { platformIds: [id], threadKeys: [], caseNumbers: [], tokens: [] };
      const answering: ThreadKnowledge = { ...known, message: (asked) => (asked === id ? { conversationId: target, from: null } : null) };
      const decision = decideThread(channel, { ...message, platformId: '', threading }, answering);
      if (decision.kind === 'reply') return decision;
    }
  }
  return undefined;
}

function take(
  batch: Batch,
  one: Inbound,
  decision: Exclude<ThreadDecision, { kind: 'duplicate' }>,
  customer: Whose,
  teamId: string | null,
  isOwn: Own,
): void {
  const { ctx } = batch;
  const { message } = one;
  const known = decision.kind === 'reply' ? batch.rows.get(decision.conversationId) : undefined;
  const row =
    known && mayContinue(known, message.receivedAt, one.isHistory)
      ? known
      : open(batch, one, customer, teamId, known?.id ?? (decision.kind === 'new' ? decision.relatedTo : null));
  const reopened = row === known && isAnswered(row.state);
  const fromState = row.state;
  const quiet = isQuiet(message.automatic);
  let answersSince: Date | null = null;

  row.lastSeq += 1;
  row.version += 1;
  // A list shows the newest, whatever came in last.
  if (message.receivedAt >= row.lastMessageAt) {
    row.preview = previewOf(message.text) || row.preview;
    row.lastMessageAt = message.receivedAt;
    row.lastDirection = message.isOurs ? 'out' : 'in';
  }
  row.attachmentCount += message.attachments.filter((a) => !a.inline).length;
  // In a conversation of its own a sender is nobody's stranger.
  const isStranger = row === known && decision.kind === 'reply' && decision.isStranger;
  const isMarked = isStranger && !(isForged(message) && row.participants.includes(message.from?.value ?? ''));
  if (!isStranger) row.participants = participantsWith(row.participants, message, isOwn);
  if (message.isOurs && message.automatic === null) row.firstAnswerAt = earlier(row.firstAnswerAt, message.receivedAt);
  if (one.isHistory) {
    // What an archive holds changes nothing about whose turn it is; the thread rests since its last mail.
    if (row.state === 'resolved') row.resolvedAt = later(row.resolvedAt ?? message.receivedAt, message.receivedAt);
  } else if (message.isOurs) {
    // Nobody waits for an answer to our own mail; what waited before it has its answer.
    const isAnswered = row.waitingSince === null || row.waitingSince <= message.receivedAt;
    const answered = isAnswered ? nextState(row.state, 'answered_elsewhere') : undefined;
    if (answered) {
      row.state = answered;
      answersSince = row.waitingSince;
      row.waitingSince = null;
    }
  } else if (!quiet) {
    if (row === known) batch.asked.add(row.id);
    const isSignedIn = message.from?.isProved === true && !isForged(message) && customer.rootId === row.customerId;
    if (isSignedIn || row === known)
      batch.voices.set(row.id, { conversationId: row.id, customerId: row.customerId, isSignedIn, at: message.receivedAt });
    row.state = nextState(row.state, 'customer_message') ?? row.state;
    row.waitingSince ??= waitsFrom(message);
    row.snoozedUntil = null;
    if (row.state === 'queued') row.resolvedAt = null;
  }

  const id = newId(ctx.now.getTime());
  // Also further up: ticket systems name one id in all their mails that no mail has.
  const missing =
    message.threading.platformIds.find((id) => id !== message.platformId && !batch.knowledge.messages.has(`${one.accountId} ${id}`)) ??
    null;
  if (missing !== null) {
    const at = `${one.accountId} ${missing}`;
    batch.knowledge.answers.set(at, [...(batch.knowledge.answers.get(at) ?? []), row.id]);
  }
  batch.messages.push(inboundRow(id, row, one, customer.rootId, isMarked, missing, answersSince));
  for (const [n, a] of message.attachments.entries()) {
    batch.attachments.push({
      id: newId(ctx.now.getTime()),
      message_id: id,
      n,
      intake_id: one.intakeId,
      filename: clean(a.filename).slice(0, 255),
      media_type: clean(a.mediaType).slice(0, 120),
      size: a.content?.byteLength ?? 0,
      inline: a.inline,
      content_id: a.contentId === null ? null : clean(a.contentId),
      scan: ctx.platform.config.virusScan ? 'pending' : 'none',
    });
  }
  batch.knowledge.messages.set(`${one.accountId} ${message.platformId}`, { conversationId: row.id, from: message.from?.value ?? null });
  if (row.state !== fromState) {
    const asked = row.state === 'waiting_customer' ? { asks: asksSomething(message.text) } : {};
    ctx.emit('conversations.state_changed', { ...facts(row), fromState, toState: row.state, ...asked }, row.caseId);
  }
  const by = message.isOurs ? 'us' : isMarked || isForged(message) ? 'stranger' : 'customer';
  ctx.emit(
    'conversations.message_received',
    { ...facts(row), messageId: id, seq: row.lastSeq, automatic: message.automatic, reopened, by },
    row.caseId,
  );
}

function open(batch: Batch, one: Inbound, customer: Whose, teamId: string | null, relatedId: string | null): ConversationRow {
  const { ctx, knowledge } = batch;
  const { message } = one;
  const row: ConversationRow = {
    id: newId(ctx.now.getTime()),
    version: 0,
    channel: one.channel,
    accountId: one.accountId,
    visibility: message.visibility,
    // A loop of our own mail is nobody's work; everything else waits in its team's queue.
    state: message.automatic === 'loop' ? 'spam' : one.isHistory ? 'resolved' : 'queued',
    subject: clean(message.subject ?? '').slice(0, 500),
    preview: '',
    customerId: customer.rootId,
    ownCustomerId: customer.customerId,
    caseId: null,
    teamId,
    ...untaken,
    priority: 1,
    tags: [],
    lastSeq: 0,
    lastMessageAt: message.receivedAt,
    lastDirection: 'in',
    waitingSince: null,
    dueAt: null,
    warnAt: null,
    alarmAt: null,
    queueId: null,
    snoozedUntil: null,
    automatic: message.automatic,
    attachmentCount: 0,
    participants: [],
    threadKey: message.threading.threadKeys[0] ?? null,
    mergedInto: null,
    stateBeforeMerge: null,
    resolvedAt: one.isHistory ? message.receivedAt : null,
    firstAnswerAt: null,
    restrictedAt: null,
    createdAt: one.isHistory ? message.receivedAt : ctx.now,
  };
  batch.rows.set(row.id, row);
  batch.opened.add(row.id);
  for (const key of message.threading.threadKeys) {
    const at = `${one.accountId} ${key}`;
    knowledge.threads.set(at, [...(knowledge.threads.get(at) ?? []), row.id]);
  }
  ctx.emit('conversations.opened', {
    conversationId: row.id,
    customerId: customer.rootId,
    teamId,
    channel: one.channel,
    accountId: one.accountId,
    relatedId,
    ...(isForged(message) ? { isApart: true } : {}),
  });
  return row;
}

function inboundRow(
  id: string,
  row: ConversationRow,
  one: Inbound,
  customerId: string,
  isMarked: boolean,
  missing: string | null,
  answersSince: Date | null,
): NewInbound {
  const { message } = one;
  const address = (a: { name: string; address: string }) => ({
    name: clean(a.name).slice(0, 200),
    address: clean(a.address).slice(0, 320),
  });
  return {
    id,
    conversation_id: row.id,
    seq: row.lastSeq,
    visibility: message.visibility,
    direction: message.isOurs ? 'out' : 'in',
    author_kind:
      message.automatic && message.automatic !== 'mailing_list' && message.automatic !== 'bulk'
        ? 'system'
        : message.isOurs
          ? 'person'
          : 'customer',
    author_id: message.isOurs ? null : customerId,
    author_name: clean(message.from?.name || message.from?.label || '').slice(0, 200),
    envelope: {
      from: message.from ? address({ name: message.from.name, address: message.from.label || message.from.value }) : null,
      // Everybody is kept in the raw mail; ten thousand recipients are of no use on screen.
      to: message.to.slice(0, 200).map(address),
      cc: message.cc.slice(0, 200).map(address),
      bcc: [],
      ...(message.replyTo.length > 0 ? { replyTo: message.replyTo.slice(0, 20).map(address) } : {}),
      ...(message.listAddresses.length > 0 ? { lists: message.listAddresses.slice(0, 20).map((one) => clean(one).slice(0, 320)) } : {}),
    },
    subject: message.subject === null ? null : clean(message.subject).slice(0, 2_000),
    text: clean(message.text),
    quoted: message.quoted === null ? null : clean(message.quoted),
    signature: message.signature === null ? null : clean(message.signature),
    has_html: message.html !== null,
    automatic: message.automatic,
    answers_since: answersSince,
    facts: [...message.facts.map(clean), ...(isForged(message) ? ['auth_failed'] : []), ...(isMarked ? [newHere] : [])],
    platform_id: clean(message.platformId),
    in_reply_to: missing === null ? null : clean(missing),
    intake_id: one.intakeId,
    intake_index: one.index,
    at: message.receivedAt,
  };
}
