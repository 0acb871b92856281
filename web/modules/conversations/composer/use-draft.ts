import { useCallback, useEffect, useRef, useState } from 'react';
import type { Address, Attachment, Draft } from '../../../../contract/conversations.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { records } from '../../../platform/store/app-store.ts';
import { type DraftInput, dropDraft, saveDraft } from '../api.ts';

export type DraftKind = Draft['kind'];

export interface DraftText {
  text: string;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string | null;
  attachments: Attachment[];
}

export type SaveState = 'empty' | 'unsaved' | 'saving' | 'saved' | 'failed' | 'elsewhere';

export const emptyText: DraftText = { text: '', to: [], cc: [], bcc: [], subject: null, attachments: [] };
const pauseMs = 800;

interface State {
  text: DraftText;
  version: number;
  save: SaveState;
  /** The newer text that another window stored. */
  other: Draft | null;
}

/** What is being written, kept on the server a moment after each change, so that neither a crash nor another computer loses it. */
export function useDraft(conversationId: string, kind: DraftKind, stored: Draft | undefined, initial: DraftText, baseSeq: number) {
  const [state, setState] = useState<State>(() =>
    stored
      ? {
          text: {
            ...initial,
            text: stored.text,
            to: stored.to.length > 0 ? stored.to : initial.to,
            cc: stored.cc,
            bcc: stored.bcc,
            attachments: stored.attachments,
            subject: stored.subject ?? initial.subject,
          },
          version: stored.version,
          save: 'saved',
          other: null,
        }
      : { text: initial, version: 0, save: 'empty', other: null },
  );
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** Saves run one after another: a late one would bring a sent draft back to life. */
  const running = useRef<Promise<void>>(Promise.resolve());
  /** No saving while the text is being sent or dropped. */
  const isPaused = useRef(false);

  const save = useCallback((): Promise<void> => {
    const run = async (): Promise<void> => {
      if (isPaused.current) return;
      const { text, version } = latest.current;
      setState((now) => ({ ...now, save: 'saving' }));
      try {
        const { draft } = await saveDraft(inputOf(conversationId, kind, text, baseSeq, version));
        records.put('draft', [draft]);
        setState((now) => ({ ...now, version: draft.version, save: now.text === text ? 'saved' : 'unsaved' }));
      } catch (error) {
        const other = isProblem(error, 'conversations.draft_newer') ? (error.data.draft as Draft | undefined) : undefined;
        setState((now) => ({ ...now, save: other ? 'elsewhere' : 'failed', other: other ?? null }));
      }
    };
    running.current = running.current.then(run);
    return running.current;
  }, [conversationId, kind, baseSeq]);
  /** Holds saving back and waits for what is under way, before the text is sent or dropped. */
  const settle = useCallback(async () => {
    clearTimeout(timer.current);
    isPaused.current = true;
    await running.current;
  }, []);
  /** Goes on saving, after the text could not be sent. */
  const resume = useCallback(() => {
    isPaused.current = false;
    setState((now) => ({ ...now, save: 'unsaved' }));
  }, []);

  useEffect(() => {
    if (state.save !== 'unsaved') return;
    timer.current = setTimeout(() => void save(), pauseMs);
    return () => clearTimeout(timer.current);
    // A change of the text starts the pause anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [state.save, state.text, save]);
  // Leaving the conversation within the pause must not lose the last words.
  useEffect(
    () => () => {
      if (latest.current.save === 'unsaved' && !isPaused.current)
        void saveDraft(inputOf(conversationId, kind, latest.current.text, baseSeq, latest.current.version)).catch(() => {});
    },
    [conversationId, kind, baseSeq],
  );
  useEffect(() => {
    if (state.save !== 'unsaved' && state.save !== 'failed') return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [state.save]);

  const change = useCallback(
    (part: Partial<DraftText>) => setState((now) => ({ ...now, text: { ...now.text, ...part }, save: 'unsaved' })),
    [],
  );
  /** Adds to what is there by then: several files can arrive between two drawings. */
  const attach = useCallback(
    (attachment: Attachment) =>
      setState((now) => ({ ...now, text: { ...now.text, attachments: [...now.text.attachments, attachment] }, save: 'unsaved' })),
    [],
  );
  const reset = useCallback((text: DraftText) => {
    isPaused.current = false;
    setState({ text, version: 0, save: 'empty', other: null });
  }, []);
  const drop = useCallback(async () => {
    await settle();
    setState({ text: initial, version: 0, save: 'empty', other: null });
    await dropDraft(conversationId, kind).catch(() => {});
    isPaused.current = false;
  }, [conversationId, kind, initial, settle]);
  /** Two windows wrote the same draft: which text goes on? */
  const choose = useCallback((which: 'this' | 'other') => {
    setState((now) => {
      if (!now.other) return now;
      const { version } = now.other;
      return which === 'this'
        ? { ...now, version, save: 'unsaved', other: null }
        : { text: { ...now.text, text: now.other.text, attachments: now.other.attachments }, version, save: 'saved', other: null };
    });
  }, []);
  return { ...state, change, attach, drop, reset, settle, resume, choose, retry: save };
}

const inputOf = (id: string, kind: DraftKind, { attachments, ...text }: DraftText, baseSeq: number, version: number): DraftInput => ({
  id,
  kind,
  ...text,
  html: null,
  attachmentIds: attachments.map((attachment) => attachment.id),
  baseSeq,
  version,
});
