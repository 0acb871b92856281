import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type PushService, startPushService, trustPushService } from '../../../testing/push-service/push-service.ts';
import { type ToldBrowser, toldBrowser } from '../../../testing/push-service/told-browser.ts';
import { createAccount, mailArrives } from '../../channels/testing.ts';
import { type Cast, cast } from '../../workspace/testing.ts';
import { module } from '../module.ts';

let h: TestHouse;
let we: Cast;
let service: PushService;
let distrust: () => void;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  service = await startPushService();
  distrust = trustPushService();
  await h.call(we.dorit, workspaceEndpoints.changeSettings, { privateAddresses: true });
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: we.team.id });
});
afterAll(async () => {
  distrust();
  await h.close();
  await service.close();
});
const leads = (leadIds: string[]) => h.call(we.dorit, workspaceEndpoints.changeTeam, { id: we.team.id, leadIds });
// Each begins on a Monday at nine in Leipzig, with nothing of the one before it.
beforeEach(async () => {
  await leads([we.luise.id]);
  await h.db.exec(sql`update conversations set state = 'closed', waiting_since = null, due_at = null, warn_at = null, alarm_at = null`);
  await h.db.exec(sql`delete from solution_clocks`);
  const week = 7 * 24 * 60 * minute;
  h.clock.advance(week - ((h.clock.now().getTime() - monday) % week));
});
afterEach(() => h.db.exec(sql`delete from sessions`));

const minute = 60_000;
const monday = Date.parse('2026-11-23T08:00:00.000Z');

let count = 0;
/** A mail of a new customer, whose answer is due four hours later and near due after three hours and twelve minutes. */
async function arrives(): Promise<string> {
  count += 1;
  const head = [
    `From: Erika Quittenbrot <k${count}@post.example>`,
    'To: service@haus.example',
    'Subject: Quittenbrot',
    `Message-ID: <t${count}@post.example>`,
  ];
  await mailArrives(h, account.id, [...head, '', 'Quittenbrot?'].join('\n'));
  await h.drain();
  return (await h.db.one<{ id: string }>(sql`select id from conversations order by created_at desc, id desc limit 1`)).id;
}
async function passes(minutes: number): Promise<void> {
  h.clock.advance(minutes * minute);
  await module.ticks?.find(({ name }) => name === 'routing.ring')?.run(jobWork(h.house.platform));
  await h.drain();
}
/** Kim and Olaf of the team, and Luise, who leads it. */
const browsers = async () => {
  const [kim, olaf, luise] = await Promise.all([we.kim, we.olaf, we.luise].map((who) => toldBrowser(h, service, who)));
  const told = () => [kim, olaf, luise].map((one?: ToldBrowser) => one?.told().map(({ kind, path }) => `${kind} ${path}`));
  return { told, kim };
};

it('of what nobody has, whoever leads the team is told that it is nearly due, and that it is overdue, without a word of the customer', async () => {
  const { told } = await browsers();
  const id = await arrives();
  await passes(191);
  expect(told()).toEqual([[], [], []]);
  await passes(1);
  expect(told()).toEqual([[], [], [`near_due /inbox/open/${id}`]]);
  await passes(48);
  expect(told()).toEqual([[], [], [`near_due /inbox/open/${id}`, `overdue /inbox/open/${id}`]]);
  await passes(600);
  expect(told()[2]).toHaveLength(2);
  expect(JSON.stringify(service.pushed)).not.toContain('Quittenbrot');
});

it('whoever has it is told before anybody else; when it is overdue, whoever leads the team, too', async () => {
  const { told, kim } = await browsers();
  const id = await arrives();
  await h.call(we.kim, api.change, { id, assigneeId: we.kim.id });
  await passes(192);
  expect(told()).toEqual([[`near_due /inbox/mine/${id}`], [], []]);
  // No longer of use once it is overdue.
  expect(kim?.pushed()[0]?.headers['ttl']).toBe(String(48 * 60));
  await passes(48);
  expect(told()).toEqual([[`near_due /inbox/mine/${id}`, `overdue /inbox/mine/${id}`], [], [`overdue /inbox/open/${id}`]]);
});

it('where nobody leads, all of the team are told', async () => {
  await leads([]);
  const { told } = await browsers();
  const id = await arrives();
  await passes(192);
  expect(told()).toEqual(Array.from({ length: 3 }, () => [`near_due /inbox/open/${id}`]));
});

it('what was answered before anybody was told is no news', async () => {
  const { told } = await browsers();
  const id = await arrives();
  h.clock.advance(192 * minute);
  await module.ticks?.find(({ name }) => name === 'routing.ring')?.run(jobWork(h.house.platform));
  const { fence } = (await h.call(we.olaf, api.claim, { id })).body.lease;
  const to = [{ name: '', address: 'klein@post.example' }];
  await h.call(we.olaf, api.reply, { id, fence, baseSeq: 1, draftId: crypto.randomUUID(), text: 'Es kommt.', to, undoSeconds: 0 });
  await h.drain();
  expect(told()).toEqual([[], [], []]);
});
