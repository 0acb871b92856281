import { Client } from 'pg';
import { startAdvisers } from './people/advisers.ts';
import { type Chance, chanceOf, pause } from './chance.ts';
import { check, type Violations } from './checker/check.ts';
import { readEvidence } from './checker/evidence.ts';
import { startCustomers } from './people/customers.ts';
import type { Fault } from './faults.ts';
import { install, type Installation, type Process } from './installation.ts';
import { type Machine, watchMachine } from './machine.ts';
import type { Network } from './network.ts';
import { emptyRecord, type Record, type Stretch, type Times } from './record.ts';
import { noteSuccesses, type Silence, silencesSince, type Successes, tooLong, untilAllGoOn } from './recovery.ts';

export interface Given {
  seed: number;
  /** In turn, as long as `seconds` last; each at least once when `seconds` is left out. */
  faults: readonly Fault[];
  seconds?: number;
  /** How long all is left alone before the first fault and after each. */
  calmMilliseconds?: number;
  /** How long what is taken away stays away. */
  aWhile?: number;
  network?: Network['kind'];
  say(line: string): void;
}

export interface Outcome {
  violations: Violations;
  counts: { [what: string]: number };
  recoveries: Recovery[];
  left: string[];
}

export interface Recovery {
  fault: string;
  silences: Silence[];
}

/** Starts an installation, lets faults happen to it while people work, lets it come to rest, and has it checked. */
export async function torture(given: Given): Promise<Outcome> {
  const chance = chanceOf(given.seed);
  const record = emptyRecord();
  const successes = noteSuccesses();
  const installation = await install(record, {
    advisers: 6,
    offered: 3,
    onTaken: () => successes.note('answer'),
    ...(given.network ? { network: given.network } : {}),
  });
  const machine = watchMachine();
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => reject(new Error('Interrupted.')));
  });
  try {
    return await Promise.race([tortured(given, chance, record, installation, successes, machine), interrupted]);
  } finally {
    machine.stop();
    await installation.close();
  }
}

