import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { records } from '../../web/platform/store/app-store.ts';
import type { AnyRecord } from '../../web/platform/store/records.ts';
import { type Command, commands } from './commands.ts';
import { expectSame, fetched, ofTheScreen, type Order, shown, type State } from './desk.ts';
import { commandsInTheCode } from './from-the-code.ts';
import { newWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await newWorld();
});
afterAll(async () => {
  world.desk.close();
  await world.scene.h.close();
  await world.mailServer.stop();
});

const inTheCode = await commandsInTheCode();
const guessing = commands.filter(({ of }) => inTheCode.get(of));

it('every command of the desk has its place in the law', () => {
  expect(inTheCode.size).toBeGreaterThan(50);
  expect(guessing.length).toBeGreaterThan(30);
  expect([...new Set(commands.map(({ of }) => of))].toSorted()).toEqual([...inTheCode.keys()].toSorted());
});

// Without a guess it is the same whichever comes first.
const orders: [Order, readonly Command[]][] = [
  ['answer first', commands],
  ['stream first', guessing],
];
describe.each(orders)('%s', (order, some) => {
  it.each(some.map((command) => [[command.of, command.what].filter(Boolean).join(': '), command] as const))('%s', async (_, command) => {
    const run = await begin(command, order);
    const before = shown();
    await refusedLeavesNoTrace(run, before);
    const { guess, seen } = await whatIsSeen(run);
    const after = await fetched(world.scene, world.desk.who(), [...before.keys(), ...shown().keys()]);
    expectSame(shown(), ofTheScreen(after, world.desk.open));
    expect(guess.size > 0).toBe(inTheCode.get(command.of));
    // What was foreseen comes true, or is no longer the reader's to see.
    const untrue = [...guess].filter(([key, fields]) => fields && after.has(key) && !isLike(after.get(key), fields, command));
    expect(untrue.map(([key, fields]) => ({ key, fields, is: only(after.get(key), fields, command) }))).toEqual([]);
    const flickers = seen.filter(({ key, record }) => !isLike(record, guess.get(key), command) && !isLike(record, after.get(key), command));
    expect(flickers).toEqual([]);
  });
});

/** Somebody sits down anew, where the clock stands still for browser and server alike. */
async function begin(command: Command, order: Order): Promise<() => Promise<unknown>> {
  world.scene.h.clock.advance(60_000);
  vi.useFakeTimers({ toFake: ['Date'], now: world.scene.h.clock.now() });
  await world.desk.sit(world.scene.people.kim);
  const run = await command.arrange(world);
  vi.setSystemTime(world.scene.h.clock.now());
  await world.scene.h.drain();
  await world.desk.hear();
  world.desk.order = order;
  return run;
}

async function refusedLeavesNoTrace(run: () => Promise<unknown>, before: State): Promise<void> {
  world.desk.isRefusing = true;
  await expect(run()).rejects.toThrow(/core\.conflict|came back|was refused/);
  world.desk.isRefusing = false;
  expectSame(shown(), before);
}

/**
 * Runs it, and answers what the screen showed of it before the server had answered: per record its changed fields, undefined where it was hidden; and how those records
 * were shown from then on.
 */
async function whatIsSeen(run: () => Promise<unknown>) {
  const before = shown();
  let guess: Map<string, AnyRecord | undefined> | undefined;
  const seen: { key: string; record: AnyRecord | undefined }[] = [];
  world.desk.onRequest = () => (guess ??= changed(before, shown()));
  const stop = records.onChange((kind, id, record) => guess?.has(`${kind} ${id}`) && seen.push({ key: `${kind} ${id}`, record }));
  await run();
  await world.desk.hear();
  await world.scene.h.drain();
  await world.desk.hear();
  stop();
  world.desk.onRequest = () => {};
  return { guess: guess ?? new Map<string, AnyRecord | undefined>(), seen };
}

function changed(before: State, now: State): Map<string, AnyRecord | undefined> {
  const keys = [...new Set([...before.keys(), ...now.keys()])].filter((key) => before.get(key) !== now.get(key));
  return new Map(keys.map((key) => [key, now.get(key) && (difference(before.get(key), now.get(key)) as unknown as AnyRecord)]));
}
const difference = (before: object | undefined, now: object | undefined): object =>
  Object.fromEntries(
    Object.entries(now ?? {}).filter(([field, value]) => !isDeepStrictEqual(value, (before as Record<string, unknown>)?.[field])),
  );

/** Of a record the fields that were foreseen, but for what nobody can foresee. */
const only = (record: object | undefined, fields: object | undefined, { unforeseen = [] }: Command): object | undefined =>
  record &&
  Object.fromEntries(
    Object.entries(record).filter(([name]) => fields && name in fields && name !== 'version' && !unforeseen.includes(name)),
  );
const isLike = (record: object | undefined, fields: object | undefined, command: Command): boolean =>
  isDeepStrictEqual(only(record, fields, command), only(fields, fields, command));
