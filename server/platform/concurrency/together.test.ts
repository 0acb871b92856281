import { describe, expect, it } from 'vitest';
import { together } from './together.ts';

describe('together', () => {
  /** Questions as they went out, each answered when told. */
  const asking = (most?: number) => {
    const out: { questions: readonly number[]; answer: () => void; fail: () => void }[] = [];
    const ask = together<number, string>(
      (questions) =>
        new Promise((resolve, reject) => {
          const answer = () => resolve(questions.map((question) => `answer ${question}`));
          out.push({ questions, answer, fail: () => reject(new Error('no answer')) });
        }),
      most,
    );
    return { out, ask };
  };
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('sends the first at once and gathers the others while it is under way', async () => {
    const { out, ask } = asking();
    const first = ask(1);
    await settled();
    const later = [ask(2), ask(3)];
    await settled();
    expect(out.map(({ questions }) => questions)).toEqual([[1]]);
    out[0]?.answer();
    expect(await first).toBe('answer 1');
    await settled();
    expect(out.map(({ questions }) => questions)).toEqual([[1], [2, 3]]);
    out[1]?.answer();
    expect(await Promise.all(later)).toEqual(['answer 2', 'answer 3']);
  });

  it('asks no more than it may at once, and the rest next', async () => {
    const { out, ask } = asking(2);
    const all = Promise.all([ask(1), ask(2), ask(3)]);
    await settled();
    out[0]?.answer();
    await settled();
    out[1]?.answer();
    expect(await all).toEqual(['answer 1', 'answer 2', 'answer 3']);
    expect(out.map(({ questions }) => questions)).toEqual([[1, 2], [3]]);
  });

  it('fails for those who asked together, and goes on', async () => {
    const { out, ask } = asking();
    const failing = [ask(1), ask(2)];
    await settled();
    out[0]?.fail();
    expect((await Promise.allSettled(failing)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = ask(3);
    await settled();
    out[1]?.answer();
    expect(await next).toBe('answer 3');
  });

  it('waits no longer than a moment for a slow one', async () => {
    const { out, ask } = asking();
    void ask(1);
    await settled();
    const second = ask(2);
    await expect.poll(() => out.length).toBe(2);
    out[1]?.answer();
    expect(await second).toBe('answer 2');
  });
});