/** Everything between the beginning and the end of the installation. */
async function tortured(
  given: Given,
  chance: Chance,
  record: Record,
  installation: Installation,
  successes: Successes,
  machine: Machine,
): Promise<Outcome> {
  const { say, calmMilliseconds: calm = 4_000 } = given;
  const { webs, workers, advisers, service, offered, unattended, database, network } = installation;
  say(
    `Two webs, two workers, PostgreSQL; the network by ${network.kind === 'namespaces' ? 'a namespace for each process' : 'a proxy before the database for each process'}.`,
  );
  record.times.beats = machine.beats;
  const clocks = clocksOf(installation, record.times);
  const people = startAdvisers(
    {
      advisers,
      offered: offered.people,
      webs,
      chance,
      onClaimed: () => successes.note('claim'),
      onOffered: () => successes.note('offer'),
      onEvent: (type, personId) => type === 'conversations.message_received' && successes.note('screen', personId),
    },
    record,
  );
  const writing = [
    { name: 'kunde', to: service.address, everyMilliseconds: 250 },
    { name: 'ratlos', to: offered.address, everyMilliseconds: 1_300 },
    { name: 'nachts', to: unattended.address, everyMilliseconds: 1_500 },
  ].map((whose) => startCustomers({ ...whose, doors: workers, chance, onAccepted: () => successes.note('mail') }, record.mails));
  await Promise.all([pause(calm), untilAllGoOn(successes, Date.now())]);

  const begun = performance.now();
  const recoveries: Recovery[] = [];
  const left: string[] = [];
  if (network.kind === 'proxy' && given.faults.some(({ name }) => name.startsWith('cut-')))
    left.push(
      'cut-web, cut-worker between each other, and from people: no network namespaces here (Linux, as root, with `ip`); cut from the database only',
    );
  const slow: string[] = [];
  for (const fault of inTurn(given, chance, begun)) {
    const why = fault.impossible?.(installation);
    if (why) {
      left.push(`${fault.name}: ${why}`);
      continue;
    }
    const struck = Date.now();
    let from = struck;
    const at = () => `${((performance.now() - begun) / 1_000).toFixed(1).padStart(6)} s  `;
    say(`${at()}${fault.name}: ${fault.about}`);
    await fault.happen(
      { installation, chance, say: (line) => say(`${at()}  ${line}`), ...clocks, ...(given.aWhile ? { aWhile: given.aWhile } : {}) },
      () => (from = Date.now()),
    );
    record.times.away.push({ from: struck, to: from });
    await Promise.all([pause(calm), untilAllGoOn(successes, Date.now())]);
    const silences = silencesSince(successes, from, machine.beats, { anyScreen: fault.isSilent ?? false });
    recoveries.push({ fault: fault.name, silences });
    slow.push(...tooLong(silences, fault.name));
    say(
      `${at()}  longest without: ${silences.map(({ work, seconds, given }) => `${work} ${seconds.toFixed(1)} s (${given.toFixed(1)})`).join(', ')}`,
    );
  }

  say('Everybody finishes what they began.');
  await Promise.all(writing.map((customers) => customers.finish()));
  await people.finish();
  // What may not have arrived comes back to people when its sender is known to be dead, and is offered again.
  await comeToRest(database.url, clocks.letPass, say);
  people.offered.takeAll();
  await settle(() => isAllTaken(database.url, offered.teamId));
  await people.offered.finish();
  await comeToRest(database.url, clocks.letPass, say);
  const teams = new Map([...advisers, ...offered.people].map(({ id, teamIds }) => [id, teamIds]));
  await settle(() =>
    isCaughtUp(
      database.url,
      [...people.screens].map(([id, screen]) => ({ teamIds: teams.get(id) ?? [], cursor: screen.cursor() })),
    ),
  );
  const evidence = await readEvidence(database.url);
  const screens = new Map([...people.screens].map(([id, screen]) => [id, screen.shown]));
  const violations = [...slow, ...check(record, evidence, { teams, screens, offeredTeamId: offered.teamId })];
  people.close();
  const counts = {
    mails: record.mails.length,
    deliveries: record.mails.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
    conversations: evidence.conversations.length,
    claims: evidence.events.filter(({ type }) => type === 'conversations.claimed').length,
    offers: evidence.events.filter(({ type }) => type === 'routing.offered').length,
    'offers left alone': evidence.events.filter(({ type, data }) => type === 'routing.offer_ended' && data['state'] === 'timed_out').length,
    warnings: evidence.events.filter(({ type }) => type === 'routing.answer_near_due').length,
    'overdue answers': evidence.events.filter(({ type }) => type === 'routing.answer_overdue').length,
    'refused sends': record.answers.filter(({ outcome }) => outcome === 'refused').length,
    'accepted answers': record.answers.filter(({ outcome }) => outcome === 'accepted').length,
    'perhaps sent': evidence.outbox.filter(({ state }) => state === 'uncertain').length,
    'events heard': record.listenings.reduce((sum, { heard }) => sum + heard.length, 0),
    'jobs given up': evidence.jobs.failed,
  };
  return { violations, counts, recoveries, left };
}

function* inTurn({ faults, seconds }: Given, chance: Chance, begun: number): Generator<Fault> {
  const isOver = () => seconds !== undefined && performance.now() - begun > seconds * 1_000;
  do {
    const order = faults.map((fault) => ({ fault, place: chance.next() })).toSorted((a, b) => a.place - b.place);
    for (const { fault } of order) {
      if (isOver()) return;
      yield fault;
    }
  } while (seconds !== undefined);
}

/** Sets the clocks of the processes, and notes what is done to them. */
export function clocksOf({ all }: Installation, { ahead, wrong: stretches }: Pick<Times, 'ahead' | 'wrong'>) {
  /** How much later it is for all than by the machine's clock, and what one process is wrong besides. */
  let passed = 0;
  const wrong = new Map<Process, number>();
  const open = new Map<Process, Stretch>();
  const tell = (one: Process) => one.setClock(passed + (wrong.get(one) ?? 0));
  const note = (one: Process, isWrong: boolean) => {
    const stretch = open.get(one);
    if (stretch) stretch.to = Date.now();
    open.delete(one);
    if (!isWrong) return;
    const begun = { from: Date.now(), to: Infinity };
    open.set(one, begun);
    stretches.push(begun);
  };
  return {
    letPass(milliseconds: number, but?: Process) {
      passed += milliseconds;
      ahead.push({ at: Date.now(), by: passed });
      if (but) note(but, true);
      for (const one of all) if (one !== but) tell(one);
    },
    setWrong(one: Process, milliseconds: number) {
      wrong.set(one, milliseconds);
      note(one, milliseconds !== 0);
      tell(one);
    },
  };
}

