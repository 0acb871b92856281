import {
  type Attachment,
  type Conversation,
  type ConversationDetail,
  conversationEndpoints as on,
  type Message,
  type View,
} from '../../../contract/conversations.ts';
import type { InputOf, OutputOf } from '../../../contract/core.ts';
import { sendingEndpoints as sending } from '../../../contract/sending.ts';
import { addressOf, call } from '../../platform/api/call.ts';
import { upload } from '../../platform/api/upload.ts';
import { records } from '../../platform/store/app-store.ts';
import { optimistic } from '../../platform/store/optimistic.ts';
import type { AnyRecord } from '../../platform/store/records.ts';

export type ReplyInput = InputOf<typeof on.reply>;
export type NoteInput = InputOf<typeof on.note>;
export type ForwardInput = InputOf<typeof on.forward>;
/** What became of something that was sent. */
export type Sent = Pick<OutputOf<typeof on.reply>, 'message'>;
export type DraftInput = InputOf<typeof on.saveDraft>;
export type ChangeInput = Omit<InputOf<typeof on.change>, 'id'>;
export type BulkInput = Omit<InputOf<typeof on.bulk>, 'ids'>;
export type Lease = NonNullable<ConversationDetail['lease']>;

const put = (conversation: Conversation): void => records.put('conversation', [conversation]);

export const fetchPage = (view: string, sort: View['sort'] | undefined, teamId: string | undefined, cursor: string | undefined) =>
  call(on.list, { view, sort, teamId, cursor, limit: 60 });
export const fetchCounters = (): Promise<OutputOf<typeof on.counters>> => call(on.counters, {});
export const fetchBeginnings = (): Promise<OutputOf<typeof on.beginnings>> => call(on.beginnings, {});
export const fetchViews = (): Promise<OutputOf<typeof on.views>> => call(on.views, {});

export async function openConversation(id: string): Promise<ConversationDetail> {
  const detail = await call(on.open, { id });
  put(detail.conversation);
  records.put('message', detail.messages);
  records.put('draft', detail.drafts);
  return detail;
}

export async function fetchOlder(id: string, cursor: string | undefined): Promise<string | null> {
  const page = await call(on.messages, { id, cursor });
  records.put('message', page.items);
  return page.nextCursor;
}

/** Changes what a row shows at once; the server's answer replaces the guess. */
export async function changeConversation(id: string, change: ChangeInput): Promise<void> {
  await optimistic(
    records,
    [patchOf(id, change)],
    () => call(on.change, { id, ...change }),
    ({ conversation }) => put(conversation),
  );
}

export async function bulkChange(ids: readonly string[], { step, ...change }: BulkInput): Promise<OutputOf<typeof on.bulk>['results']> {
  const { results } = await optimistic(
    records,
    ids.map((id) => patchOf(id, change)),
    () => call(on.bulk, { ids: [...ids], ...change, ...(step ? { step } : {}) }),
  );
  return results;
}

export async function claim(id: string, mode: 'take' | 'take_over', reason?: string): Promise<Lease> {
  const { lease, conversation } = await call(on.claim, { id, mode, ...(reason ? { reason } : {}) });
  put(conversation);
  return lease;
}

export interface TakenFrom {
  view: string;
  teamId?: string;
  sort: View['sort'];
}

/** Takes the first free one of a view; what it gives is on screen before anybody asks for it again. */
export async function takeNext(from: TakenFrom, idempotencyKey: string): Promise<string> {
  const { conversation } = await call(on.takeNext, from, { idempotencyKey });
  put(conversation);
  return conversation.id;
}
export const heartbeat = (id: string, fence: number): Promise<Lease> => call(on.heartbeat, { id, fence }).then(({ lease }) => lease);
/** Let go at once: what is given away needs no proof, unlike what is taken. */
export async function release(id: string): Promise<void> {
  await optimistic(
    records,
    [{ kind: 'conversation', id, patch: (record) => record && ({ ...record, claim: null } as Conversation) }],
    () => call(on.release, { id }),
    ({ conversation }) => put(conversation),
  );
}

export async function sendReply(input: ReplyInput, signal: AbortSignal): Promise<Sent> {
  const reply = await call(on.reply, input, { idempotencyKey: input.draftId, signal });
  records.put('message', [reply.message]);
  put(reply.conversation);
  return reply;
}

