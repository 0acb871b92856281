import fs from 'node:fs';
import path from 'node:path';
import { machineFacts } from './measure.ts';
import { writePage } from './page.ts';

/** One figure of one bench on one database. */
export interface Figure {
  what: string;
  unit: string;
  value: number;
  /** What it is to reach, and whether more or less is better; without a goal it is told only. */
  goal?: { atLeast: number } | { atMost: number };
  /** What the parts below can do in the same run: bare SQL through the same driver, or the bare library. */
  limit?: number;
}

export interface Result {
  bench: string;
  database: string;
  at: string;
  /** Share of the machine that was busy while this was measured, our own load included. */
  busy: number;
  /** Load average of the minute before: above 1 the machine did something else too. */
  loadBefore: number;
  figures: Figure[];
}

export interface Results {
  machine: ReturnType<typeof machineFacts>;
  results: Result[];
}

const file = path.join(import.meta.dirname, 'results.json');

export const readResults = (): Results =>
  fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Results) : { machine: machineFacts(), results: [] };

export const loadNow = (): number => Number(fs.readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);

/** Prints what was measured; with `BENCH_SAVE` it goes into results.json and the page. */
export function report(result: Omit<Result, 'at'>): void {
  for (const figure of result.figures)
    process.stdout.write(`${result.bench} on ${result.database}: ${figure.what} ${shown(figure.value)} ${figure.unit}${verdict(figure)}\n`);
  process.stdout.write(`  (machine ${Math.round(result.busy * 100)} % busy, load before ${result.loadBefore})\n`);
  if (!process.env['BENCH_SAVE']) return;
  const known = readResults();
  const results = [
    ...known.results.filter((r) => r.bench !== result.bench || r.database !== result.database),
    { ...result, at: new Date().toISOString().slice(0, 16) },
  ];
  const next: Results = {
    machine: machineFacts(),
    results: results.toSorted((a, b) => `${a.bench} ${a.database}`.localeCompare(`${b.bench} ${b.database}`)),
  };
  fs.writeFileSync(file, `${JSON.stringify(next, null, 1)}\n`);
  writePage(next);
}

function verdict(figure: Figure): string {
  const parts: string[] = [];
  if (figure.goal)
    parts.push(
      'atLeast' in figure.goal ? `goal ≥ ${figure.goal.atLeast}` : `goal ≤ ${figure.goal.atMost}`,
      isMet(figure) ? 'met' : 'MISSED',
    );
  if (figure.limit !== undefined) parts.push(`limit ${shown(figure.limit)}`);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

export const isMet = ({ goal, value }: Figure): boolean =>
  goal === undefined || ('atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost);

export const shown = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
