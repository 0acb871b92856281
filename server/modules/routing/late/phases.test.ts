import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lateCauses, type LatePhase } from '../../../../contract/routing.ts';
import type { Event } from '../../../platform/events/event.ts';
import { always, type Calendar, openBetween } from '../../workspace/index.ts';
import { readClock } from '../clocks/clock.ts';
import { solutionBeats } from '../clocks/solution.ts';
import { causeOf, phasesOf } from './phases.ts';

const minute = 60_000;
const conversationId = 'one';
type Step = [minutes: number, what: 'claimed' | 'released' | 'lease_expired' | 'state_changed' | 'assigned', data?: object];
type Told = readonly [minutes: number, type: string, data: object];
const told = (steps: readonly Step[]): Event[] =>
  steps.map(
    ([at, what, data = {}]) => ({ type: `conversations.${what}`, at: new Date(at * minute), data: { conversationId, ...data } }) as Event,
  );
const spent = (steps: readonly Step[], { dueAt = 60, hereAt = 0 } = {}) => {
  const wait = {
    clock: 'first_answer' as const,
    conversationId,
    since: new Date(0),
    dueAt: new Date(dueAt * minute),
    hereAt: new Date(hereAt * minute),
  };
  return Object.fromEntries([...phasesOf(told(steps), wait, always)].map(([phase, time]) => [phase, time / minute]));
};
const moved = { teamId: 'b', fromTeamId: 'a', assigneeId: null };
const to = (toState: string) => ({ toState });

