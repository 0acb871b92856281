import type { Conversation, Message } from '../../../../contract/conversations.ts';
import type { Change } from '../../../platform/store/records.ts';
import type { ForwardInput, NoteInput, ReplyInput } from '../api.ts';
import type { DraftText } from '../composer/draft-text.ts';
import type { Queued } from './queue.ts';

/** Without a fence it is taken first, when its turn has come. */
type Fenced<Input extends { fence: number }> = Omit<Input, 'fence'> & { fence: number | null };
export type Sendable =
  | { kind: 'reply'; input: Fenced<ReplyInput> }
  | { kind: 'forward'; input: Fenced<ForwardInput> }
  | { kind: 'note'; input: NoteInput };

/** An answer or a note on its way, with all that is needed to send it later or to go on writing it. */
export type Leaving = Queued &
  Sendable & {
    conversationId: string;
    /** As it stood in the field. */
    content: DraftText;
    /** Of the stored draft it was. */
    draftVersion: number;
    visibility: Message['visibility'];
    author: { id: string; name: string };
    /** The last message its author had seen. */
    baseSeq: number;
    at: string;
  };

/** Answers go in their order; a note waits for none of them. */
export const lineOf = (conversationId: string, kind: Leaving['kind']): string => `${conversationId} ${kind === 'note' ? 'note' : 'answer'}`;

/** Behind everything that is stored: which number it gets is not known yet. */
const behindAll = 1_000_000_000;

/** How it stands on screen before the server has it; the server's own takes its place as soon as it is known. */
export function changesOf(entry: Leaving): Change[] {
  const change: Change<Message> = { kind: 'message', id: entry.id, patch: (stored) => stored ?? messageOf(entry) };
  const { kind, conversationId, content, baseSeq, at } = entry;
  const row: Change<Conversation> = {
    kind: 'conversation',
    id: conversationId,
    patch: (shown) =>
      shown && shown.lastSeq <= baseSeq
        ? {
            ...shown,
            preview: content.text.replace(/\s+/g, ' ').trim().slice(0, 160),
            lastMessageAt: at,
            lastDirection: 'out',
            // A third party was asked: the customer still waits.
            ...(kind === 'reply' && { waitingSince: null, due: null }),
          }
        : shown,
  };
  return (kind === 'note' ? [change] : [change, row]) as unknown as Change[];
}

/** A message that the server has not numbered stands on screen only. */
export const isStored = ({ version }: { version: number }): boolean => version > 0;

function messageOf({ id, n, conversationId, kind, content, visibility, author, at }: Leaving): Message {
  const { text, to, cc, bcc, subject, attachments } = content;
  return {
    id,
    version: 0,
    conversationId,
    seq: behindAll + (n % behindAll),
    kind: kind === 'note' ? 'note' : 'message',
    direction: kind === 'note' ? 'none' : 'out',
    visibility,
    author: { kind: 'person', ...author },
    from: null,
    ...(kind === 'note' ? { to: [], cc: [], bcc: [] } : { to, cc, bcc }),
    subject,
    text: text.trim(),
    quoted: null,
    signature: null,
    hasHtml: false,
    attachments,
    automatic: null,
    facts: kind === 'forward' ? ['forward'] : [],
    delivery: kind === 'note' ? null : { state: 'sending', at, until: null, problem: null },
    mentions: [],
    hasRaw: false,
    at,
  };
}
