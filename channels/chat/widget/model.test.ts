import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownMessage, ShownState, Wait } from '../protocol.ts';
import type { Pending } from './memory.ts';
import { afterSilence, pauseAfter, rowsOf, stillPending, tellWait } from './model.ts';
import { fromJson, toJson } from './pristine.ts';

const message = (id: string, more: Partial<ShownMessage> = {}): ShownMessage => ({
  id,
  isMine: true,
  text: id,
  author: '',
  at: '2026-11-28T09:00:00.000Z',
  files: [],
  isRead: false,
  ...more,
});
const state = (messages: ShownMessage[]): ShownState => ({ messages, wait: null, isStaffed: true, address: null, isOver: false });
const pending = (id: string): Pending => ({ id, text: id, at: '2026-11-28T09:00:00.000Z', hadFiles: false, address: null });
const none = { pending: [], confirmed: new Set<string>(), refused: new Map<string, string>() };

describe('the log', () => {
  it('shows every message once, whatever the server knows already, and none is dropped before the server shows it', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 20 }).map(String), { maxLength: 12 });
    fc.assert(
      fc.property(ids, ids, ids, (shown, waiting, confirmed) => {
        const now = state(shown.map((id) => message(id)));
        const left = stillPending(waiting.map(pending), now);
        const rows = rowsOf(now, { ...none, pending: left, confirmed: new Set(confirmed) }).map(({ id }) => id);
        expect(rows).toEqual([...shown, ...waiting.filter((id) => !shown.includes(id))]);
      }),
    );
  });

  it('says truly how far a message is', () => {
    const stages = rowsOf(state([message('a', { isRead: true }), message('b'), message('c', { isMine: false })]), {
      pending: ['d', 'e', 'f'].map(pending),
      confirmed: new Set(['d']),
      refused: new Map([['e', 'too_many']]),
    }).map(({ stage }) => stage);
    expect(stages).toEqual(['read', 'sent', null, 'sent', 'refused', 'sending']);
  });
});

describe('the wait that is told', () => {
  it('never rises twice without saying why, and never changes once it is over', () => {
    const wait: fc.Arbitrary<Wait> = fc.oneof(
      fc.constant('unknown' as const),
      fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 30 })).map(([from, more]) => ({ from, to: from + more })),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(wait, fc.integer({ min: 0, max: 40 })), { maxLength: 20 }), (looks) => {
        const kept: Parameters<typeof tellWait>[2] = { told: null };
        let rises = 0;
        let last: number | undefined;
        for (const [next, minutes] of looks) {
          const told = tellWait(next, minutes, kept);
          if (told.say === 'unknown') expect([next, last]).toEqual(['unknown', undefined]);
          if (told.say === 'over') expect(minutes).toBeGreaterThan(told.to);
          if (told.say !== 'range' && told.say !== 'longer') continue;
          if (last !== undefined && told.to < last) rises = 0;
          if (last !== undefined && told.to > last) rises += 1;
          expect(told.say).toBe(rises >= 2 ? 'longer' : 'range');
          last = told.to;
        }
      }),
    );
  });
});

it('pauses grow, are never all the same, and end at half a minute', () => {
  expect([0, 1, 2, 9].map((failures) => pauseAfter(failures, 1))).toEqual([1_000, 2_000, 4_000, 30_000]);
  expect(pauseAfter(3, 0)).toBe(4_000);
});

it('a silent line is asked before it is given up', () => {
  expect([0, 20_000, 20_001, 30_000, 30_001, 3_600_000].map(afterSilence)).toEqual(['trust', 'trust', 'ask', 'ask', 'renew', 'renew']);
});

it('writes JSON although the page has given every list and object a form of its own', () => {
  const list = Array.prototype as { toJSON?: unknown };
  const all = Object.prototype as { intruder?: unknown };
  list.toJSON = () => 'broken';
  all.intruder = 'broken';
  try {
    const value = { a: [1, 'zwei "3"\n', null, true], b: { c: undefined, d: [] } };
    expect(toJson(value)).toBe('{"a":[1,"zwei \\"3\\"\\n",null,true],"b":{"d":[]}}');
  } finally {
    delete list.toJSON;
    delete all.intruder;
  }
  expect(fromJson('{')).toBeNull();
});
