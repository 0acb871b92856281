import { conversationEndpoints as conversations } from '../../contract/conversations.ts';
import type { Event } from '../platform/events/event.ts';
import { ways } from './generator/arrivals.ts';
import { planShifts, restOf, type Shift } from './generator/shifts.ts';
import { type DayPlan, planVisits, type Visit } from './generator/visits.ts';
import { type Company, setUpCompany } from './house/company.ts';
import { openMailRoute } from './house/mail-route.ts';
import type { Caught } from './house/mail-sink.ts';
import type { Posted } from './house/wall.ts';
import { openStage, type StageOptions } from './house/stage.ts';
import { type Adviser, adviser } from './people/adviser.ts';
import { createAgenda } from './people/agenda.ts';
import { customers, mailLane } from './people/customers.ts';
import { emptyLedger, type Ledger } from './people/ledger.ts';

export interface PlayOptions extends DayPlan, Pick<StageOptions, 'config' | 'log' | 'secret' | 'database' | 'modules'> {
  advisers: number;
  /** How much virtual time lies between two looks at what is due and who is free. */
  lookSeconds: number;
  /** The day is played from here, as if nobody had come before; 0 is midnight. */
  fromHour: number;
  /** The day ends then; 24 is midnight. */
  untilHour: number;
  /** Virtual seconds a real second may hold at most; Infinity is as fast as it goes. */
  speed: number;
  say(line: string): void;
  signal?: AbortSignal;
}

/** How it stood at one moment of the day. */
export interface Sample {
  /** Milliseconds after midnight. */
  at: number;
  arrived: Readonly<Record<Visit['way'], number>>;
  waiting: Readonly<Record<Visit['way'], number>>;
}

export interface Played {
  visits: readonly Visit[];
  shifts: readonly Shift[];
  midnight: number;
  /** From when on it was played, in milliseconds after midnight. */
  from: number;
  /** When the day ended, in milliseconds after midnight. */
  end: number;
  ledger: Ledger;
  samples: readonly Sample[];
  /** Real milliseconds of each look that gave something out. */
  decisions: readonly number[];
  /** Steps of virtual time in which something happened. */
  steps: number;
  seconds: { setUp: number; day: number };
}

/** What a desk hears over its socket, as far as somebody acts on it here; and what rings. */
const heardByDesks = ['routing.offered', 'routing.offer_ended', 'routing.answer_overdue', 'conversations.message_received'] as const;
type Heard = (typeof heardByDesks)[number];

/** Two cores have no more to do. */
const actsAtOnce = 16;
/** Who is at work when the day begins has come so long before. */
const joinsBefore = 60_000;
const sampleMilliseconds = 15 * 60_000;

