import { describe, expect, it } from 'vitest';
import { emptyRecord, type Record, type Shown } from '../record.ts';
import { check } from './check.ts';
import type { Evidence, LoggedEvent } from './evidence.ts';

const team = 'team';
const at = Date.parse('2026-11-23T09:00:00Z');

/** Kim takes a mail, answers it, and everything is as it should be; each test spoils one thing. */
function good(): { record: Record; evidence: Evidence; screens: Map<string, Map<string, Shown>> } {
  const facts = { conversationId: 'c', customerId: 'k', teamId: team, caseId: null, assigneeId: null };
  const event = (n: number, type: string, data: object): LoggedEvent => ({
    xid: BigInt(100 + n),
    seq: BigInt(n),
    type: `conversations.${type}`,
    at: at + n * 1_000,
    data: { ...facts, ...data },
  });
  const events = [
    event(1, 'message_received', { messageId: 'm1' }),
    event(2, 'claimed', { personId: 'kim', fence: 1 }),
    event(3, 'message_sent', { messageId: 'm2', personId: 'kim' }),
    event(4, 'state_changed', { fromState: 'in_progress', toState: 'waiting_customer' }),
  ];
  const row = {
    id: 'c',
    version: 5,
    state: 'waiting_customer',
    subject: 'Paket',
    lastSeq: 2,
    claimedBy: null,
    assigneeId: null,
    caseId: null,
  };
  const message = { conversationId: 'c', kind: 'message', authorId: null, draftId: null, text: '', deliveryState: null };
  const { id, ...shown } = row;
  return {
    record: {
      ...emptyRecord(),
      mails: [{ messageId: 'a@post.example', acknowledged: 2 }],
      taken: [{ draftId: 'd', messageId: 'b@haus.example', replyTo: '' }],
      answers: [{ draftId: 'd', conversationId: 'c', personId: 'kim', fence: 1, outcome: 'accepted', lost: false }],
      leases: [{ conversationId: 'c', personId: 'kim', fence: 1, until: at + 302_000 }],
      listenings: [
        {
          personId: 'kim',
          from: '2s.0',
          to: '2w.4',
          gaps: 0,
          heard: events.map(({ type, at: time, data }) => ({
            type,
            at: new Date(time).toISOString(),
            subject: Object.fromEntries(Object.entries(data).filter(([key, value]) => key.endsWith('Id') && typeof value === 'string')) as {
              [key: string]: string;
            },
          })),
        },
      ],
    },
    evidence: {
      events,
      conversations: [{ ...row, customerId: 'k', fence: 1, teamId: team }],
      messages: [
        { ...message, id: 'm1', direction: 'in', platformId: 'a@post.example' },
        { ...message, id: 'm2', direction: 'out', platformId: 'b@haus.example', authorId: 'kim', draftId: 'd', deliveryState: 'sent' },
      ],
      outbox: [{ messageId: 'm2', state: 'sent', platformId: 'b@haus.example' }],
      intake: [{ platformId: 'a@post.example', state: 'parsed', count: 1 }],
      jobs: { unfinished: 0, failed: 0 },
      customerLeases: [],
      now: at + 60_000,
    },
    screens: new Map([['kim', new Map([[id, shown]])]]),
  };
}

type World = ReturnType<typeof good>;
const judge = ({ record, evidence, screens }: World) =>
  check(record, evidence, { teams: new Map([['kim', [team]]]), screens, offeredTeamId: 'other' });
const first = <T>(list: readonly T[]): T => list[0] as T;

it('finds nothing wrong where nothing is', () => {
  expect(judge(good())).toEqual([]);
});

