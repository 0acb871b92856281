import fs from 'node:fs';
import path from 'node:path';
import { type Figure, isMet, type Results, shown } from './report.ts';

/** Best rival of each row, measured on the same machine and corpus (see `rivals` below for how). */
const rows: { bench: string; title: string; rival: string }[] = [
  {
    bench: 'receive',
    title: 'Mail in: parsed, threaded, committed, searchable; half of them replies; 4 SMTP connections',
    rival: 'FreeScout 6.6/s, 141 ms CPU; Request Tracker 6.4/s',
  },
  {
    bench: 'mails',
    title: 'Mails of known truth, while who takes them is killed; and a mailbox after three days without us',
    rival:
      'FreeScout threads by References only, Request Tracker by a number in the subject only; Chatwoot never fetches what is older than a day',
  },
  { bench: 'queue', title: 'Open queue, 50 rows, JSON, 16 clients', rival: 'FreeScout page 20/s, 92 ms CPU; OTOBO API 12.6/s, p95 1.65 s' },
  { bench: 'case', title: 'One case with 20 messages, 16 clients', rival: 'OTOBO API 38/s, 46 ms CPU' },
  {
    bench: 'claim',
    title: 'Take an unowned conversation: 16 advisers, 500 conversations, all see the same eight',
    rival: 'Request Tracker 10/s, 0 twice; OTOBO 100, FreeScout 437, Peppermint 436 of 500 taken twice',
  },
  { bench: 'screen', title: 'From the 250 of a mail to its line on four advisers’ screens, in Chromium', rival: 'they poll' },
  {
    bench: 'desk',
    title: 'The desk in Chromium: first load, keys, a list of 50,000 and a thread of 2,000 messages',
    rival: 'not measured',
  },
  { bench: 'stream', title: 'From commit to the browsers', rival: 'they poll' },
  {
    bench: 'advisers',
    title: 'Advisers at their screens: 200 events a second, two web and two worker processes, kills',
    rival: 'Zammad is out of breath at 50 agents, since each of its lists is computed for each of them',
  },
  { bench: 'chat', title: 'Chat: 2,000 visitors at once, 100 messages and 20 answers a second', rival: 'not measured yet' },
  {
    bench: 'search',
    title: 'Search: 140 judged searches (nDCG@10), and how long one takes in 300,000 messages',
    rival: 'pattern match of letters, newest first, as the target of each line of nDCG shows',
  },
  {
    bench: 'clocks',
    title: 'Due times: 100,000 customers wait and the service levels change; and when it rings',
    rival: 'Libredesk looks every five minutes, Chatwoot too',
  },
  {
    bench: 'offers',
    title: 'Offering work: 2,000 advisers free at once, 20,000 customers waiting',
    rival: 'not measured',
  },
  {
    bench: 'claims-raced',
    title: 'Claims, reliefs, releases and answers, 64 clients through two web processes, the event log checked afterwards',
    rival: 'Request Tracker 10 takes/s with 16 people, 0 twice; three of four let 100 to 437 of 500 be taken twice',
  },
  {
    bench: 'simulate',
    title: 'A working day, simulated: mail receiver, chat, public posts, routing and advisers, as fast as it goes',
    rival: 'not measured',
  },
  {
    bench: 'growth',
    title: 'Growth: list, case, search and the heaviest report with ever more cases',
    rival: 'Chatwoot asks nothing older than three months',
  },
  {
    bench: 'memory',
    title: 'Memory of all processes (Pss)',
    rival: 'FreeScout 38–77 MiB, OTOBO 100–1,923 MiB, Request Tracker 223–3,646 MiB, each without its PostgreSQL',
  },
  { bench: 'start', title: 'From `npm start` to ready', rival: '0.4–1.9 s, installed and built before' },
];

/** Writes README.md anew from the results; nobody edits it. */
export function writePage({ machine, results }: Results): void {
  const databases = [...new Set(results.map((r) => r.database))].toSorted();
  const lines = [
    '# What is measured, and against what',
    '',
    '`npm run bench` measures everything, `npm run bench NAME` one of: ' + rows.map((row) => `\`${row.bench}\``).join(', ') + '.',
    'This page is written by the benches (`BENCH_SAVE=1`); the text around the figures stands in `page.ts`.',
    '',
    `Machine: ${machine.system}, ${machine.cores} cores (${machine.processor}), ${machine.memoryGiB} GiB, Node ${machine.node}. The load driver runs on the same cores.`,
    'Corpus: 100,000 cases, 300,000 messages of 75 words (Zipf), 20,000 customers, 9 teams, 16 advisers who see all of them, 20,000 open conversations,',
    'half of them unowned, written as the product writes them, raw mails included. PostgreSQL with its own, safe settings (`fsync` and `synchronous_commit` on).',
    'Each figure is the median of three rounds; of growth the times are the worst of three. *Limit* is bare SQL through the same driver with the same clients, or the bare `ws` library, in the same run.',
    '*CPU* is what our processes and PostgreSQL used for one operation, the driver not included: the figure that survives a busy machine. *Busy* tells how',
    'busy the machine was while we measured, our own load included, and the load average just before: above 1, something else ran as well.',
    '',
  ];
  for (const { bench, title, rival } of rows) {
    const mine = results.filter((r) => r.bench === bench);
    if (mine.length === 0) continue;
    const whats = [...new Set(mine.flatMap((r) => r.figures.map((f) => f.what)))];
    lines.push(
      `## ${title}`,
      '',
      `Best rivals: ${rival}.`,
      '',
      `| | target | ${databases.map((d) => `PostgreSQL ${d} | limit | share of it`).join(' | ')} |`,
      `|---|---|${databases.map(() => '---:|---:|---:|').join('')}`,
    );
    for (const what of whats) {
      const cells = databases.map((database) => {
        const figure = mine.find((r) => r.database === database)?.figures.find((f) => f.what === what);
        return figure ? cellsOf(figure) : ' | | ';
      });
      const sample = mine.flatMap((r) => r.figures).find((f) => f.what === what) as Figure;
      lines.push(`| ${what} | ${goalOf(sample)} | ${cells.join(' | ')} |`);
    }
    lines.push(
      '',
      `Measured ${mine.map((r) => `${r.at} UTC on ${r.database} (busy ${Math.round(r.busy * 100)} %, load before ${r.loadBefore})`).join('; ')}.`,
      '',
    );
  }
  const notes = path.join(import.meta.dirname, 'notes.md');
  if (fs.existsSync(notes)) lines.push(fs.readFileSync(notes, 'utf8').trim(), '');
  fs.writeFileSync(path.join(import.meta.dirname, 'README.md'), lines.join('\n'));
}

function cellsOf(figure: Figure): string {
  const mark = figure.goal ? (isMet(figure) ? '' : ' ✗') : '';
  const share = figure.limit ? `${Math.round((figure.value / figure.limit) * 100)} %` : '';
  return `${shown(figure.value)} ${figure.unit}${mark} | ${figure.limit === undefined ? '' : `${shown(figure.limit)} ${figure.unit}`} | ${share}`;
}

const goalOf = ({ goal, unit }: Figure): string =>
  goal ? ('atLeast' in goal ? `≥ ${goal.atLeast.toLocaleString('en')} ${unit}` : `≤ ${goal.atMost.toLocaleString('en')} ${unit}`) : '';