/** Plays one day, or some hours of it, against the real house; what is left open then stays open. */
export async function playDay(options: PlayOptions): Promise<Played> {
  const from = options.fromHour * 3_600_000;
  const visits = planVisits(options).filter((visit) => visit.at >= from);
  const shifts = planShifts(options.advisers);
  const midnight = midnightInBerlin(options.day);
  const agenda = createAgenda();
  const ledger = emptyLedger(options.advisers);
  let caught: Caught[] = [];
  let posted: Posted[] = [];
  let heard: Event[] = [];
  const begun = performance.now();
  const stage = await openStage({
    ...options,
    // The evening before: the company has been set up when the day begins.
    start: new Date(midnight - 4 * 3_600_000),
    hears: {
      on: heardByDesks,
      tell: (event) => void heard.push(event),
    },
    onMail: (mail) => void caught.push(mail),
    onPosted: (one) => void posted.push(one),
  });
  try {
    const company = await setUpCompany(stage, options, (done) => {
      if (done % 100 === 0) options.say(`${done} advisers have joined.`);
    });
    const route = await openMailRoute(stage.door);
    const people = customers({ stage, company, route, agenda, ledger });
    people.come(visits, midnight);
    const answeredInPage = new Set<Visit>();
    const leftBehind = (id: string) =>
      agenda.add(stage.clock.now().getTime() + 60_000, 'lead', async () => {
        await stage.ask(company.lead.cookie, conversations.change, { id, assigneeId: null });
      });
    const desks = company.advisers.map(({ cookie }, place) =>
      adviser(cookie, place, {
        stage,
        agenda,
        ledger,
        leftBehind,
        byOrder: people.byOrder,
        answered: (visit) => void (visit.way === 'chat' && answeredInPage.add(visit)),
      }),
    );
    for (const [place, shift] of shifts.entries()) {
      const rest = restOf(shift, from - joinsBefore, place);
      if (rest) desks[place]?.work(rest, midnight);
    }
    const tell = tellDesks(company, desks, ledger, leftBehind);

    const samples: Sample[] = [];
    const decisions: number[] = [];
    let steps = 0;
    let hasActed = false;
    let sampleDue = from + sampleMilliseconds;
    const act = (until: number) =>
      agenda.run(until, actsAtOnce, ({ at: instant, lane, act: go }) => {
        // The mail receiver asks the clock in a connection of its own: there it is always the instant of the mail on its way.
        if (lane === mailLane) stage.clock.set(instant);
        return stage.clock.at(instant, go);
      });
    await act(midnight + from - 1);
    stage.clock.set(midnight + from);
    await stage.settle();
    const setUp = (performance.now() - begun) / 1_000;
    const start = performance.now();
    const step = options.lookSeconds * 1_000;
    const end = midnight + options.untilHour * 3_600_000;
    for (let at = midnight + from; at < end; ) {
      options.signal?.throwIfAborted();
      const next = agenda.next() ?? end;
      // What somebody did is followed by one more look, at which what came of it is given out; then nobody looks until somebody does something again.
      at = Math.min(hasActed ? at + step : Math.max(at + step, Math.ceil(next / step) * step), end);
      hasActed = (agenda.next() ?? Number.POSITIVE_INFINITY) <= at;
      await act(at);
      stage.clock.set(at);
      const took = await stage.look();
      await stage.settle();
      steps += 1;
      const [mails, posts, events] = [caught, posted, heard];
      [caught, posted, heard] = [[], [], []];
      people.read(mails, posts);
      for (const visit of [...answeredInPage].toSorted((a, b) => a.n - b.n)) await people.look(visit);
      answeredInPage.clear();
      if (events.some(({ type }) => type === 'routing.offered')) decisions.push(took);
      for (const event of events) tell(event);
      if (at - midnight >= sampleDue) {
        samples.push(sampleAt(at - midnight, visits, ledger));
        sampleDue = (Math.floor((at - midnight) / sampleMilliseconds) + 1) * sampleMilliseconds;
        if (samples.length % 4 === 0) options.say(progress(at - midnight, ledger, (performance.now() - start) / 1_000));
      }
      const early = (at - midnight - from) / options.speed - (performance.now() - start);
      if (early > 1) await new Promise((resolve) => setTimeout(resolve, early));
    }
    await stage.settle();
    people.read(caught, posted);
    await people.lookAll();
    route.end();
    return {
      visits: visits.filter((visit) => midnight + visit.at <= end),
      from,
      end: end - midnight,
      shifts,
      midnight,
      ledger,
      samples,
      decisions,
      steps,
      seconds: { setUp, day: (performance.now() - start) / 1_000 },
    };
  } finally {
    await stage.close();
  }
}

/** What a desk hears over its socket: its own offers, and news in what is its own. */
function tellDesks(company: Company, desks: readonly Adviser[], ledger: Ledger, leftBehind: (id: string) => void) {
  const deskOf = new Map(company.advisers.map(({ personId }, place) => [personId, desks[place]]));
  const hear: { [T in Heard]: (data: Event<T>['data']) => void } = {
    'routing.offered': ({ personId, conversationId }) => deskOf.get(personId)?.offered(conversationId),
    'routing.offer_ended': ({ personId, state }) => void (state === 'timed_out' && deskOf.get(personId)?.setAway()),
    'routing.answer_overdue': ({ clock }) => void (ledger.rang += clock === 'first_answer' ? 1 : 0),
    'conversations.message_received': ({ assigneeId, conversationId }) => {
      if (assigneeId === null) return;
      const desk = deskOf.get(assigneeId);
      if (desk) desk.hasNews(conversationId);
      else leftBehind(conversationId);
    },
  };
  return (event: Event) => (hear[event.type as Heard] as (data: unknown) => void)(event.data);
}

const noneOf = () => Object.fromEntries(ways.map((way) => [way, 0])) as Record<Visit['way'], number>;

function sampleAt(at: number, visits: readonly Visit[], { firstAnswer, abandoned }: Ledger): Sample {
  const arrived = noneOf();
  const waiting = noneOf();
  for (const visit of visits) {
    if (visit.at > at) break;
    arrived[visit.way] += 1;
    if (!firstAnswer.has(visit.n) && !abandoned.has(visit.n)) waiting[visit.way] += 1;
  }
  return { at, arrived, waiting };
}

function progress(at: number, { handedIn, accepted, firstAnswer }: Ledger, seconds: number): string {
  const clock = `${String(Math.floor(at / 3_600_000)).padStart(2, '0')}:${String(Math.floor(at / 60_000) % 60).padStart(2, '0')}`;
  return `${clock}  ${handedIn.size} messages in, ${firstAnswer.size} customers answered, ${accepted.size} answers, ${seconds.toFixed(0)} s`;
}

/** Berlin is one or two hours ahead of it. */
export function midnightInBerlin(day: string): number {
  const utc = Date.parse(`${day}T00:00:00Z`);
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', hour: '2-digit', hourCycle: 'h23' });
  return [2, 1].map((ahead) => utc - ahead * 3_600_000).find((at) => hour.format(at) === '00') ?? utc - 3_600_000;
}
