import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import type { Adviser, Installation } from '../../torture/installation.ts';
import type { HeardEvent, Listening, Shown } from '../../torture/record.ts';
import { type Frame, frameOf, openScreen, type Screen } from '../../torture/people/screen.ts';
import { conversationRows, type ConversationRow } from '../../torture/checker/evidence.ts';
import { checkScreens } from '../../torture/checker/check.ts';
import { pause } from '../../torture/chance.ts';
import { quantile } from '../measure.ts';

export interface Seat extends Adviser {
  teamIds: string[];
}

type Known = Pick<ConversationRow, 'id' | 'version'> & { teamId: string };

/** Everybody who is connected, and what stands on each of their screens. */
export interface Crowd {
  size: number;
  isReady(): boolean;
  /** Milliseconds from commit to socket of what was heard since the last look. */
  takeDelays(): { count: number; p50: number; p99: number; p999: number };
  gaps(): number;
  /** Of these people, or of all: whose screen is closed, still being read, or behind what the database said, each with what is the matter. */
  behind(conversations: readonly Known[], people?: ReadonlyMap<string, unknown>): Map<string, string>;
  /** Every field of every line of every screen, by the checker of `torture/`. */
  compare(conversations: readonly ConversationRow[]): string[];
  close(): void;
}

/** As many people as wanted, each with a session, in `teamsEach` of the teams. */
export async function seat(pool: Pool, name: string, count: number, teamIds: readonly string[], teamsEach: number): Promise<Seat[]> {
  const people = Array.from({ length: count }, (_, n) => ({
    id: crypto.randomUUID(),
    name: `${name} ${n}`,
    session: `${name}-session-${n}`,
    teamIds: Array.from({ length: teamsEach }, (_, k) => teamIds[(n + (k * teamIds.length) / teamsEach) % teamIds.length] as string),
  }));
  await pool.query(
    `insert into people (id, name, email, roles, site_id) select id, name, id || '@haus.example', '{agent}', (select id from sites limit 1)
      from unnest($1::uuid[], $2::text[]) as p(id, name)`,
    [people.map(({ id }) => id), people.map((one) => one.name)],
  );
  const members = people.flatMap(({ id, teamIds: theirs }) => theirs.map((teamId) => ({ id, teamId })));
  await pool.query(`insert into team_members (team_id, person_id) select * from unnest($1::uuid[], $2::uuid[])`, [
    members.map(({ teamId }) => teamId),
    members.map(({ id }) => id),
  ]);
  await pool.query(
    `insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
      select gen_random_uuid(), id, hash, 'bench', now(), now(), now() + interval '29 days' from unnest($1::uuid[], $2::bytea[]) as s(id, hash)`,
    [people.map(({ id }) => id), people.map(({ session }) => createHash('sha256').update(session).digest())],
  );
  return people;
}

export async function readConversations(pool: Pool): Promise<ConversationRow[]> {
  return (await pool.query<ConversationRow>(conversationRows)).rows;
}

