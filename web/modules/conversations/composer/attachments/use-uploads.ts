import { useCallback, useEffect, useRef, useState } from 'react';
import type { Attachment } from '../../../../../contract/conversations.ts';
import { useReachable } from '../../../../platform/api/connection.ts';
import { isProblem } from '../../../../platform/api/problem.ts';
import { problemText } from '../../../../platform/i18n/problem-text.ts';
import { uploadFile } from '../../api.ts';

export interface Uploading {
  key: string;
  name: string;
  file: File;
  /** 0 to 1. */
  part: number;
  problem: string | null;
  /** The line broke: tried again by itself when it is back. */
  isCutOff: boolean;
  /** How often it was tried again. */
  tries: number;
}

/** A line that looks whole and cuts every file off is tried ever less often. */
const pauseAfter = (tries: number): number => Math.min(1_000 * 2 ** tries, 300_000);

/** Sends dropped or pasted files at once, so that sending the message does not wait for them. What the line cut off goes on when it is back. */
export function useUploads(onDone: (attachment: Attachment) => void) {
  const [uploads, setUploads] = useState<readonly Uploading[]>([]);
  const isReachable = useReachable();
  const change = useCallback(
    (key: string, part: Partial<Uploading>) => setUploads((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each))),
    [],
  );
  const dismiss = useCallback((key: string) => setUploads((all) => all.filter((each) => each.key !== key)), []);
  const send = useCallback(
    (key: string, file: File) => {
      uploadFile(file, (part) => change(key, { part })).then(
        (attachment) => {
          dismiss(key);
          onDone(attachment);
        },
        (error: unknown) => change(key, { problem: problemText(error).title, isCutOff: isProblem(error, 'client.offline') }),
      );
    },
    [onDone, dismiss, change],
  );
  const add = useCallback(
    (files: readonly File[]) => {
      for (const file of files) {
        const key = crypto.randomUUID();
        setUploads((all) => [...all, { key, name: file.name, file, part: 0, problem: null, isCutOff: false, tries: 0 }]);
        send(key, file);
      }
    },
    [send],
  );
  const retry = useCallback(
    ({ key, file, tries }: Uploading) => {
      change(key, { problem: null, isCutOff: false, part: 0, tries: tries + 1 });
      send(key, file);
    },
    [change, send],
  );
  const latest = useRef(uploads);
  useEffect(() => {
    latest.current = uploads;
  });
  const cutOff = uploads.filter(({ isCutOff }) => isCutOff);
  // Nobody tells that the line is back to a file that was the only thing on it.
  const pause = cutOff.length === 0 ? null : pauseAfter(Math.max(...cutOff.map(({ tries }) => tries)));
  useEffect(() => {
    if (!isReachable || pause === null) return;
    const goOn = (): void => latest.current.filter(({ isCutOff }) => isCutOff).forEach(retry);
    const again = setTimeout(() => navigator.onLine && goOn(), pause);
    window.addEventListener('online', goOn);
    return () => {
      clearTimeout(again);
      window.removeEventListener('online', goOn);
    };
  }, [isReachable, pause, retry]);
  // A file that is on its way is in this window only.
  const isBusy = uploads.length > 0;
  useEffect(() => {
    if (!isBusy) return;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isBusy]);
  return { uploads, add, dismiss, retry };
}
