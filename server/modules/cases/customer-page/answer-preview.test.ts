import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sendingEndpoints } from '../../../../contract/sending.ts';
import { workspaceEndpoints as workspace } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { sendAllDue } from '../../channels/testing.ts';
import { type PageScene, pageScene } from './testing.ts';

let s: PageScene;
beforeAll(async () => {
  s = await pageScene();
});
afterAll(() => s.h.close());

const previewed = async (id: string, to = 'vorschau@post.example') => {
  const input = { id, text: 'Wir suchen Ihr Paket.', to: [{ name: '', address: to }] };
  return (await s.h.call(s.people.kim, sendingEndpoints.preview, input)).body;
};

it('an answer is previewed word by word as it leaves, but for what opens the customer’s page', async () => {
  const { conversationId } = await s.writes({ from: 'vorschau@post.example' });
  const { text, signature, link, quotation } = await previewed(conversationId);
  expect(link).toEqual({ words: 'Stand Ihres Anliegens ansehen oder etwas ergänzen:', shown: 'https://service.haus.example/my#…' });
  const { mail, link: opens } = await s.answers(conversationId);
  const below = `-- \n${signature}\n\n${link?.words}\n${link?.shown.replace('…', opens)}`;
  expect(mail).toContain(`${text}\n\n${below}\n\n${quotation?.intro}\n> ${quotation?.text}`);
});

it('no link is shown where none leaves: to others, and when the company switched the page off', async () => {
  const { conversationId } = await s.writes({ from: 'vorschau@post.example' });
  expect((await previewed(conversationId, 'anwalt@kanzlei.example')).link).toBeNull();
  await s.h.call(s.people.dorit, workspace.changeSettings, { customerPage: false });
  expect((await previewed(conversationId)).link).toBeNull();
  expect((await s.answers(conversationId)).link).toBe('');
  await s.h.call(s.people.dorit, workspace.changeSettings, { customerPage: true });
});

it('a message that answers nothing is previewed as it leaves, too, now or later, and makes nobody known before', async () => {
  const { kim, mehmet } = s.people;
  const to = [{ name: 'Nele Neu', address: 'nele@post.example' }];
  const message = { accountId: s.accountId, to, subject: 'Ihr Sofa', text: 'Es kommt.', html: '<p>Es <strong>kommt</strong>.</p>' };
  const known = () => s.h.db.one<{ n: number }>(sql`select count(*)::int as n from customer_identities where value = 'nele@post.example'`);
  const preview = (await s.h.call(kim, sendingEndpoints.previewStart, message)).body;
  expect(preview).toMatchObject({ subject: 'Ihr Sofa', html: message.html, quotation: null, from: { address: 'service@haus.example' } });
  expect(await known()).toEqual({ n: 0 });
  // What Mehmet may not send he may not look at either.
  expect((await s.h.call(mehmet, sendingEndpoints.previewStart, message)).status).toBe(404);

  const sendAt = new Date(s.h.clock.now().getTime() + 3_600_000).toISOString();
  const started = await s.h.call(kim, api.start, { ...message, draftId: crypto.randomUUID(), sendAt });
  expect(started.body.message.delivery).toMatchObject({ state: 'scheduled', until: sendAt });
  const left = async () => (await s.newestMail()).includes('Es kommt.');
  await sendAllDue(s.h);
  expect(await left()).toBe(false);
  s.h.clock.advance(3_600_000);
  await sendAllDue(s.h);
  const mail = await s.newestMail();
  const opens = /\/my#([\w-]+)/.exec(mail)?.[1] ?? '';
  expect(mail).toContain(
    `${preview.text}\n\n-- \n${preview.signature}\n\n${preview.link?.words}\n${preview.link?.shown.replace('…', opens)}\n`,
  );
  expect(await known()).toEqual({ n: 1 });
});
