export interface Notice {
  title: string;
  text?: string | undefined;
  tone?: 'plain' | 'problem';
  action?: { label: string; run: () => void };
  /** How long it stays; problems stay until closed. */
  milliseconds?: number;
  countdown?: boolean;
}

type Sink = (notice: Notice) => void;

let sink: Sink | null = null;
let waiting: Notice[] = [];

/** Shows a short message in the corner and reads it aloud; kept until the area for it has been fetched. */
export function notify(notice: Notice): void {
  if (sink) sink(notice);
  else waiting.push(notice);
}

/** Called by the area that shows them. */
export function receiveNotices(by: Sink): void {
  sink = by;
  for (const notice of waiting) by(notice);
  waiting = [];
}
