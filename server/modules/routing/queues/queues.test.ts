import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { caseEndpoints } from '../../../../contract/cases.ts';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { customersEndpoints } from '../../../../contract/customers.ts';
import { type Queue, routingEndpoints as on } from '../../../../contract/routing.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { someQueue } from '../testing.ts';

let h: TestHouse;
let people: Cast;
let account: { id: string };
let english = '';
let law = '';
beforeAll(async () => {
  h = await testHouse();
  people = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: people.team.id });
  const skill = async (key: string) =>
    (await h.call(people.dorit, workspaceEndpoints.addSkill, { key, label: { de: key, en: key } })).body.id;
  english = await skill('englisch');
  law = await skill('recht');
});
afterAll(() => h.close());
afterEach(async () => {
  await h.db.exec(sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null`);
  await h.db.exec(sql`delete from person_skills`);
  await set();
});

const queue = (name: string, given: Partial<Queue> = {}): Queue => someQueue({ name, ...given });
async function set(...items: Queue[]): Promise<Queue[]> {
  expect((await h.call(people.dorit, on.setQueues, { items })).status).toBe(200);
  await settled();
  return items;
}
/** Everything that follows from a change has happened: the job begins a few seconds after it. */
async function settled(): Promise<void> {
  await h.drain();
  await h.db.exec(sql`update pgboss.job set start_after = now() where state = 'created'`);
  await h.drain();
}

let count = 0;
async function arrives(): Promise<string> {
  count += 1;
  h.clock.advance(1_000);
  const head = [
    `From: Erika Klein <q${count}@post.example>`,
    'To: service@haus.example',
    'Subject: Sofa',
    `Message-ID: <q${count}@post.example>`,
  ];
  await mailArrives(h, account.id, [...head, '', 'Wo ist mein Sofa?'].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}
const queueOf = async (id: string) => (await h.call(people.kim, api.open, { id })).body.conversation.queueId;
const knows = (who: { id: string }, skillId: string, level: number, validTo: string | null = null) =>
  h.call(people.dorit, workspaceEndpoints.grantSkill, { id: skillId, personId: who.id, level, validTo });
const next = async (who: { id: string }) => {
  const { status, body, problem } = await h.call(who, api.takeNext, { view: 'unassigned' });
  return status === 200 ? body.conversation.id : problem.code;
};

describe('queues', () => {
  it('are kept as set, in their order, told to everybody, and noted; set again the same they are no change', async () => {
    const items = [queue('Recht', { needs: [{ skillId: law, level: 2 }], priorities: ['urgent'] }), queue('Rest')];
    const { events } = await h.call(people.dorit, on.setQueues, { items });
    expect(events.map(({ type, data }) => [type, data])).toEqual([['routing.queues_changed', { queues: 2 }]]);
    expect((await h.call(people.kim, on.queues, {})).body.items).toEqual(items);
    expect((await h.call(people.dorit, on.setQueues, { items })).events).toEqual([]);
    expect((await h.call(people.dorit, on.setQueues, { items: items.toReversed() })).body.items).toEqual(items.toReversed());
  });

  it.each([
    ['routing.team_unknown', (): Queue[] => [queue('x', { teamIds: [crypto.randomUUID()] })]],
    ['routing.topic_unknown', (): Queue[] => [queue('x', { topicIds: [crypto.randomUUID()] })]],
    ['routing.skill_unknown', (): Queue[] => [queue('x', { needs: [{ skillId: crypto.randomUUID(), level: 1 }] })]],
    [
      'routing.queue_twice',
      (): Queue[] => {
        const one = queue('x');
        return [one, one];
      },
    ],
  ])('are refused with %s, and those before stay', async (code, items) => {
    const [before] = await set(queue('davor'));
    expect((await h.call(people.dorit, on.setQueues, { items: items() })).problem.code).toBe(code);
    expect((await h.call(people.kim, on.queues, {})).body.items).toEqual([before]);
  });
});

describe('a customer waits in the first queue that fits', () => {
  it('from the moment they write, and in another one when priority or team say so', async () => {
    const [urgent, other, rest] = await set(
      queue('Eilig', { priorities: ['urgent'] }),
      queue('Beratung', { teamIds: [people.otherTeam.id] }),
      queue('Rest'),
    );
    const id = await arrives();
    expect(await queueOf(id)).toBe(rest?.id);
    await h.call(people.kim, api.change, { id, priority: 'urgent' });
    expect(await queueOf(id)).toBe(urgent?.id);
    await h.call(people.kim, api.change, { id, priority: 'normal', teamId: people.otherTeam.id });
    expect((await h.call(people.mehmet, api.open, { id })).body.conversation.queueId).toBe(other?.id);
  });

  it('which a view can hold alone', async () => {
    const [urgent] = await set(queue('Eilig', { priorities: ['urgent'] }), queue('Rest'));
    const id = await arrives();
    await arrives();
    await h.call(people.kim, api.change, { id, priority: 'urgent' });
    const view = {
      id: crypto.randomUUID(),
      name: 'Eilig',
      filter: { queueIds: [urgent?.id ?? ''] },
      sort: 'due' as const,
      position: 0,
      shared: false,
    };
    await h.call(people.kim, api.saveView, view);
    const { items } = (await h.call(people.kim, api.list, { view: view.id })).body;
    expect(items.map((one) => one.id)).toEqual([id]);
    expect((await h.call(people.kim, api.counters, {})).body.counters[view.id]).toBe(1);
  });

  it('also those who wait already when queues are set, and none when there is none', async () => {
    const id = await arrives();
    expect(await queueOf(id)).toBeNull();
    const [mail] = await set(queue('Mail', { channels: ['email'] }));
    expect(await queueOf(id)).toBe(mail?.id);
    const [chat] = await set(queue('Chat', { channels: ['chat'] }));
    expect(chat).toBeDefined();
    expect(await queueOf(id)).toBeNull();
  });

  it('by the topic of the case and those above it, also when it is chosen later', async () => {
    const { items: topics } = (await h.call(people.kim, caseEndpoints.topics, {})).body;
    const below = topics.find(({ parentId }) => parentId !== null);
    const [returns] = await set(queue('Rücksendung', { topicIds: [below?.parentId ?? ''] }));
    const id = await arrives();
    expect(await queueOf(id)).toBeNull();
    const { caseId } = (await h.call(people.kim, api.open, { id })).body.conversation;
    const { version } = (await h.call(people.kim, caseEndpoints.open, { id: caseId ?? '' })).body.case;
    expect((await h.call(people.kim, caseEndpoints.change, { id: caseId ?? '', version, topicId: below?.id ?? '' })).status).toBe(200);
    await settled();
    expect(await queueOf(id)).toBe(returns?.id);
  });

  it('by what they speak, of en-GB too, also when that becomes known later', async () => {
    const [inEnglish] = await set(queue('Englisch', { languages: ['en'] }));
    const id = await arrives();
    expect(await queueOf(id)).toBeNull();
    const { customerId } = (await h.call(people.kim, api.open, { id })).body.conversation;
    const [{ version } = { version: 0 }] = await h.db.query<{ version: number }>(
      sql`select version from customers where id = ${customerId}`,
    );
    expect((await h.call(people.luise, customersEndpoints.change, { id: customerId, version, locale: 'en-GB' })).status).toBe(200);
    await settled();
    expect(await queueOf(id)).toBe(inEnglish?.id);
  });
});

describe('“next” gives what one can do', () => {
  it('only with the skill, well enough, until its last day; the rest goes to whoever can', async () => {
    await set(queue('Englisch', { priorities: ['urgent'], needs: [{ skillId: english, level: 2 }] }));
    const id = await arrives();
    await h.call(people.kim, api.change, { id, priority: 'urgent' });
    const easy = await arrives();
    const today = h.clock.now().toISOString().slice(0, 10);
    const yesterday = new Date(h.clock.now().getTime() - 86_400_000).toISOString().slice(0, 10);
    // Kim has no skill at all, so what is due later comes first; after it nothing is left for her.
    expect(await next(people.kim)).toBe(easy);
    expect(await next(people.kim)).toBe('conversations.nothing_for_your_skills');
    await knows(people.kim, english, 1);
    expect(await next(people.kim)).toBe('conversations.nothing_for_your_skills');
    await knows(people.kim, english, 3, yesterday);
    expect(await next(people.kim)).toBe('conversations.nothing_for_your_skills');
    await knows(people.olaf, english, 2, today);
    expect(await next(people.olaf)).toBe(id);
    expect(await next(people.olaf)).toBe('conversations.nothing_free');
  });

  it('all skills of a queue are needed; whoever takes one from the list is not hindered', async () => {
    await set(
      queue('Recht auf Englisch', {
        needs: [
          { skillId: english, level: 1 },
          { skillId: law, level: 1 },
        ],
      }),
    );
    const id = await arrives();
    await knows(people.kim, english, 3);
    expect(await next(people.kim)).toBe('conversations.nothing_for_your_skills');
    expect((await h.call(people.kim, api.claim, { id })).status).toBe(200);
    await h.call(people.kim, api.release, { id });
    await knows(people.kim, law, 1);
    expect(await next(people.kim)).toBe(id);
  });
});