/** Shown as taken back at once; stands as sent again when it was refused. */
export function undoSend(id: string, messageId: string): Promise<OutputOf<typeof on.undoSend>> {
  return optimistic(
    records,
    [{ kind: 'message', id: messageId, patch: takenBack }],
    () => call(on.undoSend, { id, messageId }),
    (undone) => {
      records.put('message', [undone.message]);
      records.put('draft', [undone.draft]);
    },
  );
}

export async function decideDelivery(id: string, messageId: string, decision: 'send_again' | 'leave'): Promise<void> {
  const { message } = await call(on.decideDelivery, { id, messageId, decision });
  records.put('message', [message]);
}

export async function writeNote(input: NoteInput, signal: AbortSignal): Promise<Sent> {
  const reply = await call(on.note, input, { idempotencyKey: input.noteId, signal });
  records.put('message', [reply.message]);
  return reply;
}

export async function forward(input: ForwardInput, signal: AbortSignal): Promise<Sent> {
  const reply = await call(on.forward, input, { idempotencyKey: input.draftId, signal });
  records.put('message', [reply.message]);
  put(reply.conversation);
  return reply;
}

export async function startConversation(input: InputOf<typeof on.start>): Promise<OutputOf<typeof on.start>> {
  const reply = await call(on.start, input, { idempotencyKey: input.draftId });
  records.put('message', [reply.message]);
  put(reply.conversation);
  return reply;
}

/** Asked anew each time: what is quoted may have changed. */
export const previewAnswer = (id: string, { text, html, to, cc, bcc, subject }: Previewed): Promise<Preview> =>
  call(sending.preview, { id, text, html, to, cc, bcc, subject });
export const previewStart = (accountId: string, { text, html, to, cc, bcc, subject }: Previewed): Promise<Preview> =>
  call(sending.previewStart, { accountId, text, html, to, cc, bcc, subject });
type Previewed = Pick<DraftInput, 'text' | 'html' | 'to' | 'cc' | 'bcc' | 'subject'>;
export type Preview = OutputOf<typeof sending.preview>;

export const saveDraft = (input: DraftInput): Promise<OutputOf<typeof on.saveDraft>> => call(on.saveDraft, input);
export const dropDraft = (id: string, kind: DraftInput['kind']): Promise<unknown> => call(on.dropDraft, { id, kind });
export const takeStep = (id: string, step: InputOf<typeof on.step>['step']): Promise<void> =>
  call(on.step, { id, step }).then(({ conversation }) => put(conversation));
export const merge = (id: string, intoId: string): Promise<void> =>
  call(on.merge, { id, intoId }).then(({ conversation }) => put(conversation));
export const unmerge = (id: string): Promise<void> => call(on.unmerge, { id }).then(({ conversation }) => put(conversation));
export const split = (id: string, messageIds: string[], subject: string): Promise<OutputOf<typeof on.split>> =>
  call(on.split, { id, messageIds, subject });
export const undoSplit = (id: string, splitId: string): Promise<unknown> => call(on.undoSplit, { id, splitId });
export const searchMessages = (q: string, how: Omit<InputOf<typeof on.search>, 'q'>): Promise<OutputOf<typeof on.search>> =>
  call(on.search, { q, ...how });
export const saveView = (input: InputOf<typeof on.saveView>): Promise<OutputOf<typeof on.saveView>> => call(on.saveView, input);
export const dropView = (id: string): Promise<unknown> => call(on.dropView, { id });

export const uploadFile = (file: File, onProgress: (part: number) => void): Promise<Attachment> =>
  upload(on.upload.path, file, onProgress).then((reply) => (reply as OutputOf<typeof on.upload>).attachment);
export const fileAddress = (id: string): string => addressOf(on.attachment, { id });
export const htmlAddress = (id: string, images: boolean): string => addressOf(on.html, { id, images: images ? '1' : '0' });
export const rawAddress = (id: string): string => addressOf(on.raw, { id });

const patchOf = (id: string, change: ChangeInput) => ({
  kind: 'conversation',
  id,
  patch: (record: { id: string; version: number } | undefined) => record && { ...record, ...change },
});

const takenBack = (record: AnyRecord | undefined): AnyRecord | undefined => {
  const message = record as Message | undefined;
  return message?.delivery ? ({ ...message, delivery: { ...message.delivery, state: 'cancelled', until: null } } as Message) : message;
};
