/** Shows how far something is: a bar on a terminal, a line every few seconds elsewhere. */
export interface Progress {
  step(done: { bytes: number; items: number }): void;
  /** Clears the bar. */
  end(): void;
}

export interface Screen {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const lineEverySeconds = 5;

export function createProgress(label: string, total: number, screen: Screen = process.stderr, now: () => number = Date.now): Progress {
  const begun = now();
  let shown = 0;
  let isDrawn = false;
  return {
    step({ bytes, items }) {
      const at = now();
      if (at - shown < (screen.isTTY ? 100 : lineEverySeconds * 1_000)) return;
      if (!screen.isTTY && shown === 0 && at - begun < lineEverySeconds * 1_000) return;
      shown = at;
      const text = progressLine(label, { bytes, items, total, seconds: (at - begun) / 1_000 }, screen.isTTY ? (screen.columns ?? 80) : 0);
      screen.write(screen.isTTY ? `\r${text}\x1b[K` : `${text}\n`);
      isDrawn = true;
    },
    end() {
      if (isDrawn && screen.isTTY) screen.write('\r\x1b[K');
    },
  };
}

/** `Import  41 %  ████░░░  12.3 of 30.0 MB  850 mails/s  20 s left` */
export function progressLine(
  label: string,
  { bytes, items, total, seconds }: { bytes: number; items: number; total: number; seconds: number },
  columns: number,
): string {
  const share = total > 0 ? Math.min(1, bytes / total) : 1;
  const left = share > 0.01 && seconds > 0.5 ? Math.round((seconds / share) * (1 - share)) : undefined;
  const facts = [
    `${(bytes / 1_048_576).toFixed(1)} of ${(total / 1_048_576).toFixed(1)} MB`,
    ...(seconds > 0.5 ? [`${Math.round(items / seconds)} mails/s`] : []),
    ...(left === undefined ? [] : [left >= 90 ? `${Math.round(left / 60)} min left` : `${left} s left`]),
  ].join('  ');
  const percent = `${Math.floor(share * 100)} %`.padStart(5);
  const width = Math.min(30, columns - label.length - percent.length - facts.length - 8);
  const bar = width >= 8 ? `${'█'.repeat(Math.round(width * share)).padEnd(width, '░')}  ` : '';
  return `${label} ${percent}  ${bar}${facts}`;
}
