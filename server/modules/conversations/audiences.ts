import type { Audience, Audiences } from '../../platform/module.ts';

interface About {
  conversationId: string;
  teamId: string | null;
  assigneeId: string | null;
}

/**
 * Whoever sees the conversation in a list: its team, the person it is assigned to, and whoever has it open. `work:` and not `person:`, because only
 * those hear it who may read cases at all, masked if that is how they read.
 */
const streamsOf = (e: About): string[] => [
  ...(e.teamId ? [`team:${e.teamId}`] : []),
  ...(e.assigneeId ? [`work:${e.assigneeId}`] : []),
  `conversation:${e.conversationId}`,
];

const row = (e: About): Audience => ({ streams: streamsOf(e), records: [{ kind: 'conversation', id: e.conversationId }] });

/** Whoever held it may have seen it for no other reason. */
const noLongerHeld = (e: About & { personId: string }): Audience => ({ ...row(e), leaving: [`work:${e.personId}`] });

/** The row goes to the lists, the message only to those who have the conversation open; both in one stream part each. */
const withMessage = (e: About & { messageId: string }): Audience => ({
  streams: streamsOf(e),
  records: [
    { kind: 'conversation', id: e.conversationId },
    { kind: 'message', id: e.messageId },
  ],
});

export const audiences: Audiences = {
  'conversations.opened': ({ data }) => row({ ...data, assigneeId: null }),
  'conversations.message_received': ({ data }) => withMessage(data),
  'conversations.message_sent': ({ data }) => withMessage(data),
  'conversations.note_added': ({ data }) => {
    const audience = withMessage(data);
    return { ...audience, streams: [...audience.streams, ...data.mentionIds.map((id) => `work:${id}`)] };
  },
  'conversations.system_line_added': ({ data }) => withMessage(data),
  'conversations.claimed': ({ data }) => ({ ...row(data), streams: [...streamsOf(data), `work:${data.personId}`] }),
  'conversations.released': ({ data }) => noLongerHeld(data),
  'conversations.lease_expired': ({ data }) => noLongerHeld(data),
  'conversations.claim_refused': () => ({ streams: [] }),
  'conversations.stale_send_refused': () => ({ streams: [] }),
  'conversations.step_refused': () => ({ streams: [] }),
  'conversations.state_changed': ({ data }) => row(data),
  'conversations.assigned': ({ data }) => ({
    ...row(data),
    // Somebody it was taken from may still see it through the team; those who cannot see it any more lose it.
    leaving: [
      ...(data.fromTeamId && data.fromTeamId !== data.teamId ? [`team:${data.fromTeamId}`] : []),
      ...(data.fromPersonId && data.fromPersonId !== data.personId ? [`work:${data.fromPersonId}`] : []),
    ],
  }),
  'conversations.changed': ({ data }) => row(data),
  'conversations.came_back': ({ data }) => row(data),
  'conversations.linked_to_case': ({ data }) => row(data),
  'conversations.attachment_scanned': ({ data }) => withMessage(data),
  'conversations.delivery_changed': ({ data }) => withMessage(data),
  'conversations.draft_changed': ({ data }) => ({ streams: [`person:${data.personId}`], records: [{ kind: 'draft', id: data.draftId }] }),
  'conversations.merged': ({ data }) => ({
    ...row(data),
    streams: [...streamsOf(data), `conversation:${data.intoId}`],
    records: both(data.conversationId, data.intoId),
  }),
  'conversations.unmerged': ({ data }) => ({
    ...row(data),
    streams: [...streamsOf(data), `conversation:${data.intoId}`],
    records: both(data.conversationId, data.intoId),
  }),
  'conversations.split': ({ data }) => ({ ...row(data), records: both(data.conversationId, data.newConversationId) }),
  'conversations.split_undone': ({ data }) => ({ ...row(data), records: both(data.conversationId, data.newConversationId) }),
  // Nobody hears of it from here on, so what is said here is that it is gone.
  'conversations.restricted': ({ data }) => ({
    streams: [
      `conversation:${data.conversationId}`,
      ...(data.leftTeamId ? [`team:${data.leftTeamId}`] : []),
      ...data.leftPersonIds.map((id) => `work:${id}`),
    ],
    records: [{ kind: 'conversation', id: data.conversationId }],
  }),
  'conversations.restriction_lifted': ({ data }) => row(data),
  'conversations.access_granted': ({ data }) => ({
    streams: [`work:${data.personId}`],
    records: [{ kind: 'conversation', id: data.conversationId }],
  }),
  'conversations.view_changed': ({ data }) => ({
    streams: [data.ownerId ? `person:${data.ownerId}` : data.teamId ? `team:${data.teamId}` : 'workspace'],
    records: [{ kind: 'view', id: data.viewId }],
  }),
};

const both = (a: string, b: string) => [
  { kind: 'conversation', id: a },
  { kind: 'conversation', id: b },
];
