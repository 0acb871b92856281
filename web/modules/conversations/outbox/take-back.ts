import type { Draft, Message } from '../../../../contract/conversations.ts';
import { type Lease, undoSend } from '../api.ts';
import type { DraftText } from '../composer/draft-text.ts';
import { refreshDetail } from '../desk/use-open-conversation.ts';

/** Shows a text in an open field; the function it returns takes the draft that the server made of it, or null for a refusal. */
type ShowAgain = (content: DraftText) => (draft: Draft | null) => void;

const fields = new Map<string, ShowAgain>();
export const fieldOf = (conversationId: string, kind: Draft['kind']): ShowAgain | undefined => fields.get(`${conversationId} ${kind}`);

/** While the function it returns was not called, what is taken back stands in this field at once. */
export function showsAgainHere(conversationId: string, kind: Draft['kind'], field: ShowAgain): () => void {
  const key = `${conversationId} ${kind}`;
  fields.set(key, field);
  return () => {
    if (fields.get(key) === field) fields.delete(key);
  };
}

export const kindOf = ({ facts }: Pick<Message, 'facts'>): 'reply' | 'forward' => (facts.includes('forward') ? 'forward' : 'reply');

/** Leases that come back with what is being taken back, by conversation: until then no older one is worth anything. */
const regaining = new Map<string, Promise<Lease | null>>();
export const regainingOf = (conversationId: string): Promise<Lease | null> | undefined => regaining.get(conversationId);

const holders = new Map<string, (lease: Lease) => void>();

/** Hears of such a lease until the function it returns was called. */
export function onRegained(conversationId: string, holder: (lease: Lease) => void): () => void {
  holders.set(conversationId, holder);
  return () => {
    if (holders.get(conversationId) === holder) holders.delete(conversationId);
  };
}

function regain(conversationId: string, undone: Promise<{ lease: Lease | null }>): void {
  const coming = undone.then(
    ({ lease }) => {
      if (lease) holders.get(conversationId)?.(lease);
      return lease;
    },
    () => null,
  );
  regaining.set(conversationId, coming);
  void coming.then(() => {
    if (regaining.get(conversationId) === coming) regaining.delete(conversationId);
  });
}

/** Takes a message back: it stands as taken back, and its text in the field, before the server has answered. */
export async function takeBackSent(message: Message, content: DraftText = contentOf(message)): Promise<void> {
  const { id, conversationId } = message;
  const answered = fieldOf(conversationId, kindOf(message))?.(content);
  try {
    const undone = undoSend(conversationId, id);
    regain(conversationId, undone);
    const { draft } = await undone;
    answered?.(draft);
    void refreshDetail(conversationId);
  } catch (error) {
    answered?.(null);
    throw error;
  }
}

/** A message as a text to go on with; its formatting follows with the draft. */
const contentOf = ({ text, to, cc, bcc, subject, attachments }: Message): DraftText => ({
  text,
  html: null,
  to,
  cc,
  bcc,
  subject,
  attachments,
});
