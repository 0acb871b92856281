import type { Letter } from '../letter.ts';
import { type Finding, newFinding } from '../reasons.ts';
import { isAddress, tidy } from '../words.ts';

/** How one mail system writes its reports. */
export interface Format {
  name: string;
  isFrom(letter: Letter): boolean;
  /** Empty if the report is not in this format after all. */
  read(letter: Letter): Finding[];
}

const maxDiagnosis = 20_000;

/** Gathers recipients while a report is read from top to bottom. */
export class Collector {
  findings: Finding[] = [newFinding()];
  count = 0;

  get current(): Finding {
    return this.findings.at(-1) as Finding;
  }

  /** Begins a recipient, unless it is the one at hand. */
  recipient(address: string): Finding {
    if (this.current.recipient !== '') this.findings.push(newFinding());
    this.current.recipient = address;
    this.count++;
    return this.current;
  }

  say(line: string): void {
    if (this.current.diagnosis.length < maxDiagnosis) this.current.diagnosis += ` ${line}`;
  }

  result(finish: (finding: Finding, index: number) => void = () => {}): Finding[] {
    if (this.count === 0) return [];
    for (const finding of this.findings) finding.diagnosis = tidy(finding.diagnosis);
    for (const [index, finding] of this.findings.entries()) finish(finding, index);
    return this.findings.filter((finding) => isAddress(finding.recipient));
  }
}

/** Lines from the one that satisfies the test on (after it, unless `inclusive`), without empty ones. */
export function linesFrom(text: string, begins: (line: string) => boolean, inclusive = false): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const at = lines.findIndex(begins);
  return at < 0 ? [] : lines.slice(inclusive ? at : at + 1).filter((line) => line !== '');
}

export const startsWithAny = (line: string, starts: readonly string[]) => starts.some((start) => line.startsWith(start));
