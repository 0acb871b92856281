import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Address, Attachment, Draft } from '../../../../contract/conversations.ts';
import { useReachable } from '../../../platform/api/connection.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { records } from '../../../platform/store/app-store.ts';
import { useMe } from '../../workspace/index.ts';
import { type DraftInput, dropDraft, saveDraft } from '../api.ts';
import { unsavedAt } from './unsaved.ts';

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
/** How soon a save that the line or the server's state prevented is tried again by itself. */
const retryMs = 5_000;

interface State {
  text: DraftText;
  save: SaveState;
  /** The newer text that another window stored. */
  other: Draft | null;
}

/** What is being written, kept on the server a moment after each change, so that neither a crash nor another computer loses it. */
export function useDraft(conversationId: string, kind: DraftKind, stored: Draft | undefined, initial: DraftText, baseSeq: number) {
  const personId = useMe().person.id;
  const unsaved = useMemo(() => unsavedAt(personId, conversationId, kind), [personId, conversationId, kind]);
  const isReachable = useReachable();
  const [kept] = useState(unsaved.read);
  const [state, setState] = useState<State>(() => {
    if (kept) return { text: kept.text, save: 'unsaved', other: null };
    return stored ? { text: textOf(stored, initial), save: 'saved', other: null } : { text: initial, save: 'empty', other: null };
  });
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** Saves run one after another: a late one would bring a sent draft back to life. */
  const running = useRef<Promise<void>>(Promise.resolve());
  /** No saving while the text is being sent or dropped. */
  const isPaused = useRef(false);
  /** Whether a failed save may succeed when tried again as it is. */
  const mayPass = useRef(true);
  /** What a save without an answer may have stored all the same. */
  const inDoubt = useRef<DraftText | null>(null);
  /** The newest version this window knows, also after the editor is gone. */
  const version = useRef(kept?.version ?? stored?.version ?? 0);

  const save = useCallback((): Promise<void> => {
    const run = async (): Promise<void> => {
      if (isPaused.current) return;
      const { text } = latest.current;
      setState((now) => ({ ...now, save: 'saving' }));
      try {
        const { draft } = await saveDraft(inputOf(conversationId, kind, text, baseSeq, version.current));
        version.current = draft.version;
        inDoubt.current = null;
        records.put('draft', [draft]);
        if (latest.current.text === text) unsaved.forget();
        setState((now) => ({ ...now, save: now.text === text ? 'saved' : 'unsaved' }));
      } catch (error) {
        const other = isProblem(error, 'conversations.draft_newer') ? (error.data.draft as Draft | undefined) : undefined;
        if (other && inDoubt.current && isStored(inDoubt.current, other)) {
          // It is our own: stored, and the answer was lost.
          version.current = other.version;
          inDoubt.current = null;
          return run();
        }
        mayPass.current = isProblem(error, 'client.offline', 'core.internal', 'core.storage_unavailable', 'core.too_many_requests');
        if (mayPass.current) inDoubt.current = text;
        setState((now) => ({ ...now, save: other ? 'elsewhere' : 'failed', other: other ?? null }));
      }
    };
    running.current = running.current.then(run);
    return running.current;
  }, [conversationId, kind, baseSeq, unsaved]);
  /** Holds saving back and waits for what is under way, before the text is sent or dropped. */
  const settle = useCallback(async () => {
    clearTimeout(timer.current);
    isPaused.current = true;
    await running.current;
  }, []);
  /** Goes on saving, after the text could not be sent. */
  const resume = useCallback(() => {
    isPaused.current = false;
    void save();
  }, [save]);

  useEffect(() => {
    if (state.save !== 'unsaved') return;
    timer.current = setTimeout(() => void save(), pauseMs);
    return () => clearTimeout(timer.current);
    // A change of the text starts the pause anew.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [state.save, state.text, save]);
  // What the line prevented is tried again as soon as the line is back, and now and then until it is.
  useEffect(() => {
    if (state.save !== 'failed' || !mayPass.current) return;
    const again = setTimeout(() => void save(), isReachable ? retryMs / 5 : retryMs);
    return () => clearTimeout(again);
  }, [state.save, isReachable, save]);
  useEffect(() => {
    if (state.save === 'saved' || state.save === 'empty') unsaved.forget();
    else unsaved.keep({ text: state.text, version: version.current });
  }, [state.save, state.text, unsaved]);
  // Leaving the conversation within the pause must not lose the last words.
  useEffect(
    () => () => {
      const { save: how, text } = latest.current;
      if ((how !== 'unsaved' && how !== 'failed') || isPaused.current) return;
      void running.current
        .then(() => saveDraft(inputOf(conversationId, kind, text, baseSeq, version.current)))
        .then(unsaved.forget, () => {});
    },
    [conversationId, kind, baseSeq, unsaved],
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
    version.current = 0;
    setState({ text, save: 'empty', other: null });
  }, []);
  const drop = useCallback(async () => {
    await settle();
    version.current = 0;
    setState({ text: initial, save: 'empty', other: null });
    await dropDraft(conversationId, kind).catch(() => {});
    isPaused.current = false;
  }, [conversationId, kind, initial, settle]);
  /** Two windows wrote the same draft: which text goes on? */
  const choose = useCallback((which: 'this' | 'other') => {
    const { other } = latest.current;
    if (!other) return;
    version.current = other.version;
    setState((now) =>
      which === 'this' ? { ...now, save: 'unsaved', other: null } : { text: textOf(other, now.text), save: 'saved', other: null },
    );
  }, []);
  return { ...state, change, attach, drop, reset, settle, resume, choose, retry: save };
}

/** A stored draft to go on with; it names nobody and no subject where the usual ones hold. */
const textOf = (stored: Draft, usual: DraftText): DraftText => ({
  text: stored.text,
  to: stored.to.length > 0 ? stored.to : usual.to,
  cc: stored.cc,
  bcc: stored.bcc,
  attachments: stored.attachments,
  subject: stored.subject ?? usual.subject,
});

/** Whether a stored draft is this text, whoever it is for and whatever goes with it included. */
const isStored = (text: DraftText, stored: Draft): boolean => contentOf(text) === contentOf(stored);
const contentOf = ({ text, to, cc, bcc, subject, attachments }: DraftText): string =>
  JSON.stringify([text, [to, cc, bcc].map((all) => all.map((one) => [one.address, one.name])), subject, attachments.map(({ id }) => id)]);

const inputOf = (id: string, kind: DraftKind, { attachments, ...text }: DraftText, baseSeq: number, version: number): DraftInput => ({
  id,
  kind,
  ...text,
  html: null,
  attachmentIds: attachments.map((attachment) => attachment.id),
  baseSeq,
  version,
});
