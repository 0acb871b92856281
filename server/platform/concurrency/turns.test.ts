import { describe, expect, it } from 'vitest';
import { turns } from './turns.ts';

describe('turns', () => {
  /** Work that ends when told, and what has begun so far. */
  const works = () => {
    const begun: string[] = [];
    const ends = new Map<string, { resolve: (value: string) => void; reject: (error: Error) => void }>();
    const work = (name: string) => (before?: string) => {
      begun.push(before ? `${name} after ${before}` : name);
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      ends.set(name, { resolve, reject });
      return promise;
    };
    return {
      begun,
      work,
      end: (name: string) => ends.get(name)?.resolve(name),
      fail: (name: string) => ends.get(name)?.reject(new Error(name)),
    };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('lets who reaches for the same thing wait for the one at it, and others not', async () => {
    const { begun, work, end } = works();
    const inTurn = turns<string>();
    const first = inTurn('a', work('first'));
    const second = inTurn('a', work('second'));
    const third = inTurn('a', work('third'));
    void inTurn('b', work('elsewhere'));
    await settled();
    expect(begun).toEqual(['first', 'elsewhere']);
    end('first');
    expect(await first).toBe('first');
    await settled();
    expect(begun).toEqual(['first', 'elsewhere', 'second after first', 'third after first']);
    end('third');
    end('second');
    expect(await Promise.all([second, third])).toEqual(['second', 'third']);
  });

  it('goes on after a failure, and remembers nothing', async () => {
    const { begun, work, end, fail } = works();
    const inTurn = turns<string>();
    const first = inTurn('a', work('first'));
    const second = inTurn('a', work('second'));
    await settled();
    fail('first');
    await expect(first).rejects.toThrow('first');
    await settled();
    expect(begun).toEqual(['first', 'second']);
    end('second');
    await second;
    void inTurn('a', work('later'));
    expect(begun).toEqual(['first', 'second', 'later']);
  });
});
