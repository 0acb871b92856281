import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../contract/conversations.ts';
import { routingEndpoints } from '../../contract/routing.ts';
import { createAccount, mailArrives } from '../modules/channels/testing.ts';
import { type Cast, cast } from '../modules/workspace/testing.ts';
import { sql } from '../platform/database/sql.ts';
import { silentLog } from '../platform/log.ts';
import { type TestHouse, testHouse } from '../testing/house.ts';
import { archiveCommand } from './archive-command.ts';

const day = 86_400_000;
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'nahbar-archive-'));
let h: TestHouse;
let we: Cast;
let account: { id: string };
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  account = await createAccount(h, { kind: 'email', address: 'service@haus.example', teamId: we.team.id });
});
afterAll(async () => {
  await h.close();
  fs.rmSync(folder, { recursive: true });
});

/** A mail whose sender, subject and text say who wrote it. Returns its case and conversation. */
async function arrives(name: string): Promise<{ id: string; caseId: string }> {
  const mail = [
    `From: ${name} <${name}@post.example>`,
    'To: service@haus.example',
    `Subject: ${name} fragt`,
    `Message-ID: <${name}@post.example>`,
  ];
  await mailArrives(h, account.id, [...mail, '', `Hier ist ${name}.`].join('\n'));
  await h.drain();
  return h.db.one(sql`select id, case_id as "caseId" from conversations order by created_at desc, id desc limit 1`);
}
const clock = async (caseId: string) => (await h.call(we.kim, routingEndpoints.solutionClock, { id: caseId })).body.clock;
const events = async () => (await h.db.one<{ n: number }>(sql`select count(*)::int as n from events`)).n;

async function archive(...args: string[]): Promise<string[]> {
  const said: string[] = [];
  const { config, database } = h.house.platform;
  await archiveCommand(
    args,
    { config, log: silentLog, say: (line) => void said.push(line), openDatabase: async () => database },
    h.clock.now(),
  );
  return said;
}

it('takes what is over out of the database and brings it back, leaves the clocks of open cases as they are, and holds no word of a customer', async () => {
  const open = await arrives('Offenbach');
  const over = await arrives('Quittenbrot');
  await h.call(we.kim, api.claim, { id: over.id });
  expect((await h.call(we.kim, api.bulk, { ids: [over.id], step: 'classify_spam' })).status).toBe(200);
  await h.drain();
  h.clock.advance(100 * day);
  await h.db.exec(sql`update sessions set expires_at = ${new Date(h.clock.now().getTime() + day)}`);
  const running = await clock(open.caseId);
  expect(running).toMatchObject({ state: 'running' });
  const all = await events();

  const said = await archive(folder);
  expect(said[0]).toMatch(/^events-2026-11-.*\.jsonl\.gz: \d+ events\.$/);
  const left = await events();
  expect(left).toBeLessThan(all);
  expect(await clock(open.caseId)).toEqual(running);
  const told = await h.db.query<{ caseId: string }>(
    sql`select distinct correlation_id as "caseId" from events where correlation_id is not null`,
  );
  expect(told).toEqual([{ caseId: open.caseId }]);

  const [name] = fs.readdirSync(folder).filter((one) => one.endsWith('.gz'));
  const file = path.join(folder, name ?? '');
  const text = gunzipSync(fs.readFileSync(file)).toString();
  expect(text).toContain(over.caseId);
  for (const word of ['Quittenbrot', 'Offenbach', 'post.example', we.kim.name]) expect(text).not.toContain(word);

  // What was written before any case was, stays out; all of the file comes back.
  expect(await archive('--restore', file)).toEqual([`${all - left} events are back; the next archiving takes them out again.`]);
  expect(await events()).toBe(all);
  await h.drain();
  expect(await events()).toBe(all);
  expect((await archive(folder)).length).toBe(1);
  expect(await archive(folder)).toEqual(['Nothing is older than 90 days and needed no more.']);
});

it('says what is wrong with how it was called', async () => {
  await expect(archive()).rejects.toThrow('Name exactly one folder.');
  await expect(archive(folder, '--days', '30')).rejects.toThrow('from 31 on');
  await expect(archive('--restore', path.join(folder, 'none'))).rejects.toThrow('There is no file');
  await expect(archive('--restore', folder, '--days', '90')).rejects.toThrow('takes one file and nothing else');
  fs.writeFileSync(path.join(folder, 'notes.gz'), 'x');
  await expect(archive('--restore', path.join(folder, 'notes.gz'))).rejects.toThrow(
    'is no file of the archive; those are called events-YEAR-MONTH-….jsonl.gz. Nothing was changed.',
  );
});
