// The desk in a real browser: what it loads first, how long a key takes until it is painted, and whether long lists and threads scroll and take
// letters without a frame that is late.
import type { CDPSession, Page } from 'playwright-core';
import { bytesOfFirstScripts } from '../e2e/first-scripts.ts';
import { prepareChromium } from './chromium.ts';
import { sessionToken } from './corpus.ts';
import { listenToInputs, type Motion, motionDuring } from './frames.ts';
import { pause, quantile } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, type Running, repeated, rounds, run, usualCases } from './running.ts';

const threadLength = 2_000;
const listLength = Math.min(50_000, usualCases / 2);
const ascending = (a: number, b: number): number => a - b;
const at = (all: readonly number[], share: number): number => quantile(all.toSorted(ascending), share);

const openChromium = await prepareChromium('desk');

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const browser = await openChromium();
  try {
    const long = await growThread(running);
    await promise(running);
    await ship(running);
    const customerOf = await customersOfWaiting(running);
    const url = `http://127.0.0.1:${running.port}`;
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE' });
    await context.addCookies([{ name: 'nahbar_session', value: sessionToken('adviser1'), url }]);
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    const script = await bytesOfFirstScripts(page, `${url}/inbox/unassigned`);
    const inputs = await listenToInputs(page);
    const { result, cost } = await costOf(running, async () => {
      const keys = (await repeated(() => useKeys(page, inputs))).flat();
      const opened = await openOneByOne(page, customerOf);
      const list = await scrollList(page, cdp, `${url}/inbox/resolved`);
      const thread = await useThread(page, cdp, `${url}/inbox/open/${long}`);
      return { keys, opened, list, thread };
    });
    report({
      bench: 'desk',
      database: running.database.version,
      busy: cost.busy,
      loadBefore,
      figures: [
        {
          what: 'script when the first line of the inbox stands on screen, compressed',
          unit: 'KB',
          value: script / 1_000,
          goal: { atMost: 200 },
        },
        { what: `key to next paint, ${result.keys.length} keys: p95`, unit: 'ms', value: at(result.keys, 0.95), goal: { atMost: 50 } },
        { what: 'key to next paint: slowest', unit: 'ms', value: Math.max(...result.keys) },
        {
          what: 'from the key to case, promises, last order, its tracking and thread on screen: p95',
          unit: 'ms',
          value: at(result.opened, 0.95),
          goal: { atMost: 1_000 },
        },
        {
          what: 'from the key to case, promises, last order, its tracking and thread on screen: p50',
          unit: 'ms',
          value: at(result.opened, 0.5),
        },
        ...frames(`list of ${listLength.toLocaleString('en')}, scrolling`, result.list),
        ...frames(`thread of ${threadLength.toLocaleString('en')}, scrolling`, result.thread.scrolling),
        ...frames(`thread of ${threadLength.toLocaleString('en')}, typing`, result.thread.typing, true),
      ],
    });
  } finally {
    await browser.close();
    await running.stop();
  }
}

/** What scrolls is late when a frame is dropped; what is typed, as soon as a task takes longer than a frame. */
function frames(what: string, { tasks, shown, dropped }: Motion, isTyping = false) {
  return [
    { what: `${what}: frames dropped, by the browser's own report`, unit: `of ${shown + dropped}`, value: dropped, goal: { atMost: 0 } },
    {
      what: `${what}: longest task of the page`,
      unit: 'ms',
      value: Math.max(0, ...tasks.map(({ took }) => took)),
      ...(isTyping ? { goal: { atMost: 16 } } : {}),
    },
    { what: `${what}: tasks over 16 ms`, unit: `of ${tasks.length}`, value: tasks.filter(({ took }) => took > 16).length },
    { what: `${what}: tasks that computed for over 16 ms`, unit: '', value: tasks.filter(({ computed }) => computed > 16).length },
  ];
}

