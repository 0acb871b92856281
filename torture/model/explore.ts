import { type Step, stepsFrom } from './steps.ts';
import { atTime, beginning, type Bounds, claimOf, draftOf, type PersonId, type Request, type Rules, type World } from './world.ts';

export interface Explored {
  states: number;
  steps: number;
  /** The shortest way to something that must never be, if there is one. */
  violation: { what: string; way: string[] } | undefined;
}

/** Every state that can be reached, breadth first. What differs only in which of the three advisers is which is looked at once. */
export function explore(rules: Rules, bounds: Bounds): Explored {
  const first = beginning(bounds);
  const ways = new Map<string, { from: string | null; what: string }>([[keyOf(first, bounds), { from: null, what: 'the beginning' }]]);
  let edge: [string, World][] = [[keyOf(first, bounds), first]];
  let steps = 0;
  const wayTo = (key: string): string[] => {
    const way: string[] = [];
    for (let at = ways.get(key); at; at = at.from === null ? undefined : ways.get(at.from)) way.unshift(at.what);
    return way;
  };
  while (edge.length > 0) {
    const next: [string, World][] = [];
    for (const [key, world] of edge)
      for (const step of stepsFrom(world, rules, bounds)) {
        steps += 1;
        const what = wrong(world, step, rules);
        if (what) return { states: ways.size, steps, violation: { what, way: [...wayTo(key), step.what] } };
        const reached = keyOf(step.world, bounds);
        if (ways.has(reached)) continue;
        ways.set(reached, { from: key, what: step.what });
        next.push([reached, step.world]);
      }
    edge = next;
  }
  return { states: ways.size, steps, violation: undefined };
}

/** What must hold after each step, said without the product's rules where it can be. */
function wrong(before: World, { world, accepted }: Step, rules: Rules): string | undefined {
  const live = world.conversations.filter(({ claimedBy, until }) => claimedBy && until > world.now);
  if (new Set(live.map(({ claimedBy }) => claimedBy)).size > 1) return 'two people serve one customer';
  if (live.some(({ claimedBy }) => world.server?.by !== claimedBy)) return 'somebody holds a conversation whose customer they do not serve';
  for (const at of [0, 1]) {
    const [was, is] = [before.conversations[at], world.conversations[at]];
    if (was && is && is.fence < was.fence) return 'a fence shrank';
    if (was && is && is.claimedBy && is.claimedBy !== was.claimedBy && is.fence === was.fence)
      return 'somebody else holds it by the same fence';
  }
  if (accepted) {
    const was = before.conversations[accepted.at];
    if (!was || was.fence !== accepted.fence || was.claimedBy !== accepted.by) return 'an answer went out by an old fence';
    if (was.until <= before.now) return 'an answer went out after its lease had ended';
    if (accepted.seq < was.seq) return 'an answer went out over something its author had not seen';
  }
  if (new Set(world.sent).size !== world.sent.length) return 'one draft was sent twice';
  if (world.typed.some((text) => world.drafts.includes(text) === world.sent.includes(text)))
    return 'something typed is lost, or a draft and sent';
  for (const c of world.conversations) {
    const isHeld = rules.holderAt(claimOf(c), atTime(world.now)) !== null;
    const isOffered = c.state === 'handover' && c.handover !== null;
    if (c.waits && !isHeld && !isOffered && !rules.nextState(c.state, 'claim')) return 'a customer waits where nobody can reach them';
    // What nobody has any more lies in the queue, where everybody looks.
    if (c.waits && c.claimedBy === null && c.state !== 'queued' && !isOffered) return 'a customer waits outside of the queue';
  }
  return undefined;
}

/**
 * The same text for worlds that go on alike: the names of the advisers and of the channels, the order of what is under way and how long ago all began make no
 * difference; of a fence and of a message seen it matters only whether they are the newest, of what was sent only whether it may be sent again.
 */
function keyOf(world: World, bounds: Bounds): string {
  const [one, other] = [keyFrom(world, bounds, 0), keyFrom(world, bounds, 1)];
  return one < other ? one : other;
}

/** Seen from one of the channels; advisers are named in the order in which they come up. */
function keyFrom(world: World, { slowest }: Bounds, first: 0 | 1): string {
  const relative = (time: number) => Math.max(time - world.now, -slowest);
  const names = new Map<PersonId, number>();
  const name = (id: PersonId | null): string | number => {
    if (id === null) return '-';
    if (!names.has(id)) names.set(id, names.size);
    return names.get(id) as number;
  };
  let key = '';
  for (const at of [first, 1 - first]) {
    const c = world.conversations[at] as World['conversations'][0];
    key += `${c.state} ${name(c.claimedBy)}${c.claimedBy ? relative(c.until) : ''}${c.waits ? 'w' : ''}`;
    if (c.handover) key += `>${name(c.handover.from)}${name(c.handover.to)}`;
    key += '|';
  }
  if (world.server && relative(world.server.until) > -slowest) key += `${name(world.server.by)} ${relative(world.server.until)}`;
  const requests = world.requests.map((r): [string, Request] => {
    const at = r.at === first ? 0 : 1;
    if (r.kind === 'claim') return [`c${at}${r.takesOver ? 'o' : ''}${relative(r.now)}${r.overtaken ? 'x' : ''}`, r];
    const c = world.conversations[r.at] as World['conversations'][0];
    return [
      `${r.kind}${at}${c.fence === r.fence ? 'n' : ''}${r.seq >= c.seq ? 'f' : ''}${world.sent.includes(draftOf(r, r.by)) ? '!' : ''}`,
      r,
    ];
  });
  for (const [text, r] of requests.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
    key += `|${text} ${name(r.by)}${r.kind === 'claim' ? `${name(r.holder)}${name(r.server)}` : ''}`;
  return key;
}
