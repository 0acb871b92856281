import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { InputOf } from '../../../../contract/core.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { routingEndpoints } from '../../../../contract/routing.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { answersByDoor } from '../testing.ts';

const minute = 60_000;
let h: TestHouse;
let people: Cast;
let account: { id: string };
let count = 0;
/** Of the conversation of this test. */
let id: string;
let caseId: string;
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
  const level = { name: 'Alles', channels: [], visibility: 'any' as const, teamIds: [], priorities: [], hours: 'always' as const };
  const times = { firstAnswerMinutes: null, nextAnswerMinutes: null, solutionMinutes: 600, warnPercent: 80 };
  await h.call(people.dorit, routingEndpoints.setServiceLevels, { levels: [{ ...level, ...times }] });
});
afterAll(() => h.close());
beforeEach(async () => {
  h.clock.advance(minute);
  count += 1;
  await writes('Mein Sofa ist kaputt. Was nun?');
});

async function mail(from: string, headers: string[], text: string): Promise<void> {
  h.clock.advance(minute);
  await mailArrives(h, account.id, [`From: ${from}`, 'To: service@haus.example', 'Subject: Sofa', ...headers, '', text].join('\n'));
  await h.drain();
}
async function writes(text: string, headers: string[] = []): Promise<void> {
  const known = await h.db.query(sql`select from messages where platform_id = ${`a${count}@post.example`}`);
  const ids =
    known.length > 0
      ? [`Message-ID: <${crypto.randomUUID()}@post.example>`, `In-Reply-To: <a${count}@post.example>`]
      : [`Message-ID: <a${count}@post.example>`];
  await mail(`Erika Klein <klein${count}@post.example>`, [...ids, ...headers], text);
  ({ id, caseId } = await h.db.one<{ id: string; caseId: string }>(
    sql`select id, case_id as "caseId" from conversations where participants @> ${[`klein${count}@post.example`]} order by created_at desc limit 1`,
  ));
}
function answers(text: string, more: Partial<InputOf<typeof api.reply>> = {}): Promise<string> {
  h.clock.advance(minute);
  return answersByDoor(h, people.kim, { id, to: `klein${count}@post.example` }, text, more);
}
const clock = async () => (await h.call(people.kim, routingEndpoints.solutionClock, { id: caseId })).body.clock?.state;
const lines = async () =>
  (await h.db.query<{ text: string }>(sql`select text from messages where conversation_id = ${id} and kind = 'system' order by seq`)).map(
    ({ text }) => JSON.parse(text) as unknown,
  );

describe('the clock of a solution, against gaming (2.10)', () => {
  it('rests once the customer was asked something, and not for an answer that asks nothing', async () => {
    expect([await answers('Wir kümmern uns. Mehr: https://haus.example/?sofa=1'), await clock()]).toEqual(['waiting_customer', 'running']);
    expect([await answers('Welche Farbe hat es?'), await clock()]).toEqual(['waiting_customer', 'resting']);
    expect(await lines()).toEqual([]);
  });

  it('rests when whoever answers says what the customer is asked for, which stands in the timeline', async () => {
    await answers('Bitte schicken Sie uns ein Foto.', { asksFor: 'Foto vom Bein des Sofas' });
    expect(await clock()).toBe('resting');
    expect(await lines()).toEqual([{ code: 'conversations.asked_for', data: { what: 'Foto vom Bein des Sofas' } }]);
  });

  it('rests for a question that was asked before in another message, until the customer writes again', async () => {
    expect([await answers('Welche Farbe hat es?', { then: 'keep' }), await clock()]).toEqual(['in_progress', 'running']);
    await answers('Wir warten auf Nachricht.');
    expect(await clock()).toBe('resting');
    await writes('Grau. Kommt jemand?');
    expect(await clock()).toBe('running');
    await answers('Ja, am Montag.');
    expect(await clock()).toBe('running');
  });

  it('takes no machine’s mail for an answer, and no question of a message that was taken back', async () => {
    await answers('Welche Farbe hat es?', { then: 'keep' });
    await writes('Bin im Urlaub.', ['Auto-Submitted: auto-replied']);
    await answers('Wir warten auf Nachricht.');
    expect(await clock()).toBe('resting');
    await writes('Grau.');
    await answers('Und der Stoff?', { then: 'keep', undoSeconds: 60 });
    const { messageId } = await h.db.one<{ messageId: string }>(
      sql`select id as "messageId" from messages where conversation_id = ${id} and direction = 'out' order by seq desc limit 1`,
    );
    expect((await h.call(people.kim, api.undoSend, { id, messageId })).status).toBe(200);
    await answers('Danke, das genügt.');
    expect(await clock()).toBe('running');
  });

  it('goes by what was written in the mailbox’s own program, too', async () => {
    const inReply = [`Message-ID: <${crypto.randomUUID()}@haus.example>`, `In-Reply-To: <a${count}@post.example>`];
    const said = [`From: service@haus.example`, `To: klein${count}@post.example`, 'Subject: Re: Sofa', ...inReply, ''];
    h.clock.advance(minute);
    await mailArrives(h, account.id, [...said, 'Wir kümmern uns.'].join('\n'), h.clock.now(), { folderUse: '\\Sent' });
    await h.drain();
    expect(await h.db.query(sql`select state from conversations where id = ${id}`)).toEqual([{ state: 'waiting_customer' }]);
    expect(await clock()).toBe('running');
  });

  it('rests from the beginning where we wrote first: nobody reported anything', async () => {
    const to = [{ name: '', address: `neu${count}@post.example` }];
    const started = await h.call(people.kim, api.start, {
      accountId: account.id,
      to,
      subject: 'Rückruf',
      text: 'Das Modell wird zurückgerufen.',
      draftId: crypto.randomUUID(),
      undoSeconds: 0,
    });
    expect(started.status, JSON.stringify(started.body)).toBe(201);
    await h.drain();
    const events = await h.db.query(
      sql`select data->'asks' as asks from events where type = 'conversations.state_changed' and data->>'conversationId' = ${started.body.conversation.id}`,
    );
    expect(events).toEqual([{ asks: true }]);
  });
});