/** One open conversation gets as many messages as the thread is to have. */
async function growThread({ sql }: Running): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from conversations where state = 'queued' and assignee_id is null and last_seq = 3 order by id limit 1`,
  );
  const id = rows[0]?.id;
  if (!id) throw new Error('No open conversation in the corpus.');
  await sql.query(
    `insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_id, author_name, envelope, subject, text, delivery, at, created_at)
      select gen_random_uuid(), $1, m.last + n, 'message', s.direction, 'private', s.author_kind, s.author_id, s.author_name, s.envelope, s.subject,
        n || '. ' || s.text, s.delivery, m.at + n * interval '1 minute', m.at + n * interval '1 minute'
      from generate_series(1, $2::int) n, (select max(seq) as last, max(at) as at from messages where conversation_id = $1) m,
        lateral (select * from messages where conversation_id = $1 and seq = 2 + n % 2) s`,
    [id, threadLength - 3],
  );
  await sql.query(`update conversations set last_seq = $2, version = version + 1 where id = $1`, [id, threadLength]);
  return id;
}

/** In every case of an unowned conversation something is promised, by whose text it is known on screen. */
async function promise({ sql }: Running): Promise<void> {
  await sql.query(
    `insert into statements (id, case_id, kind, text, due_to, alarm_at, owner_id, state, said_by, said_at, channel, conversation_id, created_at)
      select gen_random_uuid(), c.case_id, 'commitment', 'Rückruf ' || c.id, now() + interval '1 day', now() + interval '23 hours', p.id, 'open', p.id, now(), 'email', c.id, now()
      from conversations c, (select id from people order by id limit 1) p where c.state = 'queued' and c.assignee_id is null`,
  );
}

/** Every customer has five orders, the last of them on its way: by their own ids it is known whose stands on screen, the order and its parcel each for itself. */
async function ship({ sql }: Running): Promise<void> {
  await sql.query(
    `insert into orders (id, customer_id, reference, revision, placed_at, status, total_amount, currency, lines, reported_at)
      select gen_random_uuid(), c.id, 'HK-' || n || '-' || c.id, 1, now() - n * interval '20 days', case n when 1 then 'shipped' else 'delivered' end, 8990, 'EUR',
        '[{"name": "Wasserkocher", "quantity": 1}, {"name": "Geschirrtuch", "quantity": 2}]', now()
      from customers c, generate_series(1, 5) n`,
  );
  await sql.query(
    `insert into shipments (order_id, position, carrier, tracking_number, tracking_url, status, scan_what, scan_place, scan_at, promised_to, next_step)
      select id, 0, 'Hanse Paket', 'HP1001', 'https://verfolgen.example/HP1001', case status when 'shipped' then 'transit' else 'delivered' end,
        'Im Paketzentrum bearbeitet', 'Leipzig', now() - interval '6 hours', now() + interval '1 day', 'Zustellung an ' || customer_id from orders`,
  );
  await sql.query('analyze orders, shipments');
}

/** What an adviser presses in a minute: through the list, into conversations and back, the palette, the help, the theme. */
async function useKeys(page: Page, inputs: { take(pressed: number): Promise<number[]> }): Promise<number[]> {
  let pressed = 0;
  const press = async (key: string, waitMilliseconds = 60) => {
    await page.keyboard.press(key);
    pressed += 1;
    await pause(waitMilliseconds);
  };
  await page.locator('[data-list]').focus();
  for (let n = 0; n < 25; n += 1) await press('j');
  for (let n = 0; n < 10; n += 1) await press('k');
  for (let n = 0; n < 6; n += 1) {
    await press('Enter', 400);
    await press('j', 400);
    await press('u');
  }
  for (const text of ['posteingang', 'einstellungen', 'rechnung']) {
    await press('Control+k', 200);
    for (const letter of text) await press(letter);
    await press('Escape', 200);
  }
  // Fetched when it is first asked for: what closes it must not come before it.
  await press('?');
  await page.getByRole('dialog').waitFor();
  await press('Escape', 200);
  return inputs.take(pressed);
}

/** Whose each conversation is that nobody owns yet. */
async function customersOfWaiting({ sql }: Running): Promise<Record<string, string>> {
  const { rows } = await sql.query<{ id: string; customer: string }>(
    `select id, customer_id as customer from conversations where state = 'queued' and assignee_id is null`,
  );
  return Object.fromEntries(rows.map(({ id, customer }) => [id, customer]));
}

/** From just before the keys that go to the next conversation and open it to its thread, its case, what was promised in it, and the customer's last order with its tracking. */
async function openOneByOne(page: Page, customerOf: Readonly<Record<string, string>>): Promise<number[]> {
  const opened: number[] = [];
  await page.evaluate((all) => void Object.assign(window, { customerOf: all }), customerOf);
  await page.locator('[data-list]').focus();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  for (let n = 0; n < 10 * rounds; n += 1) {
    await pause(1_000);
    await page.locator('[data-list]').focus();
    // Begun before the key is pressed, whichever the browser would take first.
    await page.evaluate(() => {
      const activeId = () => document.querySelector('[data-list]')?.getAttribute('aria-activedescendant')?.slice(-36);
      const before = activeId();
      const begun = performance.now();
      const { customerOf: customers } = window as unknown as { customerOf: Record<string, string> };
      const shown = new Promise<number>((resolve, reject) => {
        const look = () => {
          const id = activeId();
          const isThere =
            id !== before &&
            document.querySelector('article') &&
            [...document.querySelectorAll('aside')].some(({ textContent }) =>
              [`Rückruf ${id}`, `HK-1-${customers[id ?? '']}`, `Zustellung an ${customers[id ?? '']}`].every((text) =>
                textContent?.includes(text),
              ),
            );
          if (isThere) setTimeout(() => resolve(performance.now() - begun));
          else if (performance.now() - begun > 30_000) reject(new Error(`Not all of ${id} and ${customers[id ?? '']} came on screen.`));
          else requestAnimationFrame(look);
        };
        look();
      });
      shown.catch(() => {});
      Object.assign(window, { shown });
    });
    await page.keyboard.press('j');
    await page.locator('[data-list]').press('Enter');
    opened.push(await page.evaluate(() => (window as unknown as { shown: Promise<number> }).shown));
  }
  return opened;
}

/** Reads the list to its fifty-thousandth line, then scrolls through it. */
async function scrollList(page: Page, cdp: CDPSession, address: string): Promise<Motion> {
  await page.goto(address);
  await page.getByRole('option').first().waitFor();
  const length = await page.locator('[data-list]').evaluate(
    (list, wanted) =>
      new Promise<number>((resolve) => {
        let last = 0;
        const look = () => {
          const there = Number(list.querySelector('[role=option]')?.getAttribute('aria-setsize') ?? 0);
          if (there >= wanted) return resolve(there);
          if (there !== last) list.scrollTop = list.scrollHeight;
          last = there;
          setTimeout(look, 5);
        };
        look();
      }),
    listLength,
  );
  if (length < listLength) throw new Error(`The list has ${length} lines only.`);
  const box = await page.locator('[data-list]').boundingBox();
  return motionDuring(page, () => scroll(cdp, { x: (box?.x ?? 0) + 100, y: (box?.y ?? 0) + 300, by: 40_000 }));
}

/** Reads a thread to its beginning, scrolls through it, and writes an answer below it. */
async function useThread(page: Page, cdp: CDPSession, address: string): Promise<{ scrolling: Motion; typing: Motion }> {
  await page.goto(address);
  await page.locator('article').first().waitFor();
  const region = page.getByRole('region', { name: 'Verlauf' });
  while ((await region.locator('article').count()) < threadLength) {
    await region.evaluate((element) => void (element.scrollTop = 0));
    const older = region.getByRole('button', { name: /Ältere Nachrichten/ });
    // Scrolled to, it asks by itself, and with the last page it goes.
    if (await older.isVisible()) await older.click({ timeout: 1_000 }).catch(() => {});
    await pause(50);
  }
  const box = await region.boundingBox();
  const scrolling = await motionDuring(page, () => scroll(cdp, { x: (box?.x ?? 0) + 200, y: (box?.y ?? 0) + 200, by: 40_000 }));
  await page.keyboard.press('Escape');
  const answer = page.getByRole('textbox', { name: /Antwort an/ });
  await answer.click();
  // As elsewhere what is measured is what goes on and on: what the first letters compile and what reading the whole thread left to be cleared away come before it.
  await page.keyboard.type('Vielen Dank für Ihre Geduld. ', { delay: 40 });
  await pause(1_000);
  // By the keyboard alone: looking the field up among all elements would be a task of the page, too.
  const typing = await motionDuring(page, async () => {
    await page.keyboard.type('Guten Tag, Ihr Paket ist unterwegs und kommt morgen an, versprochen. '.repeat(2), { delay: 40 });
  });
  await answer.fill('');
  return { scrolling, typing };
}

/** As a wheel that turns fast: down, and up again. */
async function scroll(cdp: CDPSession, { x, y, by }: { x: number; y: number; by: number }): Promise<void> {
  for (const yDistance of [-by, by])
    await cdp.send('Input.synthesizeScrollGesture', { x, y, yDistance, speed: 8_000, gestureSourceType: 'mouse' });
}