/** Opens a screen for each, a hundred at a time as after a restart, and waits until all of them show what there is. */
export async function gather({ webs }: Pick<Installation, 'webs'>, people: readonly Seat[]): Promise<Crowd> {
  const listenings: Listening[] = [];
  const screens = new Map<Seat, Screen>();
  let delays: number[] = [];
  const crowd = { frameOf: readOnce() };
  const committed = new WeakMap<readonly HeardEvent[], number[]>();
  const hear = (events: readonly HeardEvent[]) => {
    const now = Date.now();
    let times = committed.get(events);
    if (!times) committed.set(events, (times = events.map(({ at }) => Date.parse(at))));
    for (const time of times) delays.push(now - time);
  };
  for (const [n, who] of people.entries()) {
    const read = async (path: string): Promise<unknown> => {
      for (let tries = 0; ; tries += 1) {
        const web = webs[(n + tries) % webs.length];
        try {
          const reply = await fetch(`http://${web?.host}:${web?.port}/api/v1${path}`, {
            headers: { cookie: `nahbar_session=${who.session}` },
          });
          if (reply.ok) return await reply.json();
        } catch {
          // Another one.
        }
        await pause(100);
      }
    };
    screens.set(who, openScreen(who, webs, listenings, read, hear, crowd));
    if (n % 100 === 99)
      for (let waited = 0; ![...screens.values()].every((one) => one.isOpen()) && waited < 30_000; waited += 20) await pause(20);
  }
  const all = [...screens.values()];
  for (const begun = performance.now(); !all.every((one) => one.isRead()); await pause(50))
    if (performance.now() - begun > 300_000) throw new Error('Not everybody has read what there is.');
  delays = [];
  return {
    size: people.length,
    isReady: () => all.every((one) => one.isOpen() && one.isRead()),
    takeDelays() {
      const sorted = Float64Array.from(delays).sort();
      delays = [];
      const at = (share: number) =>
        quantile([...sorted.subarray(Math.floor(sorted.length * share), Math.floor(sorted.length * share) + 1)], 0);
      return { count: sorted.length, p50: at(0.5), p99: at(0.99), p999: at(0.999) };
    },
    gaps: () => listenings.reduce((sum, { gaps }) => sum + gaps, 0),
    behind(conversations, people) {
      const ofTeam = Map.groupBy(conversations, ({ teamId }) => teamId);
      const late = new Map<string, string>();
      for (const [{ id, teamIds }, screen] of screens) {
        if (people && !people.has(id)) continue;
        const missing = teamIds
          .flatMap((team) => ofTeam.get(team) ?? [])
          .find((one) => (screen.shown.get(one.id)?.version ?? 0) < one.version);
        if (!screen.isOpen()) late.set(id, 'is not connected');
        else if (!screen.isRead()) late.set(id, 'reads what there is');
        else if (missing)
          late.set(
            id,
            `at ${screen.cursor()} shows version ${screen.shown.get(missing.id)?.version} of ${missing.id}, which is at ${missing.version}`,
          );
      }
      return late;
    },
    compare(conversations) {
      const wrong: string[] = [];
      const byTeams = Map.groupBy(screens, ([{ teamIds }]) => teamIds.join());
      for (const [teams, theirs] of byTeams) {
        const shown = new Map<string, ReadonlyMap<string, Shown>>(theirs.map(([{ id }, screen]) => [id, screen.shown]));
        const mine = conversations.filter(({ teamId }) => teamId !== null && teams.includes(teamId));
        wrong.push(...checkScreens({ conversations: mine }, shown));
      }
      return wrong;
    },
    close() {
      for (const one of all) one.close();
    },
  };
}

/** Frames of those who hear the same differ by their number alone; the bytes behind it are read once, and compared each time. */
function readOnce(): (bytes: Buffer) => Frame {
  const known = new Map<string, { rest: Buffer; frame: Frame }[]>();
  const before = Buffer.from('{"op":"events","n":');
  const comma = 0x2c;
  const quote = 0x22;
  return (bytes) => {
    if (!bytes.subarray(0, before.length).equals(before)) return frameOf(bytes);
    const end = bytes.indexOf(comma, before.length);
    const rest = bytes.subarray(end);
    const cursor = rest.toString('latin1', 0, rest.indexOf(quote, ',"cursor":"'.length));
    let alike = known.get(cursor);
    if (!alike) {
      known.set(cursor, (alike = []));
      if (known.size > 100) known.delete(known.keys().next().value as string);
    }
    let same = alike.find((one) => one.rest.equals(rest));
    // A copy: the bytes are part of what the socket read them into.
    if (!same) alike.push((same = { rest: Buffer.from(rest), frame: frameOf(bytes) }));
    return { ...same.frame, n: Number(bytes.toString('latin1', before.length, end)) };
  };
}
