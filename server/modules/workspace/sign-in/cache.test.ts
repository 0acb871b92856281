import { expect, it } from 'vitest';
import type { Actor } from '../../../platform/actor.ts';
import { actorCalled } from '../../../platform/testing.ts';
import { createCache } from './cache.ts';

it('remembers for thirty seconds', async () => {
  let now = 0;
  let loads = 0;
  const cache = createCache(() => now);
  const find = () => cache.find('k', async () => ((loads += 1), actorCalled('kim')));
  await find();
  now = 29_999;
  await find();
  expect(loads).toBe(1);
  now = 30_000;
  await find();
  expect(loads).toBe(2);
});

it('forgets one actor or everybody, and never remembers that nobody was found', async () => {
  const loads: string[] = [];
  const cache = createCache(() => 0);
  const find = (id: string) =>
    cache.find(id, async () => {
      loads.push(id);
      return id === 'nobody' ? undefined : actorCalled(id);
    });
  for (const id of ['kim', 'olaf', 'nobody']) await find(id);
  cache.forget(new Set(['kim']));
  for (const id of ['kim', 'olaf', 'nobody']) await find(id);
  cache.forget();
  await find('olaf');
  expect(loads).toEqual(['kim', 'olaf', 'nobody', 'kim', 'nobody', 'olaf']);
});

it('does not keep what was read before a change and finished after it', async () => {
  const cache = createCache(() => 0);
  let finish = (_actor: Actor) => {};
  const slow = cache.find('k', () => new Promise((resolve) => (finish = resolve)));
  cache.forget(new Set(['kim']));
  finish(actorCalled('kim'));
  await slow;
  let asked = false;
  await cache.find('k', async () => ((asked = true), undefined));
  expect(asked).toBe(true);
});
