import {
  type Bounds,
  type Conversation,
  atTime,
  claimOf,
  draftOf,
  people,
  type PersonId,
  type Request,
  type Rules,
  type World,
} from './world.ts';

export interface Step {
  what: string;
  world: World;
  /** An answer that this step let through, with the claim it was written under. */
  accepted?: { by: PersonId; at: number; fence: number; seq: number };
}

/** Everything that can happen next. Each step is one transaction of the product, or what lies outside of it. */
export function stepsFrom(world: World, rules: Rules, bounds: Bounds): Step[] {
  const steps: Step[] = [];
  const add = (what: string, change: (world: World) => Step['accepted'] | 'nothing' | void) => {
    const next = copyOf(world);
    const came = change(next);
    if (came !== 'nothing') steps.push({ what, world: next, ...(came ? { accepted: came } : {}) });
  };
  const mayAsk = world.requests.length < bounds.requests;

  if (world.requests.every((request) => request.kind !== 'claim' || world.now - request.now < bounds.slowest))
    add('time passes', (w) => {
      w.now += 1;
    });
  for (const at of [0, 1]) {
    const seen = world.conversations[at] as Conversation;
    add(`customer writes in ${at}`, (w) => hears(w, rules, at));
    if (seen.claimedBy && seen.until <= world.now) add(`sweeper in ${at}`, (w) => free(w, rules, at, 'lease_expired'));
    for (const by of people) {
      for (const takesOver of [false, true]) {
        const what = `${by} takes ${at}${takesOver ? ' over' : ''}`;
        if (mayAsk) add(`${what}, slowly`, (w) => reach(w, rules, by, at, takesOver));
        add(what, (w) => (reach(w, rules, by, at, takesOver) === 'nothing' ? 'nothing' : arrive(w, rules, w.requests.pop() as Request)));
      }
      for (const kind of seen.claimedBy === by ? (['send', 'beat'] as const) : []) {
        if (mayAsk) add(`${by}'s ${kind} in ${at} is under way`, (w) => request(w, kind, by, at));
        add(`${by}'s ${kind} in ${at}`, (w) =>
          request(w, kind, by, at) === 'nothing' ? 'nothing' : arrive(w, rules, w.requests.pop() as Request),
        );
      }
      if (seen.claimedBy === by) add(`${by} gives ${at} back`, (w) => free(w, rules, at, 'release'));
      if (seen.claimedBy === by && rules.holderAt(claimOf(seen), atTime(world.now)))
        for (const to of people) if (to !== by) add(`${by} hands ${at} over to ${to}`, (w) => handOver(w, rules, at, by, to));
    }
    if (seen.handover) {
      const { from, to } = seen.handover;
      add(`${to} accepts ${at}`, (w) => transfer(w, rules, at, 'hand_over_accepted', to));
      add(`${to} declines ${at}`, (w) => transfer(w, rules, at, 'hand_over_declined', from));
    }
  }
  for (const [n, request] of world.requests.entries()) {
    const name = `${request.by}'s ${request.kind} in ${request.at}`;
    add(`${name} arrives`, (w) => {
      w.requests.splice(n, 1);
      return arrive(w, rules, request);
    });
    // Nobody heard the reply, so the browser repeats it, at whatever process; or the network delivers it twice.
    if (request.kind === 'send') add(`${name} arrives, and will once more`, (w) => arrive(w, rules, request));
    add(`${name} is lost`, (w) => {
      w.requests.splice(n, 1);
    });
  }
  return steps;
}

/** By hand, because it is done a million times. */
const copyOf = (world: World): World => ({
  ...world,
  conversations: [{ ...world.conversations[0] }, { ...world.conversations[1] }],
  server: world.server && { ...world.server },
  requests: world.requests.map((request) => ({ ...request })),
  drafts: [...world.drafts],
  sent: [...world.sent],
  typed: [...world.typed],
});

const conversation = (w: World, at: number): Conversation => w.conversations[at] as Conversation;

/** Who reached for it sees another version from now on. */
function changed(w: World, at: number): void {
  for (const request of w.requests) if (request.kind === 'claim' && request.at === at) request.overtaken = true;
}

function hears(w: World, rules: Rules, at: number): 'nothing' | void {
  const c = conversation(w, at);
  const state = rules.nextState(c.state, 'customer_message');
  if (!state) return 'nothing';
  Object.assign(c, { state, seq: c.seq + 1, waits: true });
  changed(w, at);
}

function request(w: World, kind: 'send' | 'beat', by: PersonId, at: number): 'nothing' | void {
  const { fence, seq } = conversation(w, at);
  if (w.requests.some((one) => one.kind === kind && one.by === by && one.at === at && one.fence === fence)) return 'nothing';
  const text = draftOf({ at, fence }, by);
  if (kind === 'send' && !w.typed.includes(text)) {
    w.drafts.push(text);
    w.typed.push(text);
  }
  w.requests.push({ kind, by, at, fence, seq });
}

