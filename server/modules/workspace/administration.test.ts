import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../contract/workspace.ts';
import { dbOf, sql } from '../../platform/database/sql.ts';
import { jobWork } from '../../platform/jobs/jobs.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { ticks } from './jobs.ts';
import { type Cast, cast } from './testing.ts';

let house: TestHouse;
let we: Cast;
beforeAll(async () => {
  house = await testHouse({}, { upTo: 'workspace' });
  we = await cast(house);
});
afterAll(() => house.close());

const fail = async () => {
  const { platform } = house.house;
  await platform.jobs.enqueue(dbOf(platform.database.pool), 'workspace.nobody_does_this', {}, { retryLimit: 0 });
  await house.drain();
  return (await house.call(we.luise, on.listFailedJobs, {})).body.items;
};

it('work given up is shown, tried again on demand, or given up for good', async () => {
  const [one] = await fail();
  expect(one).toMatchObject({ job: 'workspace.nobody_does_this', attempts: 1 });
  expect((await house.call(we.luise, on.retryJob, { id: one?.id ?? '' })).status).toBe(403);
  expect((await house.call(we.dorit, on.retryJob, { id: one?.id ?? '' })).status).toBe(200);
  expect((await house.call(we.luise, on.listFailedJobs, {})).body.items).toEqual([]);
  const [again] = await fail();
  expect((await house.call(we.dorit, on.discardJob, { id: again?.id ?? '' })).status).toBe(200);
  expect((await house.call(we.dorit, on.discardJob, { id: again?.id ?? '' })).status).toBe(404);
});

it('health says how every part is', async () => {
  await fail();
  const { items } = (await house.call(we.luise, on.getHealth, {})).body;
  expect(items.find((line) => line.name === 'workspace.jobs')).toMatchObject({ ok: false, code: 'workspace.jobs_failed' });
  expect(items.find((line) => line.name === 'workspace.webhooks')).toEqual({ name: 'workspace.webhooks', ok: true });
});

it('the company changes its name and everybody hears of it', async () => {
  const { body, events } = await house.call(we.dorit, on.changeSettings, { name: 'Haus & Garten', locale: 'en' });
  expect(body).toEqual({ name: 'Haus & Garten', locale: 'en', demo: false, privateAddresses: false, contact: '', customerPage: true });
  expect(events).toEqual([{ type: 'workspace.settings_changed', data: {} }]);
  expect((await house.call(we.kim, on.getMe, {})).body.company.name).toBe('Haus & Garten');
});

it('everybody may read whom to turn to, and nothing else of the company', async () => {
  const contact = 'barrierefrei@haus.example, 040 1234';
  expect((await house.call(we.dorit, on.changeSettings, { contact: ` ${contact} ` })).body.contact).toBe(contact);
  const { name } = (await house.call(we.dorit, on.getSettings, {})).body;
  expect((await house.call(null, on.getContact, {})).body).toEqual({ company: name, contact });
  expect((await house.call(we.dorit, on.changeSettings, { contact: 'x'.repeat(201) })).status).toBe(400);
});

it('whoever is invited starts in the company’s language; who opened the own network stands in the audit log', async () => {
  await house.call(we.dorit, on.changeSettings, { locale: 'en', privateAddresses: true });
  await house.call(we.dorit, on.changeSettings, { privateAddresses: true });
  const facts = { email: 'neu@example.com', name: 'Neu Hier', roles: ['agent' as const] };
  expect((await house.call(we.dorit, on.invitePerson, facts)).body.person.locale).toBe('en');
  const german = { ...facts, email: 'anders@example.com', locale: 'de' as const };
  expect((await house.call(we.dorit, on.invitePerson, german)).body.person.locale).toBe('de');
  await house.call(we.dorit, on.changeSettings, { privateAddresses: false });
  const rows = await house.db.query<{ action: string }>(
    sql`select action from audit_log where action like 'workspace.own_network%' order by seq`,
  );
  expect(rows.map(({ action }) => action)).toEqual(['workspace.own_network_allowed', 'workspace.own_network_closed']);
  const refused = await house.call(we.luise, on.changeSettings, { name: 'Meins' });
  expect([refused.status, refused.events]).toEqual([403, []]);
});

it('the permission table is there to read', async () => {
  const { rights, roles } = (await house.call(we.kim, on.getPermissions, {})).body;
  expect(roles).toContain('agent');
  expect(rights.find((one) => one.right === 'manage_people')?.scopes).toEqual({ admin: 'A' });
});

it('what has served its time is swept away', async () => {
  await house.db.exec(sql`insert into sessions (id, person_id, token_hash, user_agent, created_at, last_seen_at, expires_at)
    values (gen_random_uuid(), ${we.kim.id}, 'x', '', now(), now(), ${new Date('2026-01-01')})`);
  const [tick] = ticks;
  const { platform } = house.house;
  await tick?.run(jobWork(platform));
  expect(await house.db.query(sql`select from sessions`)).toEqual([]);
});
