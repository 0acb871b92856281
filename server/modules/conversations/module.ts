import { on } from '../../platform/events/subscribers.ts';
import { whenDue } from '../../platform/jobs/ticks.ts';
import type { Module } from '../../platform/module.ts';
import { provideHidden, provideOutgoing, provideThreads } from '../channels/index.ts';
import { provideConversationCustomers, provideReader } from '../customers/index.ts';
import { provideNews } from '../workspace/index.ts';
import { customersOfConversation, customersReadable } from './access/customers.ts';
import { audiences } from './audiences.ts';
import { comeBack, endedSnoozes } from './changes/come-back.ts';
import { endedWaits, endWaits } from './changes/end-waits.ts';
import { followMerge, followName } from './changes/follow-customer.ts';
import { followTeam, followTeamJob, followTeamsLate } from './changes/follow-team.ts';
import { expiredClaims, releaseExpired } from './claims/release.ts';
import { releaseGone } from './claims/release-gone.ts';
import { eraseConversations, eraseDueLetters } from './data-rights/erasure.ts';
import { eraseJob, followJob, followRestriction, hiddenDeliveries, restrictLate } from './data-rights/restriction.ts';
import { fail } from './errors.ts';
import { findAnswered, findAssigned, findComeBack, findMention, tellNews } from './news/news.ts';
import { loadConversation } from './queries.ts';
import { toldByProcess, watched, writing } from './reading/presence.ts';
import { receiveMessages } from './receiving/receive.ts';
import { records } from './records.ts';
import { routes } from './routes.ts';
import { learnWords } from './search/vocabulary.ts';
import { noteDeliveries, noteElsewhere } from './sending/delivery.ts';
import { outgoingFor } from './sending/outgoing.ts';
import { scanAttachments } from './sending/scan-attachments.ts';
import { removeUnusedUploads } from './sending/upload.ts';
import { firstAnswers, readThread, threadFile } from './threads/read-thread.ts';
import { customerWriting } from './threads/tell.ts';
import { writeLetter } from './threads/write-letter.ts';

// Rooms below ask what only this room knows.
provideOutgoing(outgoingFor);
provideHidden(hiddenDeliveries);
provideThreads({ read: readThread, file: threadFile, firstAnswers, writing: customerWriting, writeLetter });
provideReader(customersReadable);
provideConversationCustomers(customersOfConversation);
provideNews('assigned', findAssigned);
provideNews('mention', findMention);
provideNews('rule_told', findMention);
provideNews('answered', findAnswered);
provideNews('came_back', findComeBack);

export const module: Module = {
  name: 'conversations',
  routes,
  errors: fail.catalogue,
  audiences,
  records,
  subscribers: [
    {
      name: 'conversations.receive',
      on: ['channels.message_received'],
      batch: 100,
      handle: (ctx, events) => receiveMessages(ctx, events as Parameters<typeof receiveMessages>[1]),
    },
    {
      name: 'conversations.learn_words',
      on: ['conversations.message_received', 'conversations.message_sent', 'conversations.note_added'],
      gather: 300,
      handle: (ctx, events) =>
        learnWords(
          ctx,
          events.map(({ data }) => (data as { messageId: string }).messageId),
        ),
    },
    tellNews,
    on('channels.sent', 'conversations.note_sent', (ctx, { data }) => noteDeliveries(ctx, [data.messageId])),
    on('channels.delivered', 'conversations.note_delivered', (ctx, { data }) => noteDeliveries(ctx, [data.messageId])),
    on('channels.delivery_failed', 'conversations.note_failed', (ctx, { data }) => noteDeliveries(ctx, [data.messageId])),
    on('channels.message_read', 'conversations.note_read', (ctx, { data }) => noteDeliveries(ctx, [data.messageId])),
    on('channels.went_elsewhere', 'conversations.note_elsewhere', (ctx, { data }) => noteElsewhere(ctx, data)),
    on('customers.merged', 'conversations.follow_merge', (ctx, { data }) => followMerge(ctx, [data.customerId, data.intoId])),
    on('customers.unmerged', 'conversations.follow_unmerge', (ctx, { data }) => followMerge(ctx, [data.customerId, data.fromId])),
    on('customers.restricted', 'conversations.restrict', (ctx, { data }) => followRestriction(ctx, data.customerId)),
    on('customers.restriction_lifted', 'conversations.lift_restriction', (ctx, { data }) => followRestriction(ctx, data.customerId)),
    on('customers.erasure_asked', 'conversations.begin_erasure', (ctx, { data }) => ctx.enqueue(eraseJob, { customerId: data.customerId })),
    on('workspace.team_archived', 'conversations.follow_team', (ctx, { data }) => followTeam(ctx, data.teamId)),
    on('customers.changed', 'conversations.follow_name', (ctx, { data }) => followName(ctx, data.customerId)),
  ],
  jobs: [
    { name: followJob, run: (work, data) => work.transaction((ctx) => followRestriction(ctx, String(data['customerId']))) },
    { name: followTeamJob, run: (work, data) => work.transaction((ctx) => followTeam(ctx, String(data['teamId']))) },
    { name: eraseJob, run: (work, data) => eraseConversations(work, String(data['customerId'])) },
    { name: 'conversations.erase_due', cron: '20 3 * * *', run: eraseDueLetters },
  ],
  ticks: [
    {
      name: 'conversations.release_expired',
      everySeconds: 1,
      due: expiredClaims,
      run: (work) => untilFew(() => work.transaction(releaseExpired)),
    },
    { name: 'conversations.release_gone', everySeconds: 1, run: (work) => untilFew(() => work.transaction(releaseGone)) },
    // Twice a second, so that it is back within the second for which somebody wanted it.
    whenDue({
      name: 'conversations.come_back',
      everySeconds: 0.5,
      due: endedSnoozes,
      run: (work) => untilFew(() => work.transaction(comeBack)),
    }),
    whenDue({
      name: 'conversations.end_waits',
      everySeconds: 1,
      due: endedWaits,
      run: (work) => untilFew(() => work.transaction(endWaits)),
    }),
    { name: 'conversations.scan_attachments', everySeconds: 2, run: scanAttachments },
    { name: 'conversations.restrict_late', everySeconds: 60, run: restrictLate },
    { name: 'conversations.follow_teams_late', everySeconds: 60, run: followTeamsLate },
    { name: 'conversations.remove_unused_uploads', everySeconds: 3_600, run: (work) => work.transaction(removeUnusedUploads) },
  ],
  watch: { conversation: async (ctx, id) => `conversation:${(await loadConversation(ctx, id)).id}` },
  watched,
  signals: { 'conversations.writing': writing },
  told: { 'conversations.presence': toldByProcess },
};

/** A hundred at a time until the last lot was smaller. */
async function untilFew(run: () => Promise<number>): Promise<void> {
  while ((await run()) >= 100);
}
