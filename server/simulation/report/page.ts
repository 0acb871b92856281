import { type Way, ways } from '../generator/arrivals.ts';
import { isProven } from './check.ts';
import { type Figures, targetMinutes, type WayFigures } from './figures.ts';

export const wayNames: Readonly<Record<Way, string>> = { mail: 'Mail', chat: 'Chat', post: 'Public post' };

const leftOutNames: Readonly<Record<string, string>> = { phone: 'calls', paper: 'fax and letters', other: 'all other ways' };

export const percent = (share: number | null): string => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
const whole = (count: number): string => count.toLocaleString('en');
const milliseconds = (time: number | null): string => (time === null ? '–' : `${time < 10 ? time.toFixed(1) : Math.round(time)} ms`);

/** Seconds, minutes or hours, whatever is read most easily. */
export const span = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : seconds < 5_400 ? `${(seconds / 60).toFixed(1)} min` : `${(seconds / 3_600).toFixed(1)} h`;

/** The report as a page: every figure with what it counts, and of how many. */
export function pageOf(figures: Figures, picture: string): string {
  const { day, seed, advisers, lookSeconds, mix, proof, measured, fairness } = figures;
  return `# A working day, simulated

${day}, ${whole(advisers)} advisers, seed ${seed}, a look every ${lookSeconds} virtual seconds.

**${isProven(proof) ? 'Nothing lost, nothing doubled.' : 'Something was lost or doubled.'}**

![${describe(figures)}](${picture})

| | ${ways.map((way) => wayNames[way]).join(' | ')} |
|---|${ways.map(() => '---:').join('|')}|
${wayRows(figures)
  .map(([what, ...values]) => `| ${what} | ${values.join(' | ')} |`)
  .join('\n')}

${mix.played} of a hundred contacts come by the ways that are played. Left out are ${Object.entries(mix.leftOut)
    .map(([way, count]) => `${leftOutNames[way] ?? way} (${count})`)
    .join(', ')}: none of them has a channel here yet.

Service level is F6: in time of all who came, without those who gave up within five seconds and those whose answer was not due yet at the end. A mail is due after ${targetMinutes.mail} minutes of opening hours, a chat after ${targetMinutes.chat}, what everybody reads after ${targetMinutes.post} minutes of any hour, of the night too, in which nobody is at a desk. Waiting runs by the clock on the wall, the night included.

| | |
|---|---:|
| messages handed in and confirmed | ${whole(figures.messagesIn)} |
| of them handed in once more | ${whole(figures.handedInAgain)} |
| answers accepted from advisers | ${whole(figures.answers)} |
| first answers overdue, by the system’s own clocks | ${whole(figures.rang)} |
| fairness: Jain’s index of what was offered for the time at the desk, all advisers together | ${fairness === null ? '–' : fairness.toFixed(3)} |
| messages lost | ${proof.lostIn} |
| messages doubled | ${proof.doubledIn} |
| answers lost | ${proof.lostOut} |
| answers doubled | ${proof.doubledOut} |
| customers answered twice | ${proof.answeredTwice} |
${Object.entries(figures.refused)
  .map(([code, times]) => `| refused: ${code} | ${whole(times)} |\n`)
  .join('')}
Lost and doubled are counted from three sides that know nothing of each other: what customers handed in and advisers had accepted, what the database holds, and what the customers’ mail server, the visitors’ pages and the wall that everybody reads got.

Measured on this machine, and different each time:

| | |
|---|---:|
| deciding who is offered what, all that wait and all who are free at once: p50 of ${whole(measured.looks)} | ${milliseconds(measured.lookP50)} |
| p95 | ${milliseconds(measured.lookP95)} |
| setting the company up | ${measured.setUpSeconds.toFixed(1)} s |
| the day | ${measured.daySeconds.toFixed(1)} s |
| conversations a second | ${measured.conversationsPerSecond.toFixed(1)} |
`;
}

function wayRows({ ways: of }: Figures): string[][] {
  const row = (what: string, value: (figures: WayFigures) => string) => [what, ...ways.map((way) => value(of[way]))];
  const waited = (pick: (waited: NonNullable<WayFigures['waited']>) => number) => (figures: WayFigures) =>
    figures.waited ? span(pick(figures.waited)) : '–';
  return [
    row('wrote for the first time', ({ arrived }) => whole(arrived)),
    row('**service level**', ({ serviceLevel }) => `**${percent(serviceLevel)}**`),
    row('first answers', ({ answered }) => whole(answered)),
    row('in time', ({ inTime }) => whole(inTime)),
    row('overdue at the end', ({ overdue }) => whole(overdue)),
    row('not due yet at the end', ({ notYetDue }) => whole(notYetDue)),
    row('gone before the answer', ({ abandoned }) => whole(abandoned)),
    row(
      'waited: half of them',
      waited(({ p50 }) => p50),
    ),
    row(
      'nine of ten',
      waited(({ p90 }) => p90),
    ),
    row(
      '99 of 100',
      waited(({ p99 }) => p99),
    ),
    row(
      'longest',
      waited(({ most }) => most),
    ),
  ];
}

/** The picture in words. */
export function describe({ day, advisers, ways: of }: Figures): string {
  const parts = ways.map((way) => {
    const { arrived, serviceLevel, waited } = of[way];
    return `${wayNames[way]}: ${whole(arrived)} came, ${percent(serviceLevel)} in time${waited ? `, half of the answered waited up to ${span(waited.p50)}` : ''}`;
  });
  return `Arrivals and waiting customers over the day ${day} with ${whole(advisers)} advisers. ${parts.join('; ')}.`;
}
