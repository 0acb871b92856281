import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelTools } from '../../../../contract/channel.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { toolsFor } from '../registry/tools.ts';
import { createAccount } from '../testing.ts';
import { join, tellThread, toldByProcess } from './lines.ts';
import { eraseThreadNotes, sweepThreads } from './queries.ts';

let h: TestHouse;
let accountId = '';
let threads: ChannelTools['threads'];
beforeAll(async () => {
  h = await testHouse({}, { upTo: 'channels' });
  accountId = (await createAccount(h)).id;
  ({ threads } = toolsFor(h.house.platform, 'echo'));
});
afterAll(() => h.close());

const kept = async (): Promise<string[]> =>
  (await h.db.query<{ key: string }>(sql`select thread_key as key from channel_threads order by 1`)).map(({ key }) => key);

describe('what a channel keeps of a thread', () => {
  it('is changed by one at a time, each seeing what the one before it left', async () => {
    await Promise.all(
      Array.from({ length: 12 }, () =>
        threads.keep(accountId, 'counted', (before) => ({ n: ((before as { n?: number } | null)?.n ?? 0) + 1 })),
      ),
    );
    expect(await threads.note(accountId, 'counted')).toEqual({ n: 12 });
  });

  it('stays as it is where nothing is to be changed, is nothing at first, and goes when the thread is erased', async () => {
    expect(await threads.note(accountId, 'unknown')).toBeNull();
    await threads.keep(accountId, 'kept', () => ({ address: 'klein' }));
    expect(await threads.keep(accountId, 'kept', () => undefined)).toBeUndefined();
    expect(await threads.note(accountId, 'kept')).toEqual({ address: 'klein' });
    await eraseThreadNotes(h, [{ accountId, threadKey: 'kept' }]);
    expect(await threads.note(accountId, 'kept')).toBeNull();
    expect(await threads.note(accountId, 'counted')).toEqual({ n: 12 });
  });
});

describe('whoever has a line open', () => {
  it('is there, also for a process elsewhere, until it is closed; one that breaks unheard counts for half a minute more', async () => {
    const thread = { accountId, threadKey: 'open' };
    const leave = join(h.house.platform, thread, () => {});
    const other = join(h.house.platform, thread, () => {});
    await expect.poll(() => threads.isHere(accountId, 'open')).toBe(true);
    leave();
    h.clock.advance(20_000);
    expect(await threads.isHere(accountId, 'open')).toBe(true);
    other();
    await expect
      .poll(() =>
        h.db.one<{ at: Date }>(sql`select here_until as at from channel_threads where thread_key = 'open'`).then(({ at }) => at.getTime()),
      )
      .toBeLessThan(h.clock.now().getTime() + 11_000);
    h.clock.advance(11_000);
    expect(await threads.isHere(accountId, 'open')).toBe(false);
  });

  it('hears what is told in this process and in others, of the own thread and no other', () => {
    const heard: unknown[] = [];
    const leave = join(h.house.platform, { accountId, threadKey: 'mine' }, (news) => heard.push(news));
    tellThread(h.house.platform, { accountId, threadKey: 'mine' }, { kind: 'changed' });
    tellThread(h.house.platform, { accountId, threadKey: 'other' }, { kind: 'changed' });
    toldByProcess(h.house.platform, 'p2', { accountId, threadKey: 'mine', news: { kind: 'writing', is: true } });
    for (const nonsense of [{}, { accountId, threadKey: 'mine', news: { kind: 'unheard of' } }])
      toldByProcess(h.house.platform, 'p2', nonsense);
    expect(heard).toEqual([{ kind: 'changed' }, { kind: 'writing', is: true }]);
    leave();
    tellThread(h.house.platform, { accountId, threadKey: 'mine' }, { kind: 'changed' });
    expect(heard).toHaveLength(2);
  });

  it('leaves nothing behind an hour after having said nothing', async () => {
    // Who is there is noted beside what goes on, so it may come last.
    await expect.poll(kept).toEqual(['counted', 'mine', 'open']);
    h.clock.advance(2 * 3_600_000);
    expect(await sweepThreads(h.db, h.clock.now())).toBe(2);
    expect(await kept()).toEqual(['counted']);
    expect(await threads.note(accountId, 'counted')).toEqual({ n: 12 });
  });
});
