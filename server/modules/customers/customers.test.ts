import { beforeAll, describe, expect, it } from 'vitest';
import { customersEndpoints as e } from '../../../contract/customers.ts';
import { sql } from '../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { type Cast, cast } from '../workspace/testing.ts';
import {
  eraseCustomer,
  findOrCreateByIdentity,
  liftRestriction,
  provideConversationCustomers,
  restrictCustomer,
  summaries,
} from './index.ts';
import { act, createCustomer, customerCast, letRead } from './testing.ts';

const conversationId = '019a0000-0000-7000-8000-000000000001';

describe('customers', () => {
  let house: TestHouse;
  let people: Cast;
  let customers: Awaited<ReturnType<typeof customerCast>>;
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'customers' });
    people = await cast(house);
    customers = await customerCast(house);
    // This house ends below the room that knows conversations, so the test says whose the one is: everybody's.
    const before = provideConversationCustomers(async (ctx, id) =>
      id === conversationId ? (await ctx.db.query<{ id: string }>(sql`select id from customers`)).map((row) => row.id) : [],
    );
    return async () => {
      provideConversationCustomers(before);
      await house.close();
    };
  });
  const types = (reply: { events: { type: string }[] }) => reply.events.map((event) => event.type);

  it('are found by name, word, number, mail address and phone number, as hits without more than tells them apart', async () => {
    for (const q of ['erika', 'Klein', 'k-1001', 'Erika.Klein@post.example', 'erika.kl']) {
      const reply = await house.call(people.kim, e.list, { q });
      expect(reply.status).toBe(200);
      expect([q, ...reply.body.items.map((item) => item.displayName)]).toEqual([q, 'Erika Klein']);
      expect(Object.keys(reply.body.items[0] ?? {}).toSorted()).toEqual([
        'displayName',
        'id',
        'locale',
        'number',
        'since',
        'version',
        'ways',
      ]);
    }
    const byPhone = await house.call(people.kim, e.list, { q: '+49 40 123456' });
    expect(byPhone.body.items.map((item) => item.displayName)).toEqual(['Inge Petersen']);
    expect((await house.call(people.kim, e.list, { q: '100%_sure' })).body.items).toEqual([]);
  });

  it('page without gap or repetition, and refuse a cursor that is none', async () => {
    const first = await house.call(people.kim, e.list, { limit: 3 });
    const second = await house.call(people.kim, e.list, { limit: 3, cursor: first.body.nextCursor ?? '' });
    expect([...first.body.items, ...second.body.items].map((item) => item.displayName)).toEqual([
      'Elif Aydın',
      'Erika Klein',
      'Inge Petersen',
      'Jonas Weiß',
    ]);
    expect(second.body.nextCursor).toBeNull();
    for (const cursor of ['x', crypto.randomUUID()])
      expect((await house.call(people.kim, e.list, { cursor })).problem.code).toBe('core.cursor_invalid');
  });

  it('open to nobody without a conversation or a reason, and never to administrators', async () => {
    const input = { id: customers.aydin.id };
    expect((await house.call(people.olaf, e.get, input)).status).toBe(404);
    expect((await house.call(people.dorit, e.get, input)).status).toBe(403);
    expect((await house.call(people.dorit, e.list, {})).status).toBe(403);
    const opened = await house.call(people.olaf, e.openAccess, { ...input, reason: 'Rückruf zur Lieferung' });
    expect(opened.status).toBe(200);
    expect(opened.events).toEqual([{ type: 'customers.access_granted', data: { customerId: input.id, personId: people.olaf.id } }]);
    expect((await house.call(people.olaf, e.get, input)).body.displayName).toBe('Elif Aydın');
    const line = await house.db.one<{ reason: string }>(
      sql`select reason from audit_log where action = 'customers.opened_with_reason' and object_id = ${input.id}`,
    );
    expect(line.reason).toBe('Rückruf zur Lieferung');
    house.clock.advance(9 * 3_600_000);
    expect((await house.call(people.olaf, e.get, input)).status).toBe(404);
  });

  it('change only at level 3 once an identity is proved; wishes need no level', async () => {
    const { id } = customers.klein;
    await letRead(house, id, people.kim.id);
    const before = (await house.call(people.kim, e.get, { id })).body;
    const refused = await house.call(people.kim, e.change, { id, version: before.version, name: 'Erika Groß' });
    expect([refused.status, refused.problem.code, refused.events]).toEqual([403, 'customers.level_too_low', []]);
    const wish = await house.call(people.kim, e.change, {
      id,
      version: before.version,
      preferences: { deliveryWish: 'bis in die Wohnung' },
    });
    expect([wish.status, types(wish)]).toEqual([200, ['customers.changed']]);
    expect(wish.body.preferences).toEqual({ channel: null, quietHours: null, deliveryWish: 'bis in die Wohnung', accessibility: [] });
    expect((await house.call(people.kim, e.authenticate, { id, conversationId, method: 'claimed' })).body).toEqual({ level: 1 });
    expect((await house.call(people.kim, e.authenticate, { id, conversationId, method: 'app_confirmation' })).body).toEqual({ level: 3 });
    const stale = await house.call(people.kim, e.change, { id, version: before.version, name: 'Erika Groß' });
    expect([stale.status, stale.problem.code]).toEqual([409, 'core.conflict']);
    const changed = await house.call(people.kim, e.change, { id, version: wish.body.version, name: 'Erika Groß' });
    expect([changed.status, changed.body.displayName, types(changed)]).toEqual([200, 'Erika Groß', ['customers.changed']]);
  });

  it('show how sure one is of the caller; what a form sends unchanged needs no level', async () => {
    const number = '040 765 43 21';
    const { id } = await createCustomer(house, { name: 'Nora Stein', identities: [{ kind: 'phone', value: number }] });
    for (const person of [people.kim, people.luise]) await letRead(house, id, person.id);
    const read = async () => (await house.call(people.luise, e.authentication, { id })).body;
    expect(await read()).toEqual({ level: 0, method: null, conversationId: null, byId: null, at: null });
    // A number that the caller just named proves nobody.
    const named = await house.call(people.kim, e.authenticate, { id, conversationId, method: 'call_back' });
    expect([named.status, named.problem.code, named.events]).toEqual([422, 'customers.no_proved_number', []]);
    expect((await read()).level).toBe(0);
    const identityId = (await house.call(people.kim, e.get, { id })).body.identities[0]?.id ?? '';
    const { version } = (await house.call(people.kim, e.verifyIdentity, { id, identityId, evidence: 'link_signed' })).body;
    expect((await house.call(people.kim, e.authenticate, { id, conversationId, method: 'call_back' })).body).toEqual({ level: 2 });
    await house.call(people.kim, e.authenticate, { id, conversationId, method: 'claimed' });
    const at = house.clock.now().toISOString();
    expect(await read()).toEqual({ level: 2, method: 'call_back', conversationId, byId: people.kim.id, at });
    const form = { id, version, name: 'Nora Stein', number: null, since: null };
    const wish = await house.call(people.kim, e.change, { ...form, preferences: { deliveryWish: 'bis in die Wohnung' } });
    expect(wish.status).toBe(200);
    const name = await house.call(people.kim, e.change, { ...form, version: wish.body.version, name: 'Nora Fels' });
    expect(name.problem.code).toBe('customers.level_too_low');
  });

  it('found by name are told apart by addresses, masked for whoever may not open them', async () => {
    const twins = [
      { mail: 'paul.doppel@post.example', identities: [{ kind: 'phone' as const, value: '040 111222' }] },
      { mail: 'pd@web.example', identities: [{ kind: 'postal' as const, value: 'Musterweg 3, 20095 Hamburg' }] },
    ];
    const [one, other] = [
      await createCustomer(house, { name: 'Paul Doppel', verified: true, ...twins[0] }),
      await createCustomer(house, { name: 'Paul Doppel', ...twins[1] }),
    ];
    await letRead(house, one.id, people.kim.id);
    const { items } = (await house.call(people.kim, e.list, { q: 'Paul Doppel' })).body;
    const waysOf = (id: string) => items.find((item) => item.id === id)?.ways;
    expect(waysOf(one.id)).toEqual([
      { kind: 'mail', label: 'paul.doppel@post.example', proved: true },
      { kind: 'phone', label: '040 111222', proved: true },
    ]);
    expect(waysOf(other.id)).toEqual([
      { kind: 'mail', label: 'p…@web.example', proved: false },
      { kind: 'postal', label: '… 20095 Hamburg', proved: false },
    ]);
    const stranger = JSON.stringify((await house.call(people.olaf, e.list, { q: 'Paul Doppel' })).body);
    expect(stranger).not.toMatch(/paul\.doppel|111222|Musterweg/);
    expect(stranger).toMatch(/… 222/);
  });

  it('that told no name are not called by an address which the reader may not see', async () => {
    const address = 'ohne.namen@post.example';
    const nameless = await createCustomer(house, { name: address, mail: address });
    await letRead(house, nameless.id, people.kim.id);
    const nameFor = async (person: typeof people.kim) =>
      (await house.call(person, e.list, { q: address })).body.items.map(({ displayName }) => displayName);
    expect(await nameFor(people.kim)).toEqual([address]);
    expect(await nameFor(people.olaf)).toEqual(['o…@post.example']);
    const page = await house.call(people.olaf, e.list, { q: 'post.example', limit: 1 });
    expect(Buffer.from(page.body.nextCursor ?? '', 'base64url').toString() + page.body.nextCursor).not.toContain('@');
  });

  it('that are unproved may be written down without a level', async () => {
    const { id } = customers.weiss;
    await letRead(house, id, people.kim.id);
    const added = await house.call(people.kim, e.addIdentity, { id, kind: 'phone', value: '0341 / 98 76 54' });
    expect([added.status, types(added)]).toEqual([201, ['customers.changed']]);
    expect(added.body.identities.map((identity) => [identity.value, identity.verifiedAt])).toEqual([
      ['jonas.weiss@post.example', null],
      ['+49341987654', null],
    ]);
    const wrong = await house.call(people.kim, e.addIdentity, { id, kind: 'mail', value: 'no address' });
    expect([wrong.status, wrong.problem.code]).toEqual([400, 'customers.identity_invalid']);
    const taken = await house.call(people.kim, e.addIdentity, { id, kind: 'mail', value: 'ELIF@aydin.example' });
    expect([taken.status, taken.problem.code, taken.problem.data]).toEqual([
      409,
      'customers.identity_taken',
      { customerId: customers.aydin.id },
    ]);
  });

  it('are several of each kind, each one’s own', async () => {
    const { id } = await createCustomer(house, { name: 'Vera Sommer' });
    const { id: other } = await createCustomer(house, { name: 'Veras Nachbar' });
    for (const customer of [id, other]) await letRead(house, customer, people.kim.id);
    const given = [
      ['mail', 'vera@sommer.example'],
      ['mail', 'v.sommer@work.example'],
      ['phone', '+49 341 1111111'],
      ['phone', '+49 171 2222222'],
      ['customer_number', '4711-1'],
      ['customer_number', '4711-2'],
      ['handle', 'bluesky:vera.example'],
      ['handle', 'mastodon:@vera@social.example'],
      ['device', 'd-1'],
      ['device', 'd-2'],
    ] as const;
    for (const [kind, value] of given) expect((await house.call(people.kim, e.addIdentity, { id, kind, value })).status, value).toBe(201);
    const { identities } = (await house.call(people.kim, e.get, { id })).body;
    expect(identities.map(({ kind }) => kind).toSorted()).toEqual(given.map(([kind]) => kind).toSorted());
    // What names one customer names no other.
    for (const [kind, value] of given)
      expect((await house.call(people.kim, e.addIdentity, { id: other, kind, value })).problem.code, value).toBe(
        'customers.identity_taken',
      );
  });

  it('keep the history of an identity that is proved and removed', async () => {
    const { id } = await createCustomer(house, { name: 'Uwe Hahn', mail: 'uwe@hahn.example' });
    await letRead(house, id, people.kim.id);
    const identityId = (await house.call(people.kim, e.get, { id })).body.identities[0]?.id ?? '';
    const proved = await house.call(people.kim, e.verifyIdentity, { id, identityId, evidence: 'link_signed' });
    expect(proved.body.identities[0]).toMatchObject({ evidence: 'link_signed', verifiedAt: house.clock.now().toISOString() });
    expect((await house.call(people.kim, e.removeIdentity, { id, identityId })).problem.code).toBe('customers.level_too_low');
    await house.call(people.kim, e.authenticate, { id, conversationId, method: 'login' });
    const removed = await house.call(people.kim, e.removeIdentity, { id, identityId });
    expect([removed.body.identities, removed.body.displayName]).toEqual([[], 'Uwe Hahn']);
    const history = await house.db.query<{ step: string }>(
      sql`select step from customer_identity_history where customer_id = ${id} order by n`,
    );
    expect(history.map((line) => line.step)).toEqual(['verified', 'removed']);
  });

  it('take notes and consents; a withdrawal needs nothing but the purpose', async () => {
    const { id } = customers.klein;
    const note = await house.call(people.kim, e.addNote, { id, text: 'Bitte lauter sprechen' });
    expect([note.status, types(note)]).toEqual([201, ['customers.note_added']]);
    expect((await house.call(people.kim, e.notes, { id })).body.items).toEqual([note.body]);

    const consent = { id, purpose: 'marketing:mail', channel: 'phone' };
    const without = await house.call(people.kim, e.recordConsent, { ...consent, state: 'given' });
    expect([without.status, without.problem.code]).toEqual([400, 'customers.text_version_missing']);
    expect((await house.call(people.kim, e.recordConsent, { ...consent, state: 'refused' })).problem.code).toBe(
      'customers.text_version_missing',
    );
    await house.call(people.kim, e.recordConsent, { ...consent, state: 'given', textVersion: '2026-03' });
    const withdrawn = await house.call(people.kim, e.recordConsent, { ...consent, state: 'withdrawn' });
    expect([withdrawn.status, withdrawn.body.textVersion, types(withdrawn)]).toEqual([201, '2026-03', ['customers.consent_recorded']]);
    const states = (await house.call(people.kim, e.consents, { id })).body.items.map((item) => item.state);
    expect(states).toEqual(['withdrawn', 'given']);
    await expect(house.db.exec(sql`update customer_consents set state = 'given'`)).rejects.toThrow('append-only');
  });

  it('added by hand are readable to whoever added them', async () => {
    const made = await house.call(people.kim, e.create, { name: 'Anna Berg', identities: [{ kind: 'mail', value: 'Anna@Berg.example' }] });
    expect([made.status, types(made)]).toEqual([201, ['customers.created']]);
    expect((await house.call(people.kim, e.get, { id: made.body.id })).body).toEqual(made.body);
    const again = await house.call(people.kim, e.create, { identities: [{ kind: 'mail', value: 'anna@berg.example' }] });
    expect([again.status, again.problem.code]).toEqual([409, 'customers.identity_taken']);
    const number = await house.call(people.kim, e.create, { name: 'Andere', number: 'K-1001' });
    expect([number.status, number.problem.code]).toEqual([409, 'customers.number_taken']);
  });

  it('that are restricted exist for nobody in service, until the restriction is lifted', async () => {
    const { id } = await createCustomer(house, { name: 'Gesperrt Person', mail: 'gesperrt@post.example' });
    await letRead(house, id, people.kim.id);
    const { platform } = house.house;
    const claim = { kind: 'mail', value: 'gesperrt@post.example', label: '', name: '', evidence: 'inbound_mail' } as const;
    expect(await act(platform, (ctx) => restrictCustomer(ctx, id))).toBe(true);
    expect((await house.call(people.kim, e.get, { id })).status).toBe(404);
    expect((await house.call(people.kim, e.list, { q: 'gesperrt' })).body.items).toEqual([]);
    expect((await summaries(house.db, [id])).size).toBe(0);
    const fresh = await act(platform, (ctx) => findOrCreateByIdentity(ctx, claim));
    expect(fresh).toMatchObject({ created: true });
    expect(await act(platform, (ctx) => liftRestriction(ctx, id))).toBe(true);
    expect((await house.call(people.kim, e.get, { id })).body.displayName).toBe('Gesperrt Person');
    expect(await act(platform, (ctx) => findOrCreateByIdentity(ctx, claim))).toMatchObject({ customerId: fresh.customerId });
  });

  it('that are erased leave no trace but their consents', async () => {
    const { id } = await createCustomer(house, { name: 'Ludwig Vergessen', mail: 'vergessen@post.example', number: 'V-1', verified: true });
    await letRead(house, id, people.kim.id);
    await house.call(people.kim, e.addNote, { id, text: 'Vergessen mag Tee' });
    await house.call(people.kim, e.recordConsent, { id, purpose: 'survey', state: 'given', channel: 'phone', textVersion: '1' });
    expect(await act(house.house.platform, (ctx) => eraseCustomer(ctx, id))).toBe(true);
    const told = await house.db.query<{ type: string }>(sql`select type from events where data->>'customerId' = ${id} order by seq`);
    expect(told.slice(-2)).toEqual([{ type: 'customers.erased' }, { type: 'customers.changed' }]);
    const rows = await house.db.query(sql`select to_jsonb(c)::text from customers c where id = ${id}
      union all select to_jsonb(i)::text from customer_identities i where customer_id = ${id}
      union all select to_jsonb(h)::text from customer_identity_history h where customer_id = ${id}
      union all select to_jsonb(n)::text from customer_notes n where customer_id = ${id}`);
    expect(JSON.stringify(rows)).not.toMatch(/vergessen|V-1/i);
    expect(await house.db.query(sql`select from customer_consents where customer_id = ${id}`)).toHaveLength(1);
    expect(await act(house.house.platform, (ctx) => eraseCustomer(ctx, id))).toBe(false);
  });
});