describe('notices', () => {
  const spoilt: [string, (world: World) => void, RegExp][] = [
    ['a mail that was acknowledged and is not there', (w) => w.evidence.messages.shift(), /a@post.example was acknowledged and is lost/],
    ['a mail that became two messages', (w) => w.evidence.messages.push({ ...first(w.evidence.messages), id: 'm3' }), /is there 2 times/],
    [
      'a mail that was stored and never read',
      (w) => Object.assign(first(w.evidence.intake), { state: 'stored' }),
      /was stored and is stored/,
    ],
    ['a mail that was stored twice', (w) => Object.assign(first(w.evidence.intake), { count: 2 }), /stored 2 times/],
    ['an answer that arrived twice', (w) => w.record.taken.push(first(w.record.taken)), /answer d arrived 2 times/],
    ['an answer that was accepted and did not arrive', (w) => w.record.taken.pop(), /called sent and did not arrive/],
    ['an answer that was accepted and is not there', (w) => w.evidence.messages.pop(), /accepted and is lost/],
    [
      'a refused answer that was sent all the same',
      (w) => Object.assign(first(w.record.answers), { outcome: 'refused' }),
      /refused and is written/,
    ],
    ['an answer that nobody sends any more', (w) => Object.assign(first(w.evidence.outbox), { state: 'queued' }), /answer d is queued/],
    [
      'an answer of which the screen says something else',
      (w) => Object.assign(w.evidence.messages[1] as object, { deliveryState: 'queued' }),
      /queued on the screen/,
    ],
    [
      'a mail that nobody wrote',
      (w) => w.record.taken.push({ draftId: 'e', messageId: 'c@haus.example', replyTo: '' }),
      /unknown draft "e"/,
    ],
    ['a fence that was given twice', (w) => w.evidence.events.splice(2, 0, w.evidence.events[1] as LoggedEvent), /with fence 1 after 1/],
    ['a second holder', (w) => second(w, 'c', 'k', 2), /olaf got conversation c while kim held c/],
    ['a second person with the same customer', (w) => second(w, 'other', 'k', 1), /olaf got conversation other while kim held c/],
    [
      'an answer by a fence that was old',
      (w) => Object.assign(first(w.record.answers), { fence: 0 }),
      /fence 0 was taken while 1 was the newest/,
    ],
    ['an answer of somebody who held nothing', (w) => w.evidence.events.splice(1, 1), /somebody wrote who held nothing/],
    [
      'an answer in a conversation of somebody else',
      (w) => Object.assign((w.evidence.events[2] as LoggedEvent).data, { personId: 'olaf' }),
      /olaf wrote in conversation c of kim/,
    ],
    [
      'a claim that ended before its time',
      (w) =>
        w.evidence.events.splice(2, 1, {
          ...(w.evidence.events[2] as LoggedEvent),
          type: 'conversations.lease_expired',
          data: { conversationId: 'c', fence: 1 },
        }),
      /ended before its time/,
    ],
    [
      'a fence of which the log knows nothing',
      (w) => Object.assign(first(w.evidence.conversations), { fence: 2 }),
      /has fence 2, and its log 1/,
    ],
    [
      'a holder of whom the log knows nothing',
      (w) => Object.assign(first(w.evidence.conversations), { claimedBy: 'kim' }),
      /held by kim, and by its log/,
    ],
    ['an event that a stream lacks', (w) => first(w.record.listenings).heard.pop(), /lacks .*state_changed/],
    [
      'an event that came twice',
      (w) => first(w.record.listenings).heard.push(first(first(w.record.listenings).heard)),
      /2 times instead of 1/,
    ],
    [
      'an event from outside of the stretch',
      (w) => Object.assign(first(w.record.listenings), { from: '2u.2' }),
      /twice, or it never happened/,
    ],
    [
      'a stream that is behind',
      (w) => {
        const one = first(w.record.listenings);
        one.heard.pop();
        one.to = '2v.3';
      },
      /is behind/,
    ],
    ['a frame that is missing', (w) => Object.assign(first(w.record.listenings), { gaps: 1 }), /frames are missing/],
    [
      'a screen that is old',
      (w) => Object.assign(w.screens.get('kim')?.get('c') as Shown, { version: 4 }),
      /on the screen of kim conversation c/,
    ],
    ['a screen that lacks a conversation', (w) => w.screens.get('kim')?.clear(), /conversation c is null/],
    ['a job that nobody does', (w) => Object.assign(w.evidence.jobs, { unfinished: 1 }), /1 jobs are not done/],
    [
      'a lease on a customer that nobody ends',
      (w) => w.evidence.customerLeases.push({ customerId: 'k', personId: 'kim', until: at + 120_000 }),
      /who has none of their conversations/,
    ],
  ];
  it.each(spoilt)('%s', (_what, spoil, expected) => {
    const world = good();
    spoil(world);
    expect(judge(world).join('\n')).toMatch(expected);
  });

  it('nothing in what decision 11 allows: perhaps sent, and arrived or not', () => {
    for (const arrived of [0, 1]) {
      const world = good();
      Object.assign(first(world.evidence.outbox), { state: 'uncertain' });
      Object.assign(world.evidence.messages[1] as object, { deliveryState: 'uncertain' });
      world.record.taken.length = arrived;
      expect(judge(world)).toEqual([]);
    }
  });

  it.each([
    ['nothing in a hand-over to whoever got it', 'olaf', []],
    ['a hand-over to somebody else', 'lena', [expect.stringContaining('olaf got')]],
  ])('%s', (_what, toPersonId, expected) => {
    const world = good();
    second(world, 'c', 'k', 2);
    const claimed = world.evidence.events[1] as LoggedEvent;
    const data = { conversationId: 'c', fromId: 'kim', toPersonId };
    world.evidence.events.splice(2, 0, { ...claimed, type: 'cases.handover_briefed', data });
    expect(judge(world).filter((line) => line.includes('olaf got'))).toEqual(expected);
  });

  it('an answer by a claim that was over, when somebody else has the customer, and none by one that was only over by a wrong clock', () => {
    const late = (seconds: number) => {
      const world = good();
      second(world, 'other', 'k', 1);
      Object.assign(world.evidence.events[2] as LoggedEvent, { at: at + 400_000 });
      Object.assign(world.evidence.events[3] as LoggedEvent, { at: at + seconds * 1_000 });
      return judge(world).join('\n');
    };
    expect(late(401)).toMatch(/somebody wrote who held nothing/);
    expect(late(3)).not.toMatch(/somebody wrote who held nothing|olaf got/);
  });

  it('nothing in a relief that the timeline tells of', () => {
    const world = good();
    second(world, 'c', 'k', 2);
    world.evidence.messages.push({
      ...first(world.evidence.messages),
      id: 'line',
      kind: 'system',
      direction: 'none',
      platformId: null,
      authorId: 'olaf',
      text: JSON.stringify({ code: 'conversations.taken_over', data: { fromId: 'kim', reason: 'x' } }),
    });
    expect(judge(world).filter((line) => line.includes('olaf got'))).toEqual([]);
  });
});

/** Olaf gets a conversation right after Kim has taken hers. */
function second({ evidence }: World, conversationId: string, customerId: string, fence: number): void {
  const claimed = evidence.events[1] as LoggedEvent;
  evidence.events.splice(2, 0, { ...claimed, data: { ...claimed.data, conversationId, customerId, personId: 'olaf', fence } });
}
