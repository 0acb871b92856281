import { readFileSync, writeFileSync } from 'node:fs';
import axe from 'axe-core';
import { test } from 'vitest';
import type { Tested } from '../web/modules/workspace/accessibility/statement.ts';

const file = new URL('../web/modules/workspace/accessibility/generated/tested.json', import.meta.url);

export const today = (): string => new Date().toISOString().slice(0, 10);

/** Writes down what was just found to hold, for the accessibility statement, when asked to (`UPDATE_DOCS=1`). */
export function noteTested(change: (tested: Tested) => void): void {
  if (!process.env['UPDATE_DOCS']) return;
  const tested = JSON.parse(readFileSync(file, 'utf8')) as Tested;
  tested.axe = axe.version;
  change(tested);
  for (const part of ['looks', 'open', 'journeys', 'checks', 'customerViews', 'customerJourneys'] as const)
    Object.assign(tested, { [part]: Object.fromEntries(Object.entries(tested[part]).toSorted(([a], [b]) => (a < b ? -1 : 1))) });
  writeFileSync(file, `${JSON.stringify(tested, null, 2)}\n`);
}

/** A way gone with the keyboard alone, which the accessibility statement names; `tests/accessibility-statement.test.ts` holds that it does. */
export const journey = (id: string, name: string, go: () => Promise<void>, milliseconds?: number): void =>
  stated('journeys', id, name, go, milliseconds);

/** Something else the statement says. */
export const check = (id: string, name: string, look: () => Promise<void>, milliseconds?: number): void =>
  stated('checks', id, name, look, milliseconds);

/** What customers see, found without an obstacle in both languages, in light and dark, and on a narrow phone. */
export const customerView = (id: string, name: string, look: () => Promise<void>, milliseconds?: number): void =>
  stated('customerViews', id, name, look, milliseconds);

/** A way customers go with the keyboard alone. */
export const customerJourney = (id: string, name: string, go: () => Promise<void>, milliseconds?: number): void =>
  stated('customerJourneys', id, name, go, milliseconds);

type Stated = 'journeys' | 'checks' | 'customerViews' | 'customerJourneys';

function stated(part: Stated, id: string, name: string, run: () => Promise<void>, milliseconds?: number): void {
  test(
    name,
    async () => {
      await run();
      noteTested((tested) => (tested[part][id] = today()));
    },
    milliseconds,
  );
}
