import { spawn } from 'node:child_process';
import path from 'node:path';

/** A beat of the bare process (`heart.ts`): which share of the time since it wanted to work it could. */
export interface Beat {
  /** Milliseconds since 1970, as all times here. */
  at: number;
  share: number;
}

/** How much of its time this machine had for whoever wanted to work. */
export interface Machine {
  beats: Beat[];
  stop(): void;
}

export function watchMachine(): Machine {
  const beats: Beat[] = [];
  const heart = spawn(process.execPath, [path.join(import.meta.dirname, 'heart.ts')], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  heart.on('message', (beat: Beat) => beats.push(beat));
  return { beats, stop: () => void heart.kill('SIGKILL') };
}

/** Milliseconds between two instants, as a process had them that wanted to work: on a machine that has time for all, as many as by the clock. */
export function givenBetween(beats: readonly Beat[], from: number, to: number): number {
  let given = Math.max(0, to - from);
  let begin = -Infinity;
  for (const { at, share } of beats) {
    const within = Math.min(at, to) - Math.max(begin, from);
    if (within > 0 && begin > -Infinity) given -= within * (1 - share);
    begin = at;
    if (at >= to) break;
  }
  return given;
}
