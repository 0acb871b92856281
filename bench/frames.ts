import type { Page } from 'playwright-core';

/** Nothing shorter is told of an input: it took at most this. */
const shortest = 16;

/** Hears from the browser how long each input took to the next paint (Event Timing); `take` gives one figure for each key that was pressed since. */
export async function listenToInputs(page: Page): Promise<{ take(pressed: number): Promise<number[]> }> {
  await page.evaluate(() => {
    const longest = new Map<number, number>();
    Object.assign(window, { inputsTaken: longest });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId) longest.set(entry.interactionId, Math.max(longest.get(entry.interactionId) ?? 0, entry.duration));
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  return {
    take: async (pressed) => {
      const told = await page.evaluate(() => {
        const longest = (window as unknown as { inputsTaken: Map<number, number> }).inputsTaken;
        const all = [...longest.values()];
        longest.clear();
        return all;
      });
      return [...told, ...Array.from({ length: Math.max(0, pressed - told.length) }, () => shortest)];
    },
  };
}

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string; frame_reporter?: { state: string; affects_smoothness: boolean } };
}

/** A task of the page's main thread, in milliseconds: by the clock, and what of it the thread computed. The rest it stood still for another program on the same cores. */
export interface Task {
  took: number;
  computed: number;
}

/** What went on in a page: its tasks, and the frames of what moved, as the browser itself reports them. */
export interface Motion {
  tasks: Task[];
  shown: number;
  dropped: number;
}

/** Nothing more is traced, for tracing takes time. What scrolls is moved beside the main thread: a task that takes long does not make every frame late. */
export async function motionDuring(page: Page, work: () => Promise<void>): Promise<Motion> {
  const events: TraceEvent[] = [];
  const browser = page.context().browser();
  if (!browser) throw new Error('The page has no browser.');
  const session = await browser.newBrowserCDPSession();
  session.on('Tracing.dataCollected', ({ value }) => void events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['toplevel', '__metadata', 'disabled-by-default-devtools.timeline.frame'],
      excludedCategories: ['*'],
    },
  } as never);
  await work();
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const mains = new Set(
    events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain').map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events
    .filter(({ name, pid, tid, dur }) => name === 'ThreadControllerImpl::RunTask' && dur !== undefined && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0, tdur = dur }) => ({ took: dur / 1_000, computed: tdur / 1_000 }));
  const frames = events.flatMap(({ name, args }) => (name === 'PipelineReporter' && args?.frame_reporter ? [args.frame_reporter] : []));
  return {
    tasks,
    shown: frames.filter(({ state }) => state === 'STATE_PRESENTED_ALL').length,
    dropped: frames.filter((frame) => frame.state === 'STATE_DROPPED' && frame.affects_smoothness).length,
  };
}
