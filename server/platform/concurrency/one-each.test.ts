import { describe, expect, it } from 'vitest';
import { oneEach } from './one-each.ts';

/** Things in a row; who has one takes it away a moment later, as a commit would. */
function row(count: number) {
  const there = Array.from({ length: count }, (_, n) => ({ id: String(n + 1) }));
  let looks = 0;
  const pause = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const ask = oneEach(async (limit) => {
    looks += 1;
    const seen = there.slice(0, limit);
    await pause(1);
    return seen;
  });
  const take = ({ id }: { id: string }) => {
    const at = there.findIndex((thing) => thing.id === id);
    return at < 0 ? undefined : there.splice(at, 1)[0]?.id;
  };
  const taken = () =>
    ask(async (one) => {
      await pause(2);
      return take(one);
    });
  return { there, ask, take, taken, pause, looks: () => looks };
}

describe('one each', () => {
  it('gives those who ask at the same moment different ones, first come first served, with one look', async () => {
    const { taken, looks } = row(10);
    expect(await Promise.all([taken(), taken(), taken()])).toEqual(['1', '2', '3']);
    expect(looks()).toBe(1);
  });

  it('gives each of many exactly one, nothing twice and nothing forgotten', async () => {
    const { taken, there } = row(300);
    const all = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const mine: string[] = [];
        for (let one = await taken(); one; one = await taken()) mine.push(one);
        return mine;
      }),
    );
    expect(there).toEqual([]);
    expect(all.flat().toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 300 }, (_, n) => String(n + 1)));
  });

  it('goes on to the next when one could not be had, and ends when none can', async () => {
    const { ask } = row(60);
    const tried: string[] = [];
    const result = await ask(async ({ id }) => {
      tried.push(id);
      return undefined;
    });
    expect(result).toBeUndefined();
    expect(tried).toEqual(Array.from({ length: 60 }, (_, n) => String(n + 1)));
  });

  it('leaves what does not suit to others, however much that is', async () => {
    const { ask, taken } = row(200);
    const late = await ask(
      async ({ id }) => id,
      ({ id }) => Number(id) > 180,
    );
    expect(late).toBe('181');
    expect(await taken()).toBe('1');
  });

  it('sees what has come or was given back before it was asked', async () => {
    const { there, taken } = row(1);
    expect(await taken()).toBe('1');
    expect(await taken()).toBeUndefined();
    there.push({ id: '1' });
    expect(await taken()).toBe('1');
  });

  it('gives again what failed', async () => {
    const { ask, taken } = row(1);
    await expect(ask(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await taken()).toBe('1');
  });

  it('fails for those who ask when the look fails, and looks again for the next', async () => {
    let isAway = true;
    const ask = oneEach(async () => {
      if (isAway) throw new Error('away');
      return [{ id: '1' }];
    });
    await expect(ask(async ({ id }) => id)).rejects.toThrow('away');
    isAway = false;
    expect(await ask(async ({ id }) => id)).toBe('1');
  });

  it('asks for no more than it has use for, however often what it found goes stale', async () => {
    const limits: number[] = [];
    const ask = oneEach(async (limit) => {
      limits.push(limit);
      return Array.from({ length: 500 }, (_, n) => ({ id: `${limits.length} ${n}` })).slice(0, limit);
    });
    for (let n = 0; n < 3; n += 1) {
      await ask(async ({ id }) => id);
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    expect(limits).toHaveLength(3);
    expect(Math.max(...limits)).toBeLessThan(65);
  });

  it('hands out what a slow look found', async () => {
    const ask = oneEach(async () => {
      await new Promise((resolve) => setTimeout(resolve, 150));
      return [{ id: '1' }, undefined];
    });
    expect(await ask(async ({ id }) => id)).toBe('1');
  });

  it('does not hand out what it saw long ago', async () => {
    const { there, ask, taken, pause } = row(3);
    expect(await taken()).toBe('1');
    there.shift();
    await pause(150);
    const tried: string[] = [];
    await ask(async ({ id }) => {
      tried.push(id);
      return id;
    });
    expect(tried).toEqual(['3']);
  });
});
