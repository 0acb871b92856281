import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createPerson, type TestPerson } from '../testing.ts';

let house: TestHouse;
let dorit: TestPerson;
let smtp: SMTPServer;
const mails: string[] = [];
let refuse = false;

beforeAll(async () => {
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
      stream.on('end', () => {
        if (!refuse) mails.push(text);
        done(refuse ? Object.assign(new Error('Later'), { responseCode: 451 }) : null);
      });
    },
  });
  await new Promise<void>((listening) => smtp.listen(0, '127.0.0.1', listening));
  const { port } = smtp.server.address() as AddressInfo;
  house = await testHouse({ SMTP_URL: `smtp://127.0.0.1:${port}`, PUBLIC_URL: 'https://nahbar.haus.example' }, { upTo: 'workspace' });
  dorit = await createPerson(house, { name: 'Dorit Lang', roles: ['admin'] });
});
afterAll(async () => {
  await house.close();
  await new Promise<void>((closed) => smtp.close(closed));
});

it('mails an invitation, tells the link to nobody else, and keeps no readable copy', async () => {
  refuse = true;
  const { body } = await house.call(dorit, on.invitePerson, { name: 'Ayşe Demir', email: 'ayse@haus.example', roles: ['agent'] });
  expect(body.invitation).toMatchObject({ mailed: true, url: null });
  await house.drain();
  expect(mails).toEqual([]);
  refuse = false;
  await house.db.exec(sql`update pgboss.job set start_after = now()`);
  await house.drain();
  expect(mails).toHaveLength(1);
  const plain = (mails[0] ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
  expect(plain).toMatch(/^To: .*ayse@haus\.example/m);
  expect(plain).toMatch(/https:\/\/nahbar\.haus\.example\/invitation#[\w-]{43}/);
  const token = /invitation#([\w-]{43})/.exec(plain)?.[1] ?? '';
  expect((await house.call(null, on.readInvitation, { token })).body).toMatchObject({ name: 'Ayşe Demir' });
  expect(await house.db.query(sql`select sealed, sent_at is not null as sent from notices`)).toEqual([{ sealed: null, sent: true }]);
  expect(JSON.stringify(await house.db.query(sql`select * from pgboss.job`))).not.toContain(token);
});
