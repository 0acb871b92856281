import path from 'node:path';
import { parseArgs } from 'node:util';
import { type CommandContext, CommandError, UsageError } from '../cli/command.ts';
import { isProven } from './report/check.ts';
import { percent, wayNames } from './report/page.ts';
import { simulate, writeReport } from './simulate.ts';
import { ways } from './generator/arrivals.ts';

const usualConversations = 500;
/** So many does an adviser take in a day when nobody has to hurry. */
const conversationsEach = 45;
const fewestAdvisers = 4;

/** `nahbar simulate`: plays one working day with invented customers and advisers, and says how it went. Fails when anything was lost or doubled. */
export async function simulateCommand(args: string[], { config, log, say }: CommandContext): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { seed: text, conversations: text, advisers: text, day: text, speed: text, look: text, from: text, until: text, report: text },
  });
  const conversations = whole('--conversations', values.conversations, usualConversations);
  const advisers = whole('--advisers', values.advisers, Math.max(fewestAdvisers, Math.ceil(conversations / conversationsEach)));
  const stop = new AbortController();
  const end = () => stop.abort(new CommandError('The day was broken off; nothing of it is kept.'));
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, end);
  const { played, figures, examples } = await simulate({
    config,
    log,
    say,
    signal: stop.signal,
    conversations,
    advisers,
    seed: whole('--seed', values.seed, 1),
    day: dayOf(values.day ?? '2026-11-24'),
    lookSeconds: lookOf(values.look),
    ...hoursOf(values),
    speed: values.speed === undefined || values.speed === 'max' ? Number.POSITIVE_INFINITY : whole('--speed', values.speed, 1),
  }).finally(() => {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, end);
  });
  const folder = path.resolve(values.report ?? 'simulation-report');
  await writeReport(folder, played, figures);
  const { proof, measured } = figures;
  for (const way of ways) {
    const { serviceLevel, arrived, answered } = figures.ways[way];
    say(`${wayNames[way]}: ${arrived} came, ${answered} answered, ${percent(serviceLevel)} in time.`);
  }
  say(`${measured.conversationsPerSecond.toFixed(1)} conversations a second. The report and its picture: ${folder}`);
  if (isProven(proof)) say('Nothing lost, nothing doubled.');
  else say(`Lost or doubled: ${JSON.stringify(proof)}, among them ${examples.join(', ')}`);
  return isProven(proof) ? 0 : 1;
}

function whole(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`${name} is a whole number from 1 on.`);
  return value;
}

/** An offer stands for twenty seconds: whoever looks less often would let it lapse before anybody saw it. */
function lookOf(text: string | undefined): number {
  const seconds = whole('--look', text, 5);
  if (seconds > 15) throw new UsageError('--look is at most 15 seconds: an offer stands for twenty.');
  return seconds;
}

function hoursOf({ from, until }: { from?: string | undefined; until?: string | undefined }): { fromHour: number; untilHour: number } {
  const fromHour = from === undefined || from === '0' ? 0 : whole('--from', from, 0);
  const untilHour = Math.min(24, whole('--until', until, 24));
  if (fromHour >= untilHour) throw new UsageError('--from is an hour before --until.');
  return { fromHour, untilHour };
}

function dayOf(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)) || new Date(text).toISOString().slice(0, 10) !== text)
    throw new UsageError('--day is a date such as 2026-11-24.');
  return text;
}
