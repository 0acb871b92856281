// From the 250 of a mail to its line on the screens of advisers who look at the queue, in a real browser, without anybody reloading.
import type { Browser, Page } from 'playwright-core';
import { prepareChromium } from './chromium.ts';
import { accountAddress, sessionToken } from './corpus.ts';
import { median, pause, quantile } from './measure.ts';
import { loadNow, report } from './report.ts';
import { costOf, kinds, repeated, run, usualCases } from './running.ts';
import { openSmtp } from './tasks/mail.ts';

const screens = 4;
const mailsPerRound = 25;
const ascending = (a: number, b: number): number => a - b;

const openChromium = await prepareChromium('screen');

for (const kind of kinds()) {
  const loadBefore = loadNow();
  const running = await run(kind, usualCases);
  const browser = await openChromium();
  try {
    const pages = await Promise.all(Array.from({ length: screens }, (_, n) => queueOf(browser, running.port, `adviser${n + 1}`)));
    const smtp = await openSmtp(running.smtpPort);
    const round = async (name: string): Promise<number[]> => {
      const delays: number[] = [];
      for (let n = 0; n < mailsPerRound; n += 1) {
        const subject = `Anzeige ${name} ${n}`;
        const shown = Promise.all(pages.map((page) => whenShown(page, subject)));
        const isAccepted = await smtp.deliver(mail(subject));
        const accepted = Date.now();
        if (!isAccepted) throw new Error(`The mail ${subject} was not accepted.`);
        delays.push(...(await shown).map((at) => at - accepted));
        // Not in step with anything that happens every so often.
        await pause(100 + Math.random() * 150);
      }
      return delays;
    };
    await round('warm');
    const measured = await repeated((n) => costOf(running, () => round(String(n))));
    smtp.end();
    const at = (share: number) => median(measured.map((m) => quantile(m.result.toSorted(ascending), share)));
    report({
      bench: 'screen',
      database: running.database.version,
      busy: median(measured.map((m) => m.cost.busy)),
      loadBefore,
      figures: [
        { what: 'p50', unit: 'ms', value: at(0.5) },
        { what: 'p95', unit: 'ms', value: at(0.95) },
        {
          what: `slowest of ${screens * mailsPerRound * measured.length}`,
          unit: 'ms',
          value: Math.max(...measured.flatMap((m) => m.result)),
          goal: { atMost: 1_000 },
        },
      ],
    });
  } finally {
    await browser.close();
    await running.stop();
  }
}

/** The unassigned conversations as this adviser sees them, newest first. */
async function queueOf(browser: Browser, port: number, name: string): Promise<Page> {
  const url = `http://127.0.0.1:${port}`;
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'de-DE' });
  await context.addCookies([{ name: 'nahbar_session', value: sessionToken(name), url }]);
  await context.addInitScript(() => localStorage.setItem('nahbar.sort.unassigned', 'newest'));
  const page = await context.newPage();
  await page.goto(`${url}/inbox/unassigned`);
  await page.getByRole('option').first().waitFor();
  return page;
}

/** When the subject stands on the page and was painted, by the clock that all processes of this machine share. */
function whenShown(page: Page, subject: string): Promise<number> {
  return page.evaluate(
    (text) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!document.querySelector('[role=listbox]')?.textContent?.includes(text)) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(Date.now())));
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, characterData: true });
        look();
      }),
    // Followed by something that no other subject has there.
    `${subject}!`,
  );
}

function mail(subject: string) {
  const id = crypto.randomUUID();
  const from = `anzeige-${id}@example.test`;
  const to = accountAddress(1);
  const content = [
    `From: Eva Blum <${from}>`,
    `To: <${to}>`,
    `Subject: ${subject}!`,
    `Message-ID: <${id}@example.test>`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'Das Paket war leer.',
    '',
  ].join('\r\n');
  return { from, to, content };
}
