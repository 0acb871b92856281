import { useCallback, useEffect, useState } from 'react';
import type { Address, Attachment } from '../../../../contract/conversations.ts';

export interface NewMessage {
  /** Made once per message: however often a shaky line repeats it, it is sent once. */
  draftId: string;
  accountId: string | null;
  to: Address[];
  cc: Address[];
  bcc: Address[];
  subject: string;
  text: string;
  attachments: Attachment[];
}

const place = 'nahbar.new-message';
const empty = (): NewMessage => ({
  draftId: crypto.randomUUID(),
  accountId: null,
  to: [],
  cc: [],
  bcc: [],
  subject: '',
  text: '',
  attachments: [],
});

/** A message without a conversation has no place on the server yet, so this window keeps it: a reload loses nothing. */
export function useKept() {
  const [message, setMessage] = useState<NewMessage>(() => read() ?? empty());
  useEffect(() => sessionStorage.setItem(place, JSON.stringify(message)), [message]);
  const change = useCallback((part: Partial<NewMessage>) => setMessage((now) => ({ ...now, ...part })), []);
  const attach = useCallback((file: Attachment) => setMessage((now) => ({ ...now, attachments: [...now.attachments, file] })), []);
  const clear = useCallback(() => setMessage(empty()), []);
  return { message, change, attach, clear };
}

function read(): NewMessage | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place) ?? 'null') as Partial<NewMessage> | null;
    return kept && { ...empty(), ...kept };
  } catch {
    return null;
  }
}
