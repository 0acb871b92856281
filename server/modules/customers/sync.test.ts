import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customersEndpoints as e } from '../../../contract/customers.ts';
import { type TestHouse, testHouse } from '../../testing/house.ts';
import { type Listening, listen } from '../../testing/sync-law.ts';
import { createPerson } from '../workspace/testing.ts';
import { createCustomer, letRead } from './testing.ts';

describe('the sync law of customers', () => {
  let house: TestHouse;
  let lead: { id: string };
  let heard: Listening;
  let from: { id: string };
  let into: { id: string };
  beforeAll(async () => {
    house = await testHouse({}, { upTo: 'customers' });
    lead = await createPerson(house, { roles: ['lead'] });
    from = await createCustomer(house, { name: 'E. Klein', mail: 'e.klein@post.example' });
    into = await createCustomer(house, { name: 'Erika Klein', mail: 'erika@post.example' });
    for (const { id } of [from, into]) await letRead(house, id, lead.id);
    heard = await listen(house, lead, [
      { kind: 'customer', id: from.id },
      { kind: 'customer', id: into.id },
    ]);
  });
  afterAll(async () => {
    heard.close();
    await house.close();
  });
  const told = async (id: string) => {
    await heard.settled();
    return heard.records.get(`customer ${id}`)?.data;
  };

  it('holds for every change of a profile and its identities', async () => {
    const { version } = (await house.call(lead, e.get, { id: into.id })).body;
    const changed = await house.call(lead, e.change, { id: into.id, version, name: 'Erika Groß', languages: ['de', 'tr'] });
    expect(await told(into.id)).toEqual(changed.body);
    const added = await house.call(lead, e.addIdentity, { id: into.id, kind: 'phone', value: '0341 4455' });
    expect(await told(into.id)).toEqual(added.body);
    const identityId = added.body.identities[1]?.id ?? '';
    const proved = await house.call(lead, e.verifyIdentity, { id: into.id, identityId, evidence: 'call_back' });
    expect(await told(into.id)).toEqual(proved.body);
    const note = await house.call(lead, e.addNote, { id: into.id, text: 'Ruft abends an' });
    await heard.settled();
    expect(heard.records.get(`customer_note ${note.body.id}`)?.data).toEqual(note.body);
  });

  it('holds for a merge and for taking it back', async () => {
    const merged = await house.call(lead, e.merge, { id: from.id, intoId: into.id, reason: 'dieselbe Person' });
    expect(await told(into.id)).toEqual(merged.body);
    expect(await told(from.id)).toMatchObject({ status: 'merged', mergedInto: into.id });
    const apart = await house.call(lead, e.unmerge, { id: from.id, reason: 'doch nicht' });
    expect(await told(into.id)).toEqual(apart.body);
    expect(await told(from.id)).toEqual((await house.call(lead, e.get, { id: from.id })).body);
  });

  it('tells who sees masked data the masked form, and no notes', async () => {
    const learner = await createPerson(house, { roles: ['participant'] });
    await letRead(house, into.id, learner.id);
    const masked = await listen(house, learner, [{ kind: 'customer', id: into.id }]);
    await house.call(lead, e.change, {
      id: into.id,
      version: (await house.call(lead, e.get, { id: into.id })).body.version,
      languages: ['de'],
    });
    await house.call(lead, e.addNote, { id: into.id, text: 'Ruft morgens an' });
    await masked.settled();
    expect(masked.records.get(`customer ${into.id}`)?.data).toEqual((await house.call(learner, e.get, { id: into.id })).body);
    expect([...masked.records.keys()]).toEqual([`customer ${into.id}`]);
    masked.close();
  });

  it('tells nobody who may not read', async () => {
    const stranger = await createPerson(house, { roles: ['agent'] });
    await expect(listen(house, stranger, [{ kind: 'customer', id: from.id }])).rejects.toThrow('Not allowed');
  });
});
