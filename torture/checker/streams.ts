import type { HeardEvent, Record } from '../record.ts';
import type { Violations } from './check.ts';
import type { Evidence, LoggedEvent } from './evidence.ts';

/** What everybody of a team hears of its conversations. */
const heardByTeam = new Set(
  [
    'opened',
    'message_received',
    'message_sent',
    'system_line_added',
    'claimed',
    'released',
    'lease_expired',
    'state_changed',
    'assigned',
    'changed',
    'linked_to_case',
    'delivery_changed',
  ].map((what) => `conversations.${what}`),
);

/** Each piece of a stream has every event of its stretch, none twice; and at the end nobody is behind. */
export function checkStreams(
  { listenings }: Pick<Record, 'listenings'>,
  { events }: Pick<Evidence, 'events'>,
  teamsOf: (personId: string) => readonly string[],
): Violations {
  const wrong: Violations = [];
  const ofTeams = events.filter(({ type }) => heardByTeam.has(type));
  const ends = new Map<string, Position>();
  for (const { personId, from, to, heard, gaps } of listenings) {
    if (gaps > 0) wrong.push(`${gaps} frames are missing in the stream of ${personId}`);
    const [begin, end] = [positionOf(from), positionOf(to)];
    const teams = new Set<unknown>(teamsOf(personId));
    const mine = ofTeams.filter(({ data }) => teams.has(data['teamId']));
    ends.set(personId, end);
    const due = countsOf(mine.filter((event) => isAfter(event, begin) && !isAfter(event, end)).map(nameOf));
    const got = countsOf(heard.filter(({ type, subject }) => heardByTeam.has(type) && teams.has(subject['teamId'])).map(nameOfHeard));
    for (const [name, count] of due) {
      if (!got.has(name)) wrong.push(`the stream of ${personId} lacks ${name}`);
      // Two events of one transaction that say the same word for word may travel as one.
      if ((got.get(name) ?? 0) > count) wrong.push(`the stream of ${personId} has ${name} ${got.get(name)} times instead of ${count}`);
    }
    for (const name of got.keys()) if (!due.has(name)) wrong.push(`the stream of ${personId} has ${name} twice, or it never happened`);
  }
  for (const [personId, end] of ends)
    if (ofTeams.some((event) => isAfter(event, end) && teamsOf(personId).includes(String(event.data['teamId']))))
      wrong.push(`the stream of ${personId} is behind`);
  return wrong;
}

interface Position {
  xid: bigint;
  seq: bigint;
}

const isAfter = (a: Position, b: Position): boolean => a.xid > b.xid || (a.xid === b.xid && a.seq > b.seq);

function positionOf(cursor: string): Position {
  const [xid = 0n, seq = 0n] = cursor
    .split('.')
    .map((text) => [...text].reduce((value, digit) => value * 36n + BigInt(Number.parseInt(digit, 36)), 0n));
  return { xid, seq };
}

/** As the stream names an event: type, time, and every id in it. */
const nameOf = ({ type, at, data }: LoggedEvent): string =>
  JSON.stringify([
    type,
    new Date(at).toISOString(),
    ids(Object.entries(data).filter(([key, value]) => key.endsWith('Id') && typeof value === 'string')),
  ]);
const nameOfHeard = ({ type, at, subject }: HeardEvent): string => JSON.stringify([type, at, ids(Object.entries(subject))]);
const ids = (entries: [string, unknown][]) => entries.toSorted(([a], [b]) => (a < b ? -1 : 1));

function countsOf(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
