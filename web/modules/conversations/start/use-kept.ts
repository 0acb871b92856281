import { useCallback, useEffect, useState } from 'react';
import type { Attachment } from '../../../../contract/conversations.ts';
import { useMe } from '../../workspace/index.ts';
import { type DraftText, emptyText } from '../composer/draft-text.ts';

export interface NewMessage extends DraftText {
  /** Made once per message: however often a shaky line repeats it, it is sent once. */
  draftId: string;
  accountId: string | null;
}

const empty = (): NewMessage => ({ ...emptyText, subject: '', draftId: crypto.randomUUID(), accountId: null });

/** A message without a conversation has no place on the server yet, so this window keeps it for whoever wrote it: a reload or another page loses nothing. */
export function useKept() {
  const place = `nahbar.new-message.${useMe().person.id}`;
  const [message, setMessage] = useState<NewMessage>(() => read(place) ?? empty());
  const [isKept, setIsKept] = useState(true);
  useEffect(() => void Promise.resolve(keep(place, message)).then(setIsKept), [place, message]);
  const change = useCallback((part: Partial<NewMessage>) => setMessage((now) => ({ ...now, ...part })), []);
  const attach = useCallback((file: Attachment) => setMessage((now) => ({ ...now, attachments: [...now.attachments, file] })), []);
  const clear = useCallback(() => setMessage(empty()), []);
  return { message, isKept, change, attach, clear, put: setMessage };
}

function read(place: string): NewMessage | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? 'null') as Partial<NewMessage> | null;
    return kept && { ...empty(), ...kept };
  } catch {
    return null;
  }
}

/** False when the window's store is full or forbidden: then it is on screen only, which is said. */
function keep(place: string, message: NewMessage): boolean {
  try {
    sessionStorage.setItem(place, JSON.stringify(message));
    return true;
  } catch {
    return false;
  }
}
