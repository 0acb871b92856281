import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Attachment, Draft } from '../../../../contract/conversations.ts';
import { useReachable } from '../../../platform/api/connection.ts';
import { isProblem } from '../../../platform/api/problem.ts';
import { records } from '../../../platform/store/app-store.ts';
import { useMe } from '../../workspace/index.ts';
import { type DraftInput, dropDraft, saveDraft } from '../api.ts';
import { onLeft } from '../outbox/outbox.ts';
import { useIsLeaving } from '../outbox/use-outbox.ts';
import { above, type DraftText, emptyText } from './draft-text.ts';
import { isStoredHere, noteStoring } from './stored-here.ts';
import { unsavedAt } from './unsaved.ts';

export type DraftKind = Draft['kind'];

export type SaveState = 'empty' | 'unsaved' | 'saving' | 'saved' | 'failed' | 'elsewhere';

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
  const field = `${conversationId} ${kind}`;
  const isReachable = useReachable();
  const isLeaving = useIsLeaving(conversationId, kind);
  const [kept] = useState(unsaved.read);
  const [state, setState] = useState<State>(() => {
    if (kept) return { text: { ...emptyText, ...kept.text }, save: 'unsaved', other: null };
    // What is on its way is no draft any more, though the server still holds it as one.
    return stored && !isLeaving
      ? { text: textOf(stored, initial), save: 'saved', other: null }
      : { text: initial, save: 'empty', other: null };
  });
  const latest = useRef(state);
  useEffect(() => {
    latest.current = state;
  });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** Saves run one after another: a late one would bring a sent draft back to life. */
  const running = useRef<Promise<void>>(Promise.resolve());
  /** No saving while the text is being sent, dropped or taken back. */
  const isPaused = useRef(isLeaving);
  const wasLeaving = useRef(isLeaving);
  /** Whether a failed save may succeed when tried again as it is. */
  const mayPass = useRef(true);
  /** The newest version this window knows, also after the editor is gone. */
  const version = useRef(kept?.version ?? stored?.version ?? 0);
  /** Which stored draft this window has taken up, shown or sent; what is late about it is no news. */
  const row = useRef(stored?.id ?? null);

  const save = useCallback((): Promise<void> => {
    const run = async (): Promise<void> => {
      if (isPaused.current) return;
      const { text } = latest.current;
      setState((now) => ({ ...now, save: 'saving' }));
      noteStoring(field, text);
      try {
        const { draft } = await saveDraft(inputOf(conversationId, kind, text, baseSeq, version.current));
        version.current = draft.version;
        row.current = draft.id;
        records.put('draft', [draft]);
        if (isPaused.current) return;
        if (latest.current.text === text) unsaved.forget();
        setState((now) => ({ ...now, save: now.text === text ? 'saved' : 'unsaved' }));
      } catch (error) {
        const other = isProblem(error, 'conversations.draft_newer') ? (error.data.draft as Draft | undefined) : undefined;
        if (other && isStoredHere(field, other)) {
          // It is our own: its answer was lost, or came to a field that was gone by then.
          version.current = other.version;
          row.current = other.id;
          return run();
        }
        mayPass.current = isProblem(error, 'client.offline', 'core.internal', 'core.storage_unavailable', 'core.too_many_requests');
        if (isPaused.current) return;
        setState((now) => ({ ...now, save: other ? 'elsewhere' : 'failed', other: other ?? null }));
      }
    };
    running.current = running.current.then(run);
    return running.current;
  }, [conversationId, kind, field, baseSeq, unsaved]);
  const show = useCallback((text: DraftText, how: SaveState) => {
    latest.current = { text, save: how, other: null };
    setState(latest.current);
  }, []);
  /** Holds saving back and waits for what is under way, before the text is sent or dropped. */
  const settle = useCallback(async () => {
    clearTimeout(timer.current);
    isPaused.current = true;
    await running.current;
  }, []);
  /** Goes on saving what was typed meanwhile. */
  const resume = useCallback(() => {
    isPaused.current = false;
    if (latest.current.save === 'unsaved') void save();
  }, [save]);
  useEffect(() => {
    if (isLeaving) isPaused.current = true;
    else if (wasLeaving.current) resume();
    wasLeaving.current = isLeaving;
  }, [isLeaving, resume]);
  useEffect(
    () =>
      onLeft((sent) => {
        // The server has dropped the draft that it was.
        if (sent.conversationId === conversationId && sent.kind === kind) version.current = 0;
      }),
    [conversationId, kind],
  );

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
  // A window that was closed while the server was away left its last words here.
  useEffect(() => {
    let isGone = false;
    void unsaved.inherit().then((left) => {
      const { save: how, text } = latest.current;
      if (!left || left.text.text === text.text) return;
      const isFree = how === 'empty' || how === 'saved';
      if (isGone) return unsaved.keep(left);
      version.current = Math.max(version.current, left.version);
      show(isFree ? { ...emptyText, ...left.text } : above({ ...emptyText, ...left.text }, text), 'unsaved');
    });
    return () => {
      isGone = true;
    };
  }, [unsaved, show]);
  // Leaving the conversation within the pause must not lose the last words.
  useEffect(
    () => () => {
      const { save: how, text } = latest.current;
      if ((how !== 'unsaved' && how !== 'failed') || isPaused.current) return;
      void running.current
        .then(() => {
          noteStoring(field, text);
          return saveDraft(inputOf(conversationId, kind, text, baseSeq, version.current));
        })
        .then(unsaved.forget, () => {});
    },
    [conversationId, kind, field, baseSeq, unsaved],
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
  /** Hands the text over to be sent and begins anew; answers which stored version it was, and when the last saving of it is over. */
  const hand = useCallback(
    (next: DraftText) => {
      const over = settle();
      unsaved.forget();
      show(next, 'empty');
      return { version: version.current, over };
    },
    [settle, show, unsaved],
  );
  /** Takes back what could not be sent, above what was typed since. */
  const takeUp = useCallback(
    (content: DraftText, draftVersion: number) => {
      version.current = Math.max(version.current, draftVersion);
      show(above(content, latest.current.text), 'unsaved');
    },
    [show],
  );
  /** Shows at once what the server is about to make a draft again; saving waits for its answer, which the returned function takes: null for a refusal. */
  const showAgain = useCallback(
    (content: DraftText) => {
      isPaused.current = true;
      const { text: before, save: how } = latest.current;
      const text = above(content, before);
      show(text, 'saving');
      return (draft: Draft | null): void => {
        const isUntouched = latest.current.text === text;
        if (draft) [version.current, row.current] = [draft.version, draft.id];
        if (!isUntouched) show(latest.current.text, 'unsaved');
        else if (draft) show(textOf(draft, initial), 'saved');
        else show(before, how === 'saving' ? 'unsaved' : how);
        resume();
      };
    },
    [initial, resume, show],
  );
  const drop = useCallback(async () => {
    await settle();
    version.current = 0;
    setState({ text: initial, save: 'empty', other: null });
    await dropDraft(conversationId, kind).catch(() => {});
    isPaused.current = false;
  }, [conversationId, kind, initial, settle]);
  // What was written in another window, or became a draft again, is shown here as long as nothing was typed here; what was sent there is gone here.
  useEffect(
    () =>
      records.onChange((recordKind, id, record) => {
        // That another window has sent it, is heard while it is on its way, too.
        if (recordKind !== 'draft' || (isPaused.current && record)) return;
        const { save: how, text } = latest.current;
        if (!record) {
          if (id !== row.current || how !== 'saved') return;
          version.current = 0;
          return setState({ text: initial, save: 'empty', other: null });
        }
        const draft = record as Draft;
        if (draft.conversationId !== conversationId || draft.kind !== kind) return;
        const isNews = how === 'empty' ? text.text === '' && draft.id !== row.current : how === 'saved' && draft.version > version.current;
        if (!isNews) return;
        row.current = draft.id;
        version.current = draft.version;
        setState({ text: textOf(draft, initial), save: 'saved', other: null });
      }),
    [conversationId, kind, initial],
  );
  /** The stored draft this text is, the same in every window, so that two of them send it once; null while it was never stored. */
  const storedAs = useCallback(() => (version.current > 0 ? row.current : null), []);
  /** Two windows wrote the same draft: which text goes on? */
  const choose = useCallback((which: 'this' | 'other') => {
    const { other } = latest.current;
    if (!other) return;
    version.current = other.version;
    setState((now) =>
      which === 'this' ? { ...now, save: 'unsaved', other: null } : { text: textOf(other, now.text), save: 'saved', other: null },
    );
  }, []);
  // What is typed while an answer waits for the line is kept here until that has left.
  const shown = isLeaving && !isReachable && state.save === 'unsaved' ? 'failed' : state.save;
  return { ...state, save: shown, change, attach, drop, hand, takeUp, showAgain, choose, storedAs, retry: save };
}

/** A stored draft to go on with; it names nobody and no subject where the usual ones hold. */
const textOf = (stored: Draft, usual: DraftText): DraftText => ({
  text: stored.text,
  html: stored.html,
  to: stored.to.length > 0 ? stored.to : usual.to,
  cc: stored.cc,
  bcc: stored.bcc,
  attachments: stored.attachments,
  subject: stored.subject ?? usual.subject,
});

const inputOf = (id: string, kind: DraftKind, { attachments, ...text }: DraftText, baseSeq: number, version: number): DraftInput => ({
  id,
  kind,
  ...text,
  attachmentIds: attachments.map((attachment) => attachment.id),
  baseSeq,
  version,
});
