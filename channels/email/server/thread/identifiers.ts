import type { ChannelTools } from '../../../../contract/channel.ts';
import { createMessageId, createReplyToken, findReplyToken, type ReplyKey } from './reply-token.ts';

/** Keys that sign reply addresses and Message-IDs. The installation's key for a purpose never changes, so one is enough. */
export function replyKeys(tools: ChannelTools): [ReplyKey, ...ReplyKey[]] {
  return [{ id: 1, secret: tools.key('reply-token') }];
}

/** What our automatic mails carry, so that one that comes back is known. */
export const loopMark = (tools: ChannelTools): string => Buffer.from(tools.key('loop-mark')).subarray(0, 9).toString('base64url');

export const replyTokenOf = (conversationId: string, tools: ChannelTools): string => createReplyToken(conversationId, replyKeys(tools)[0]);

/** Message-ID of one of our messages: the same at every attempt, recognised as ours, and it names the conversation. */
export function messageIdOf(outgoing: { messageId: string; conversationId: string }, address: string, tools: ChannelTools): string {
  return createMessageId(replyTokenOf(outgoing.conversationId, tools), outgoing.messageId, address.slice(address.lastIndexOf('@') + 1));
}

/** Whether a Message-ID was made by us: nobody else can sign one. */
export const isOwnMessageId = (messageId: string, tools: ChannelTools): boolean => findReplyToken(messageId, replyKeys(tools)) !== null;

/** Our Message-IDs within a text, such as the remains of a mail in a bounce. */
export function findOwnMessageIds(text: string, tools: ChannelTools): string[] {
  const found = text.match(/(?<![a-z0-9])[a-z2-7]{44}\.[0-9a-f-]{36}@[a-z0-9.-]{1,200}/gi) ?? [];
  return [...new Set(found)].filter((id) => isOwnMessageId(id, tools));
}
