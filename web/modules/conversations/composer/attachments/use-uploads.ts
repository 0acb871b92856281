import { useCallback, useState } from 'react';
import type { Attachment } from '../../../../../contract/conversations.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { uploadFile } from '../../api.ts';

export interface Uploading {
  key: string;
  name: string;
  /** 0 to 1. */
  part: number;
  problem: string | null;
}

/** Sends dropped or pasted files at once, so that sending the message does not wait for them. */
export function useUploads(onDone: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<readonly Uploading[]>([]);
  const change = useCallback(
    (key: string, part: Partial<Uploading>) => setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each))),
    [],
  );
  const dismiss = useCallback((key: string) => setUploads((all) => all.filter((each) => each.key !== key)), []);
  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const key = crypto.randomUUID();
        setUploads((all) => [...all, { key, name: file.name, part: 0, problem: null }]);
        uploadFile(file, (part) => change(key, { part })).then(
          (attachment) => {
            dismiss(key);
            onDone(attachment);
          },
          (error: unknown) => change(key, { problem: problemText(error).title }),
        );
      }
    },
    [onDone, dismiss, change],
  );
  return { uploads, add, dismiss };
}
