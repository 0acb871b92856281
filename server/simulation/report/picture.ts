import { type Way, ways } from '../generator/arrivals.ts';
import type { Played } from '../play.ts';
import { isProven } from './check.ts';
import type { Figures } from './figures.ts';
import { describe, percent, wayNames } from './page.ts';

const colours: Readonly<Record<Way, string>> = { mail: '#1d4ed8', chat: '#b45309', post: '#15803d' };
const dashes: Readonly<Record<Way, string>> = { mail: '', chat: '6 3', post: '2 3' };
const fills: Readonly<Record<Way, number>> = { mail: 1, chat: 0.55, post: 0.25 };
const width = 900;
const left = 64;
const right = 24;
const panel = { height: 150, first: 96, second: 306 };
const hours = 24;

/** The day as a picture: above, who came in each half hour; below, how many waited. Light, and told apart without colour. */
export function pictureOf({ visits, samples }: Pick<Played, 'visits' | 'samples'>, figures: Figures): string {
  const slots = 2 * hours;
  const came = Object.fromEntries(ways.map((way) => [way, Array.from({ length: slots }, () => 0)])) as Record<Way, number[]>;
  for (const { way, at } of visits)
    came[way][Math.min(slots - 1, Math.floor(at / 1_800_000))] = (came[way][Math.floor(at / 1_800_000)] ?? 0) + 1;
  const mostCame = niceAbove(Math.max(1, ...came.mail.map((_, slot) => ways.reduce((sum, way) => sum + (came[way][slot] ?? 0), 0))));
  const mostWaiting = niceAbove(Math.max(1, ...samples.flatMap(({ waiting }) => ways.map((way) => waiting[way]))));
  const { proof, fairness } = figures;
  const parts = [
    text(left, 34, 'A working day, simulated', { size: 20, weight: 600 }),
    text(left, 58, `${figures.day}, ${figures.advisers.toLocaleString('en')} advisers, seed ${figures.seed}`, {
      size: 13,
      fill: '#475569',
    }),
    text(left, panel.first - 12, 'Customers who wrote first, each half hour', { size: 13, weight: 600 }),
    ...grid(panel.first, mostCame),
    ...bars(came, mostCame),
    text(left, panel.second - 12, 'Customers waiting for a first answer', { size: 13, weight: 600 }),
    ...grid(panel.second, mostWaiting),
    ...ways.map((way) => line(way, samples, mostWaiting)),
    ...axis(),
    ...legend(),
    text(
      left,
      520,
      ways
        .map(
          (way) =>
            `${wayNames[way]}: ${percent(figures.ways[way].serviceLevel)} in time (n ${figures.ways[way].arrived.toLocaleString('en')})`,
        )
        .join('    '),
      { size: 13 },
    ),
    text(
      left,
      542,
      `Fairness ${fairness === null ? '–' : fairness.toFixed(3)}    ${isProven(proof) ? 'Nothing lost, nothing doubled' : `Lost ${proof.lostIn + proof.lostOut}, doubled ${proof.doubledIn + proof.doubledOut + proof.answeredTwice}`}`,
      { size: 13 },
    ),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} 560" role="img" aria-labelledby="title description" font-family="system-ui, sans-serif">
<title id="title">A working day, simulated</title>
<desc id="description">${escaped(describe(figures))}</desc>
<rect width="${width}" height="560" fill="#ffffff"/>
${parts.join('\n')}
</svg>
`;
}

const xAt = (milliseconds: number): number => left + ((width - left - right) * milliseconds) / (hours * 3_600_000);
const yAt = (top: number, value: number, most: number): number => top + panel.height * (1 - value / most);
const rounded = (value: number): string => value.toFixed(1).replace(/\.0$/, '');

function bars(came: Readonly<Record<Way, readonly number[]>>, most: number): string[] {
  return came.mail.flatMap((_, slot) => {
    const x = xAt(slot * 1_800_000) + 1;
    const wide = xAt(1_800_000) - left - 2;
    let top = 0;
    return ways.flatMap((way) => {
      const count = came[way][slot] ?? 0;
      top += count;
      return count > 0
        ? [
            `<rect x="${rounded(x)}" y="${rounded(yAt(panel.first, top, most))}" width="${rounded(wide)}" height="${rounded((panel.height * count) / most)}" fill="${colours[way]}" stroke="${colours[way]}"${fills[way] < 1 ? ` fill-opacity="${fills[way]}"` : ''}/>`,
          ]
        : [];
    });
  });
}

function line(way: Way, samples: Played['samples'], most: number): string {
  const points = samples.map(({ at, waiting }) => `${rounded(xAt(at))},${rounded(yAt(panel.second, waiting[way], most))}`);
  const dash = dashes[way] ? ` stroke-dasharray="${dashes[way]}"` : '';
  return `<polyline points="${points.join(' ')}" fill="none" stroke="${colours[way]}" stroke-width="2"${dash}/>`;
}

function grid(top: number, most: number): string[] {
  return [0, 0.5, 1].flatMap((share) => {
    const y = rounded(yAt(top, share * most, most));
    return [
      `<line x1="${left}" y1="${y}" x2="${width - right}" y2="${y}" stroke="${share === 0 ? '#475569' : '#e2e8f0'}"/>`,
      text(left - 8, Number(y) + 4, rounded(share * most), { size: 11, anchor: 'end', fill: '#475569' }),
    ];
  });
}

const axis = (): string[] =>
  Array.from({ length: 9 }, (_, n) => n * 3).map((hour) =>
    text(xAt(hour * 3_600_000), panel.second + panel.height + 18, `${hour}:00`, { size: 11, anchor: 'middle', fill: '#475569' }),
  );

const legend = (): string[] =>
  ways.flatMap((way, n) => {
    const x = width - right - 260 + n * 80;
    const dash = dashes[way] ? ` stroke-dasharray="${dashes[way]}"` : '';
    return [
      `<line x1="${x}" y1="30" x2="${x + 26}" y2="30" stroke="${colours[way]}" stroke-width="4"${dash}/>`,
      text(x + 32, 34, wayNames[way], { size: 13 }),
    ];
  });

/** The next of 2, 4, 10, 20, 40, 100 and so on, whose half is a whole number too. */
export function niceAbove(value: number): number {
  for (let power = 1; ; power *= 10) for (const step of [2, 4, 10]) if (step * power >= value) return step * power;
}

interface Look {
  size: number;
  weight?: number;
  anchor?: 'middle' | 'end';
  fill?: string;
}

const text = (x: number, y: number, words: string, { size, weight = 400, anchor, fill = '#0f172a' }: Look): string =>
  `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${size}" font-weight="${weight}" fill="${fill}"${anchor ? ` text-anchor="${anchor}"` : ''} xml:space="preserve">${escaped(words)}</text>`;

const escaped = (words: string): string => words.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