/** Until everything stored is read, every message sent or given to people to decide, every job done. Time passes for what waits by the clock. */
export async function comeToRest(url: string, letPass: (milliseconds: number) => void, say: (line: string) => void): Promise<void> {
  let looks = 0;
  let open: unknown;
  await settle(
    async () => {
      const [row] = await ask<{ intake: number; outbox: number; shown: number; jobs: number }>(
        url,
        `select (select count(*)::int from intake i where state = 'stored' or not exists (select from messages where intake_id = i.id)) as intake,
          (select count(*)::int from outbox where state in ('held', 'queued', 'sending')) as outbox,
          (select count(*)::int from outbox o join messages m on m.id = o.message_id where m.delivery->>'state' is distinct from o.state) as shown,
          (select count(*)::int from pgboss.job where name = 'nahbar' and (state = 'active' or state in ('created', 'retry') and start_after < now() + interval '1 hour')) as jobs`,
      );
      open = row;
      looks += 1;
      // A dead sender's lease, and the pause after a server that was away.
      if (looks % 8 === 0 && row && row.outbox > 0) letPass(200_000);
      return row !== undefined && row.intake + row.outbox + row.shown + row.jobs === 0;
    },
    () => say(`It did not come to rest: ${JSON.stringify(open)}`),
  );
}

/** Whether nothing waits that is offered, and no offer is open. What is assigned is offered to nobody. */
async function isAllTaken(url: string, teamId: string): Promise<boolean> {
  const [row] = await ask<{ left: number }>(
    url,
    `select (select count(*)::int from conversations where team_id = '${teamId}' and state in ('new', 'queued') and claimed_by is null and assignee_id is null)
      + (select count(*)::int from offers where state = 'open') as left`,
  );
  return row?.left === 0;
}

/** Whether every screen stands at or behind the newest event that all of a team of its person hear. */
async function isCaughtUp(url: string, screens: readonly { teamIds: string[]; cursor: string }[]): Promise<boolean> {
  const last = await ask<{ teamId: string; xid: string; seq: string }>(
    url,
    `select distinct on (data->>'teamId') data->>'teamId' as "teamId", xid::text, seq::text from events
      where type like 'conversations.%' and data->>'teamId' is not null
        and type not in ('conversations.draft_changed', 'conversations.claim_refused') order by data->>'teamId', events.xid desc, events.seq desc`,
  );
  const places = last.map(({ teamId, xid, seq }) => ({ teamId, place: hex(`${BigInt(xid).toString(36)}.${BigInt(seq).toString(36)}`) }));
  return screens.every(({ teamIds, cursor }) =>
    places.every(({ teamId, place }) => !teamIds.includes(teamId) || BigInt(`0x${hex(cursor)}`) >= BigInt(`0x${place}`)),
  );
}

/** A cursor as one number that compares like it. */
function hex(cursor: string): string {
  return cursor
    .split('.')
    .map((part) =>
      [...part]
        .reduce((value, digit) => value * 36n + BigInt(Number.parseInt(digit, 36)), 0n)
        .toString(16)
        .padStart(16, '0'),
    )
    .join('');
}

/** Looks again for up to three minutes; afterwards the checker says what is wrong. */
async function settle(isDone: () => Promise<boolean>, onTimeout: () => void = () => {}): Promise<void> {
  for (const begun = performance.now(); performance.now() - begun < 180_000; await pause(250)) if (await isDone()) return;
  onTimeout();
}

async function ask<T>(url: string, text: string): Promise<T[]> {
  const sql = new Client({ connectionString: url });
  await sql.connect();
  try {
    return (await sql.query<never>(text)).rows;
  } finally {
    await sql.end();
  }
}