/** The first half of a claim: it looks, and decides by what it saw (`take` in `claims/claim.ts`). */
function reach(w: World, rules: Rules, by: PersonId, at: number, takesOver: boolean): 'nothing' | void {
  const c = conversation(w, at);
  const holder = rules.holderAt(claimOf(c), atTime(w.now)) as PersonId | null;
  const server = w.server && w.server.until > w.now ? w.server.by : null;
  if (!rules.nextState(c.state, 'claim') || rules.isContested(by, holder, server) !== takesOver) return 'nothing';
  if (w.requests.some((one) => one.kind === 'claim' && one.by === by)) return 'nothing';
  w.requests.push({ kind: 'claim', by, at, takesOver, now: w.now, holder: c.claimedBy, server, overtaken: false });
}

function arrive(w: World, rules: Rules, request: Request): Step['accepted'] | void {
  const c = conversation(w, request.at);
  if (request.kind === 'claim') return write(w, rules, request);
  const isLive = rules.holdsFence(claimOf(c), { personId: request.by, fence: request.fence }, atTime(w.now));
  if (request.kind === 'beat') {
    if (!isLive) return;
    c.until = rules.lasting(c.until, w.now + w.lease);
    if (w.server?.by === request.by) w.server.until = rules.lasting(w.server.until, w.now + w.lease);
    return;
  }
  const text = draftOf(request, request.by);
  // The same draft again: the message it has become.
  if (w.sent.includes(text)) return;
  if (!isLive || request.seq < c.seq) return;
  const state = rules.nextState(c.state, 'send_and_wait');
  if (!state) return;
  w.drafts.splice(w.drafts.indexOf(text), 1);
  w.sent.push(text);
  Object.assign(c, { state, claimedBy: null, until: 0, seq: c.seq + 1, waits: false });
  releaseCustomer(w, request.by);
  changed(w, request.at);
  return { by: request.by, at: request.at, fence: request.fence, seq: request.seq };
}

/** The second half of a claim, as the database writes it: both changes compare with what was seen (`servesCustomer` and `takesConversation`). */
function write(w: World, rules: Rules, seen: Extract<Request, { kind: 'claim' }>): void {
  const c = conversation(w, seen.at);
  const { by, now } = seen;
  const wish = (from: PersonId | null) => ({ by, at: now, from: seen.takesOver ? from : null });
  const isCustomerFree = rules.mayWrite(w.server ?? { by: null, until: 0 }, wish(seen.server));
  const isFree = rules.mayWrite({ by: c.claimedBy, until: c.until }, wish(seen.holder));
  if (seen.overtaken || !isCustomerFree || !isFree) return;
  if (seen.takesOver) freeOthers(w, rules, seen.at, by);
  give(w, rules, seen.at, by, now, rules.nextState(c.state, 'claim') ?? c.state);
}

function give(w: World, rules: Rules, at: number, by: PersonId, now: number, state: Conversation['state']): void {
  const c = conversation(w, at);
  const end = now + w.lease;
  c.until = c.claimedBy === by ? rules.lasting(c.until, end) : end;
  w.server = { by, until: w.server?.by === by ? rules.lasting(w.server.until, end) : end };
  Object.assign(c, { state, claimedBy: by, fence: c.fence + 1, handover: null });
  changed(w, at);
}

function freeOthers(w: World, rules: Rules, but: number, by: PersonId): void {
  const at = 1 - but;
  const other = conversation(w, at);
  if (other.claimedBy && other.claimedBy !== by && other.until > w.now) free(w, rules, at, 'release');
}

function free(w: World, rules: Rules, at: number, event: 'release' | 'lease_expired'): void {
  const c = conversation(w, at);
  const by = c.claimedBy;
  if (!by) return;
  Object.assign(c, { state: rules.nextState(c.state, event) ?? c.state, claimedBy: null, until: 0 });
  releaseCustomer(w, by);
  changed(w, at);
}

function releaseCustomer(w: World, by: PersonId): void {
  if (w.server?.by === by && !w.conversations.some(({ claimedBy, until }) => claimedBy === by && until > w.now)) w.server = null;
}

function handOver(w: World, rules: Rules, at: number, from: PersonId, to: PersonId): 'nothing' | void {
  const c = conversation(w, at);
  const state = rules.nextState(c.state, 'hand_over');
  if (!state) return 'nothing';
  Object.assign(c, { state, handover: { from, to } });
  changed(w, at);
}

/** `transferClaim`: conversation and customer in one step, whoever had them. */
function transfer(w: World, rules: Rules, at: number, event: 'hand_over_accepted' | 'hand_over_declined', to: PersonId): 'nothing' | void {
  const c = conversation(w, at);
  const state = rules.nextState(c.state, event);
  if (!state) return 'nothing';
  freeOthers(w, rules, at, to);
  give(w, rules, at, to, w.now, state);
}
