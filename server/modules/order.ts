import { existsSync } from 'node:fs';
import type { Module } from '../platform/module.ts';

/** The rooms, low to high: a room may use the front doors of those before it. `tests/boundaries.test.ts` reads this list. */
export const order = [
  'workspace',
  'customers',
  'channels',
  'orders',
  'knowledge',
  'conversations',
  'cases',
  'routing',
  'automation',
  'storms',
] as const;

export type Room = (typeof order)[number];

/** The service doors of the rooms that exist, in order; tests of a lower room leave out those above it. */
export async function loadModules(upTo: Room = order[order.length - 1] as Room): Promise<Module[]> {
  const modules: Module[] = [];
  for (const room of order.slice(0, order.indexOf(upTo) + 1)) {
    if (!existsSync(new URL(`./${room}/module.ts`, import.meta.url))) continue;
    modules.push(((await import(`./${room}/module.ts`)) as { module: Module }).module);
  }
  return modules;
}
