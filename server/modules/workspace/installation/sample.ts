import type { SampleSignIns } from '../../../../contract/workspace/sign-in.ts';
import type { Ctx } from '../../../platform/context.ts';
import { fail } from '../errors.ts';
import { nobodyThere } from '../queries/people.ts';

/** Fills an empty installation with invented people and customers; given by whoever puts the rooms together. */
export type MakeSample = () => Promise<SampleSignIns>;

let make: MakeSample | undefined;
let isUnfinished = async (): Promise<boolean> => false;
let running: Promise<SampleSignIns> | undefined;

/** `unfinished`: whether what is here is the half of a sample that broke off, which the next one replaces. */
export function provideSample(fn: MakeSample | undefined, unfinished: () => Promise<boolean> = async () => false): void {
  make = fn;
  isUnfinished = unfinished;
}

/** As long as nobody works here, like the first administrator: afterwards it is refused. Twice at once is once. */
export async function setUpSample(ctx: Ctx): Promise<SampleSignIns> {
  if (!make) throw fail('workspace.sample_unavailable');
  if (running) return running;
  if (!(await nobodyThere(ctx.db)) && !(await isUnfinished())) throw fail('workspace.already_set_up');
  running = make().finally(() => {
    running = undefined;
  });
  return running;
}
