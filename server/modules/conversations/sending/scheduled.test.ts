import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationEndpoints as api, type Message } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { listen } from '../../../testing/sync-law.ts';
import { createAccount, mailArrives, sendAllDue } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
});
afterAll(() => h.close());
beforeEach(() => h.clock.advance(60_000));

let count = 0;
const mail = (to: { id: string; answers?: string | null; headers?: string[] }) =>
  [
    `From: Erika Klein <klein${to.id}@post.example>`,
    'To: Service <service@haus.example>',
    'Subject: Sofa',
    `Message-ID: <s${(count += 1)}@post.example>`,
    ...(to.answers ? [`In-Reply-To: <${to.answers}>`] : []),
    ...(to.headers ?? []),
    'Date: Mon, 23 Nov 2026 09:00:00 +0100',
    'Content-Type: text/plain; charset=utf-8',
    '',
    to.answers ? 'Hat sich erledigt.' : 'Wo bleibt mein Sofa?',
  ].join('\n');

/** A customer's mail, and an adviser's answer that leaves in an hour. */
async function scheduled(text = 'Am Montag.') {
  count += 1;
  const who = String(count);
  await mailArrives(h, account.id, mail({ id: who }));
  await h.drain();
  const [newest] = (await h.call(people.kim, api.list, { view: 'open', sort: 'newest', limit: 1 })).body.items;
  const id = newest?.id ?? '';
  const { fence } = (await h.call(people.kim, api.claim, { id })).body.lease;
  const at = new Date(h.clock.now().getTime() + 3_600_000).toISOString();
  const to = [{ name: 'Erika Klein', address: `klein${who}@post.example` }];
  const reply = await h.call(people.kim, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), text, to, sendAt: at });
  expect(reply.body.message.delivery).toMatchObject({ state: 'scheduled', until: at });
  const now = async (): Promise<Message> => {
    const found = (await h.call(people.kim, api.open, { id })).body.messages.find((one) => one.id === reply.body.message.id);
    if (!found) throw new Error('The message is gone');
    return found;
  };
  const writes = async (headers: string[] = []) => {
    const { answers } = await h.db.one<{ answers: string }>(
      sql`select platform_id as answers from messages where id = ${reply.body.message.id}`,
    );
    await mailArrives(h, account.id, mail({ id: who, answers, headers }));
  };
  return { id, at, message: reply.body.message, now, writes };
}

describe('an answer that waits for its time', () => {
  it('leaves then and not before', async () => {
    const { now } = await scheduled();
    await sendAllDue(h);
    expect((await now()).delivery?.state).toBe('scheduled');
    h.clock.advance(3_600_000);
    await sendAllDue(h);
    await h.drain();
    expect((await now()).delivery?.state).toBe('sent');
  });

  it('is taken back by its author until then', async () => {
    const { id, message, now } = await scheduled('Am Dienstag.');
    const back = await h.call(people.kim, api.undoSend, { id, messageId: message.id });
    expect(back.body.draft.text).toBe('Am Dienstag.');
    h.clock.advance(3_700_000);
    await sendAllDue(h);
    expect((await now()).delivery?.state).toBe('cancelled');
  });

  it('is stopped by the customer’s next message, becomes a draft again, and its author hears of it', async () => {
    const { id, message, now, writes } = await scheduled('Ihr Sofa kommt am Mittwoch.');
    const told = await listen(h, people.kim, [{ kind: 'conversation', id }]);
    await writes();
    const events = await h.drain();
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining([
        'conversations.message_received',
        'conversations.draft_changed',
        'conversations.delivery_changed',
        'conversations.system_line_added',
      ]),
    );
    expect((await now()).delivery?.state).toBe('cancelled');
    const { body } = await h.call(people.kim, api.open, { id });
    expect(body.drafts).toMatchObject([{ kind: 'reply', text: 'Ihr Sofa kommt am Mittwoch.' }]);
    const lines = body.messages.filter(({ kind }) => kind === 'system').map(({ text }) => JSON.parse(text) as unknown);
    expect(lines).toContainEqual({ code: 'conversations.scheduled_stopped', data: { fromId: people.kim.id } });
    expect(body.conversation).toMatchObject({ state: 'queued', assigneeId: people.kim.id });
    await told.settled();
    expect(told.events).toContainEqual(expect.objectContaining({ type: 'conversations.delivery_changed', actorId: null }));
    expect(told.records.get(`message ${message.id}`)?.data).toMatchObject({ delivery: { state: 'cancelled' } });
    told.close();
    h.clock.advance(3_700_000);
    await sendAllDue(h);
    expect((await now()).delivery?.state).toBe('cancelled');
  });

  it('is not stopped by a machine’s mail', async () => {
    const { now, writes } = await scheduled();
    await writes(['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All', 'Precedence: auto_reply']);
    await h.drain();
    expect((await now()).delivery?.state).toBe('scheduled');
  });

  it('that has left already is left alone when the customer writes', async () => {
    const { now, writes } = await scheduled();
    h.clock.advance(3_700_000);
    await sendAllDue(h);
    await h.drain();
    await writes();
    await h.drain();
    expect((await now()).delivery?.state).toBe('sent');
  });
});
