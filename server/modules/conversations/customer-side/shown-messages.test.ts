import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from '../../../platform/database/sql.ts';
import { newId } from '../../../platform/ids.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';
import { messagesShownTo } from './shown-messages.ts';

let h: TestHouse;
let people: Cast;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
});
afterAll(() => h.close());

const me = { value: 'anna@post.example', label: 'Anna@Post.example' };
const address = fc.constantFrom(
  'anna@post.example',
  'ANNA@post.example',
  'bert@post.example',
  'service@haus.example',
  'xanna@post.example',
  '',
);
const list = fc.array(address, { maxLength: 2 });
const written = fc.record({
  kind: fc.constantFrom('message', 'message', 'message', 'note', 'system'),
  direction: fc.constantFrom('in', 'out'),
  visibility: fc.constantFrom('private', 'private', 'public', 'internal'),
  from: fc.option(address, { nil: null }),
  to: list,
  cc: list,
  bcc: list,
  automatic: fc.constantFrom(null, null, 'bounce', 'out_of_office', 'loop'),
  facts: fc.subarray(['stranger', 'auth_failed', 'forward', 'page', 'signed'], { maxLength: 2 }),
  delivery: fc.constantFrom(null, 'held', 'scheduled', 'queued', 'sending', 'sent', 'delivered', 'failed', 'uncertain', 'cancelled'),
});
type Written = typeof written extends fc.Arbitrary<infer T> ? T : never;

/** The rule in plain words, beside the query: written, got or copied by the address, between people, and gone out. */
function mayRead(m: Written, takesPart: boolean): boolean {
  const isMine = (one: string | null) => one?.toLowerCase() === me.value;
  const receivers = [...m.to, ...m.cc, ...m.bcc];
  const isNamed = isMine(m.from) || receivers.some(isMine);
  const isBareAnswer = m.direction === 'out' && receivers.length === 0 && takesPart;
  return (
    m.kind === 'message' &&
    m.visibility !== 'internal' &&
    m.automatic === null &&
    !m.facts.some((fact) => ['stranger', 'auth_failed', 'forward'].includes(fact)) &&
    (m.direction === 'in' || m.delivery === null || m.delivery === 'sent' || m.delivery === 'delivered') &&
    (isNamed || isBareAnswer)
  );
}

it('whatever was written to whomever, an address reads what it wrote or got, and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(written, { minLength: 1, maxLength: 12 }), fc.boolean(), fc.boolean(), async (all, takesPart, restricted) => {
      const { id } = await createConversation(h, { teamId: people.team.id });
      await h.db.exec(sql`update conversations set participants = ${takesPart ? [me.value] : ['bert@post.example']},
        restricted_at = ${restricted ? h.clock.now() : null} where id = ${id}`);
      const expected: string[] = [];
      for (const [n, m] of all.entries()) {
        const messageId = newId();
        const people = (addresses: string[]) => addresses.map((one) => ({ name: '', address: one }));
        const envelope = {
          from: m.from === null ? null : { name: '', address: m.from },
          to: people(m.to),
          cc: people(m.cc),
          bcc: people(m.bcc),
        };
        const delivery = m.delivery === null ? sql`null` : sql.json({ state: m.delivery });
        await h.db.exec(sql`insert into messages (id, conversation_id, seq, kind, direction, visibility, author_kind, author_name, envelope, text, automatic, facts,
            delivery, at, created_at)
          values (${messageId}, ${id}, ${n + 2}, ${m.kind}, ${m.direction}, ${m.visibility}, 'customer', '', ${sql.json(envelope)}, 'x', ${m.automatic}, ${m.facts},
            ${delivery}, ${h.clock.now()}, ${h.clock.now()})`);
        if (!restricted && mayRead(m, takesPart)) expected.push(messageId);
      }
      const shown = await messagesShownTo(h.db, [id], me, { limit: 100 });
      expect(shown.map((m) => m.id).toSorted()).toEqual(expected.toSorted());
    }),
    { numRuns: 60 },
  );
});
