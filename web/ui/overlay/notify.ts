export interface Notice {
  /** By which it is taken away again, or replaced by a newer one; for what may be over before anybody has answered. */
  id?: string;
  title: string;
  text?: string | undefined;
  tone?: 'plain' | 'problem';
  action?: Choice;
  /** Beside the first; then it is closed by one of the two, or by its time. */
  other?: Choice;
  /** How long it stays; problems stay until closed. */
  milliseconds?: number;
  countdown?: boolean;
}

interface Choice {
  label: string;
  run: () => void;
}

interface Sink {
  show: (notice: Notice) => void;
  close: (id: string) => void;
}

let sink: Sink | null = null;
let waiting: Notice[] = [];

/** Shows a short message in the corner and reads it aloud; kept until the area for it has been fetched. */
export function notify(notice: Notice): void {
  if (sink) sink.show(notice);
  else waiting = [...without(notice.id), notice];
}

/** Takes a message away, wherever it is by now. */
export function unnotify(id: string): void {
  sink?.close(id);
  waiting = without(id);
}

const without = (id: string | undefined): Notice[] => waiting.filter((one) => id === undefined || one.id !== id);

/** Called by the area that shows them. */
export function receiveNotices(by: Sink): void {
  sink = by;
  for (const notice of waiting) by.show(notice);
  waiting = [];
}
