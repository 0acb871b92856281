import { storeCompanySettings } from '../modules/workspace/index.ts';
import type { Config } from '../platform/config/config.ts';
import type { Database } from '../platform/database/database.ts';
import { dbOf } from '../platform/database/sql.ts';
import type { Log } from '../platform/log.ts';
import type { Module } from '../platform/module.ts';
import { setUpCompany } from './company/set-up.ts';
import { playEveryday } from './everyday/play.ts';
import { playMachines } from './everyday/play-machines.ts';
import { createOffice } from './office.ts';
import { samplePassphrase } from './passphrase.ts';
import { createScene, type Scene } from './scene.ts';
import { openStage } from './stage.ts';
import { playCaller } from './stories/caller.ts';
import { playFridge } from './stories/fridge.ts';
import { playInvoice } from './stories/invoice.ts';
import { playLaptop } from './stories/laptop.ts';
import { playPublicCriticism } from './stories/public.ts';
import { playStorm } from './stories/storm.ts';
import { playTraining } from './stories/training.ts';
import { playWashingMachine } from './stories/washing-machine.ts';
import { beginTrial, endTrial, isSampleUnfinished, takeBack } from './trial.ts';

export interface LoadOptions {
  config: Config;
  log: Log;
  secret: string;
  /** With all migrations applied and nobody in it. */
  database: Database;
  modules: readonly Module[];
  now?: Date;
  seed?: number;
}

/** What happened in the sample company; each tells what it is about, in any order. */
export const plays: readonly ((scene: Scene) => void)[] = [
  playEveryday,
  playMachines,
  playFridge,
  playWashingMachine,
  playInvoice,
  playLaptop,
  playPublicCriticism,
  playStorm,
  playCaller,
  playTraining,
];

/** The channel of the sample company's mailboxes. */
const mailChannel = 'email';
const historyDays = 40;

/**
 * Fills an empty installation with Hansekontor Versand: people, teams and mailboxes through the administrator's doors, forty days of mails through the
 * real intake, answers by advisers through the doors the browser uses. A house of its own plays it, with a clock that walks from then to now, so
 * every event, counter and timeline is what it would have been. Should it break off, the installation is as empty as before.
 */
export async function loadSample(options: LoadOptions): Promise<void> {
  const { database, log } = options;
  if (await isSampleUnfinished(database)) await takeBack(database);
  await beginTrial(database);
  try {
    await playWhole(options);
  } catch (error) {
    // What can't be taken back now is taken back when the sample is asked for again.
    await takeBack(database).catch((second: unknown) => log.error({ err: second }, 'half of the sample company stays for now'));
    throw error;
  }
  await endTrial(database);
}

async function playWhole(options: LoadOptions): Promise<void> {
  const now = options.now ?? new Date();
  const stage = await openStage({ ...options, start: new Date(now.getTime() - historyDays * 86_400_000) });
  try {
    const office = createOffice(stage);
    await setUpCompany(office, samplePassphrase(options.secret), mailChannel);
    const scene = createScene(stage, office, now, options.seed ?? 2_026);
    for (const play of plays) play(scene);
    await scene.play();
    // Last: what broke off in the middle is not the sample company.
    await storeCompanySettings(dbOf(options.database.pool), { demo: true });
  } finally {
    await stage.close();
  }
}
