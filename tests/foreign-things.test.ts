import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseEndpoints } from '../contract/cases.ts';
import { conversationEndpoints } from '../contract/conversations.ts';
import type { Endpoint } from '../contract/core.ts';
import { createAccount, mailArrives } from '../server/modules/channels/testing.ts';
import { loadModules } from '../server/modules/order.ts';
import { type Cast, cast } from '../server/modules/workspace/testing.ts';
import { sql } from '../server/platform/database/sql.ts';
import { pathParameters } from '../server/platform/http/schema.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

/** What an adviser of another team may do with these ids after all, and why it tells nothing. */
const harmless: Record<string, string> = {
  'GET /people/:id': 'colleagues are known to each other',
  'PUT /views/:id': 'makes a view of the caller’s own under that id',
  'DELETE /views/:id': 'drops the one just made',
  'GET /customers/:id/cases': 'empty, or bare case numbers that may be opened for a written reason',
};

/** Opens for a written reason, which is audited; everything would be open after it. */
const reasons = ['/customers/:id/access', '/cases/:id/access'];

const endpoints = (await loadModules())
  .flatMap((module) => module.routes ?? [])
  .map(({ endpoint }) => endpoint)
  .filter((endpoint) => pathParameters(endpoint).length > 0 && !endpoint.rawBody && !reasons.includes(endpoint.path));

let house: TestHouse;
let we: Cast;
const ids: Record<string, string> = {};
beforeAll(async () => {
  house = await testHouse();
  we = await cast(house);
  const account = await createAccount(house, { kind: 'email', address: 'service@haus.example', teamId: we.team.id, settings: {} });
  await mailArrives(house, account.id, mail);
  await house.drain();
  const item = (await house.call(we.kim, conversationEndpoints.list, { view: 'open' })).body.items[0];
  if (!item) throw new Error('Nothing arrived');
  const id = item.id;
  await house.call(we.kim, conversationEndpoints.claim, { id });
  const draft = await house.call(we.kim, conversationEndpoints.saveDraft, { id, kind: 'reply', text: 'Geheim', baseSeq: 1 });
  const note = await house.call(we.kim, conversationEndpoints.note, { id, noteId: crypto.randomUUID(), text: 'Geheim' });
  const detail = (await house.call(we.kim, conversationEndpoints.open, { id })).body;
  const kase = (await house.call(we.kim, caseEndpoints.open, { id: item.caseId ?? '' })).body.case;
  const message = detail.messages.find((one) => one.kind === 'message');
  const [intake] = await house.db.query<{ id: string }>(sql`select id from intake`);
  const view = crypto.randomUUID();
  await house.call(we.kim, conversationEndpoints.saveView, { id: view, name: 'Kim', filter: {} });
  Object.assign(ids, {
    conversation: id,
    case: kase.id,
    customer: item.customerId,
    message: message?.id,
    attachment: message?.attachments[0]?.id,
    note: note.body.message.id,
    draft: draft.body.draft.id,
    intake: intake?.id,
    account: account.id,
    person: we.kim.id,
    view,
  });
}, 60_000);
afterAll(() => house.close());

const mail = [
  'From: Erika Klein <klein@post.example>\nTo: service@haus.example\nSubject: Geheim\nMessage-ID: <1@post.example>\nMIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>Geheim</p>',
  '--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=geheim.txt\n\nGeheim\n--b--\n',
].join('\n');

/** A body that fits as many endpoints as possible; what does not fit is refused before rights are looked at, which other tests are about. */
const bodyFor = (id: string) => ({
  mode: 'take',
  reason: 'Neugier auf fremde Vorgänge',
  text: 'x',
  noteId: crypto.randomUUID(),
  draftId: crypto.randomUUID(),
  fence: 1,
  baseSeq: 9,
  version: 1,
  to: [{ name: '', address: 'a@post.example' }],
  messageIds: [ids['message']],
  tags: ['x'],
  event: 'classify_spam',
  step: 'classify_spam',
  filter: {},
  name: 'x',
  subject: 'x',
  intoId: id,
  conversationIds: [ids['conversation']],
});

describe.each(endpoints.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, endpoint] as const))('%s', (name, endpoint: Endpoint) => {
  it('gives an adviser of another team nothing of whatever id is put into it', async () => {
    for (const [kind, id] of Object.entries(ids)) {
      const url = endpoint.path.replace(':kind', 'reply').replaceAll(/:[A-Za-z]+/g, id);
      const readsQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE';
      const reply = await house.house.http.inject({
        method: endpoint.method,
        url: `/api/v1${url}`,
        headers: { authorization: `Test ${we.mehmet.id}` },
        ...(readsQuery ? {} : { payload: bodyFor(id) }),
      });
      expect(reply.payload.replaceAll('geheim', 'Geheim'), kind).not.toContain('Geheim');
      if (!(name in harmless)) expect([kind, Math.floor(reply.statusCode / 100)]).toEqual([kind, 4]);
    }
  });
});