describe('what the time before an answer was due went into', () => {
  it('lies in the queue until somebody takes it, and lies there again when it is given back or left', () => {
    expect(spent([])).toEqual({ in_queue: 60 });
    expect(
      spent([
        [10, 'claimed'],
        [15, 'released'],
        [40, 'claimed'],
        [50, 'lease_expired'],
      ]),
    ).toEqual({ in_queue: 10 + 25 + 10, in_hand: 5 + 10 });
  });

  it('tells apart who is asked: an expert, somebody outside, a colleague it is handed to', () => {
    expect(
      spent([
        [5, 'claimed'],
        [10, 'state_changed', to('waiting_internal')],
        [30, 'state_changed', to('queued')],
        [35, 'claimed'],
        [40, 'state_changed', to('handover')],
        [45, 'state_changed', to('in_progress')],
        [50, 'state_changed', to('waiting_third_party')],
      ]),
    ).toEqual({ in_queue: 10, in_hand: 5 + 5 + 5, expert: 20, handover: 5, third_party: 10 });
  });

  it('says of work given to somebody who has not taken it that it lay with them, and not in the queue', () => {
    expect(
      spent([
        [20, 'assigned', { teamId: 'a', fromTeamId: 'a', assigneeId: 'kim' }],
        [50, 'claimed'],
      ]),
    ).toEqual({ in_queue: 20, assigned: 30, in_hand: 10 });
  });

  it('counts as elsewhere whatever was before it came to the team, and as not here whatever was before it reached us', () => {
    expect(
      spent(
        [
          [20, 'claimed'],
          [30, 'assigned', moved],
          [30, 'released'],
        ],
        { hereAt: 10 },
      ),
    ).toEqual({ not_here: 10, elsewhere: 20, in_queue: 30 });
    // What happens after it was due is another story.
    expect(spent([[70, 'assigned', moved]])).toEqual({ in_queue: 60 });
    expect(spent([], { hereAt: 90 })).toEqual({ not_here: 60 });
  });

  it('names what most of the time went into; of the queue whether anybody was there', () => {
    const cause = (phases: Partial<Record<LatePhase, number>>, there: number | null = 3) =>
      causeOf(new Map(Object.entries(phases) as never), there);
    expect(cause({ in_queue: 20, in_hand: 30 })).toBe('in_hand');
    expect(cause({ in_queue: 20, expert: 20 })).toBe('not_taken');
    expect(cause({ in_queue: 20 }, 0)).toBe('nobody_there');
    expect(cause({ in_queue: 20 }, null)).toBe('not_taken');
    expect(cause({ in_queue: 20, elsewhere: 21 }, 0)).toBe('elsewhere');
    expect(cause({}, 0)).toBe('nobody_there');
  });

  it('adds up to the time that counts, whatever happens, and always has a cause', () => {
    const what = fc.constantFrom<Step[1]>('claimed', 'released', 'lease_expired', 'state_changed', 'assigned');
    const data = fc.record({
      toState: fc.constantFrom('queued', 'in_progress', 'handover', 'waiting_internal', 'waiting_third_party', 'waiting_customer'),
      teamId: fc.constantFrom('a', 'b'),
      fromTeamId: fc.constantFrom('a', 'b', null),
      assigneeId: fc.constantFrom('kim', null),
    });
    const steps = fc.array(fc.tuple(fc.integer({ min: -500, max: 4_000 }), what, data), { maxLength: 12 });
    const day = [{ from: 480, to: 1_200 }];
    const calendar: Calendar = {
      kind: 'hours',
      zone: 'Europe/Berlin',
      land: 'SN',
      municipal: [],
      week: [day, day, day, day, day, [], []],
      special: new Map(),
    };
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 3_000 }), (all, hereAt, length) => {
        const log = told(all.toSorted((a, b) => a[0] - b[0]));
        const since = new Date(0);
        const dueAt = new Date(length * minute);
        for (const hours of [always, calendar]) {
          const phases = phasesOf(log, { clock: 'next_answer', conversationId, since, dueAt, hereAt: new Date(hereAt * minute) }, hours);
          expect([...phases.values()].reduce((sum, one) => sum + one, 0)).toBe(openBetween(hours, 0, dueAt.getTime()));
          expect([...phases.values()].every((one) => one > 0)).toBe(true);
          expect(lateCauses).toContain(causeOf(phases, 1));
        }
      }),
    );
  });

  const concern = (steps: readonly Told[], clock: 'solution' | 'promise', dueAt = 60) =>
    Object.fromEntries(
      [
        ...phasesOf(
          steps.map(([at, type, data]) => ({ type, at: new Date(at * minute), data }) as Event),
          { clock, conversationId, since: new Date(0), hereAt: new Date(0), dueAt: new Date(dueAt * minute) },
          always,
        ),
      ].map(([phase, time]) => [phase, time / minute]),
    );
  const states = (id: string, toState: string) => ['conversations.state_changed', { conversationId: id, toState }] as const;

  it('is of a solution what its clock ran: not while the customer has to answer, and not while the case is solved', () => {
    const steps: Told[] = [
      [0, 'cases.opened', { conversationId }],
      [10, 'conversations.claimed', { conversationId }],
      [10, ...states(conversationId, 'in_progress')],
      [20, ...states(conversationId, 'waiting_customer')],
      [30, ...states(conversationId, 'queued')],
      [45, ...states(conversationId, 'resolved')],
      [50, 'cases.state_changed', { toState: 'resolved' }],
      [55, 'cases.state_changed', { toState: 'open' }],
    ];
    expect(concern(steps, 'solution')).toEqual({ in_queue: 10 + 15, in_hand: 10, at_rest: 5 + 5 });
    // What was promised waits for nobody.
    expect(concern(steps, 'promise')).toEqual({ in_queue: 10 + 15, in_hand: 10, customer: 10, at_rest: 15 });
  });

  it('counts as at rest what was answered without asking anything, unless another conversation asked', () => {
    const asks = (id: string, is: boolean) =>
      ['conversations.state_changed', { conversationId: id, toState: 'waiting_customer', asks: is }] as const;
    const steps: Told[] = [
      [0, 'cases.opened', { conversationId }],
      [10, ...asks(conversationId, false)],
      [30, ...asks('two', true)],
      [50, ...states('two', 'resolved')],
    ];
    expect(concern(steps, 'solution')).toEqual({ in_queue: 10, at_rest: 20 + 10 });
    expect(concern(steps, 'promise')).toEqual({ in_queue: 10, at_rest: 20 + 10, customer: 20 });
  });

  it('takes of several conversations the one that is furthest, and rests only when none has anything to do', () => {
    expect(
      concern(
        [
          [0, 'cases.opened', { conversationId }],
          [0, ...states(conversationId, 'waiting_customer')],
          [10, ...states('two', 'queued')],
          [20, ...states('two', 'waiting_third_party')],
          [40, ...states('two', 'closed')],
        ],
        'solution',
      ),
    ).toEqual({ in_queue: 10, third_party: 20 });
  });

  it('adds up, of a solution, to what its clock has counted when it is due, whatever happens', () => {
    const what = fc.constantFrom('claimed', 'released', 'lease_expired', 'state_changed', 'assigned');
    const state = fc.constantFrom('queued', 'in_progress', 'waiting_internal', 'waiting_customer', 'resolved', 'merged');
    const step = fc.record({
      at: fc.integer({ min: 1, max: 3_000 }),
      what,
      state,
      id: fc.constantFrom(conversationId, 'two'),
      asks: fc.constantFrom(true, false, undefined),
      isCase: fc.boolean(),
    });
    let counted = 0;
    fc.assert(
      fc.property(fc.array(step, { maxLength: 14 }), fc.integer({ min: 1, max: 900 }), (steps, minutes) => {
        const log = [
          { type: 'cases.opened', at: new Date(0), data: { conversationId } },
          ...steps
            .toSorted((a, b) => a.at - b.at)
            .map(({ at, what: one, state: toState, id, asks, isCase }) =>
              isCase
                ? { type: 'cases.state_changed', at: new Date(at * minute), data: { toState: toState === 'resolved' ? toState : 'open' } }
                : {
                    type: `conversations.${one}`,
                    at: new Date(at * minute),
                    data: {
                      conversationId: id,
                      ...(one === 'state_changed' ? { toState, asks } : { teamId: 'a', fromTeamId: 'a', assigneeId: null }),
                    },
                  },
            ),
        ] as Event[];
        const dueAt = readClock(solutionBeats(log), { calendar: always, time: minutes * minute }, 3_000 * minute)?.dueAt;
        if (!dueAt) return;
        const time = { clock: 'solution' as const, conversationId, since: new Date(0), hereAt: new Date(0), dueAt: new Date(dueAt) };
        const phases = phasesOf(log, time, always);
        expect([...phases.values()].reduce((sum, one) => sum + one, 0)).toBe(minutes * minute);
        counted += 1;
      }),
    );
    expect(counted).toBeGreaterThan(20);
  });
});
