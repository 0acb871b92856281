import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InputOf } from '../../../../contract/core.ts';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast, createPerson, createSite } from '../testing.ts';
import { allowedSites } from './gate.ts';

let h: TestHouse;
let we: Cast;
let council: { id: string };
let privacy: { id: string };
beforeAll(async () => {
  h = await testHouse({}, { upTo: 'workspace' });
  we = await cast(h);
  council = await createPerson(h, { name: 'Renate Rat', roles: ['works_council'] });
  privacy = await createPerson(h, { name: 'Henrik Schutz', roles: ['privacy'] });
});
afterAll(() => h.close());

const minute = 60_000;
const text = (what: string) => `${what}: nur so viel, wie es dafür braucht.`;
type Terms = InputOf<typeof on.proposeAgreement>;
const terms = (more: Partial<Terms> = {}): Terms => ({
  kind: 'agreement',
  title: 'Zahlen der Teams',
  features: ['team_figures'],
  siteIds: [],
  purpose: text('Sehen, ob Kunden rechtzeitig Antwort bekommen'),
  gdprBasis: text('Art. 88 DSGVO, § 26 BDSG'),
  necessity: text('Ohne Zahl kein Maß, mit Namen wäre es zu viel'),
  validFrom: h.clock.now().toISOString(),
  validTo: null,
  ...more,
});
const propose = async (input: Terms, who = we.dorit) => await h.call(who, on.proposeAgreement, input);
const allowed = () => allowedSites(h.db, 'team_figures', h.clock.now());
const forget = () => h.db.exec(sql`delete from works_agreements`);

it('allows nothing until somebody else has signed it, and nothing from the same minute on in which it ends', async () => {
  const { body: entered } = await propose(terms({ validTo: new Date(h.clock.now().getTime() + 10 * minute).toISOString() }));
  expect([entered.state, entered.proposedById, await allowed()]).toEqual(['proposed', we.dorit.id, []]);
  const { body: signed } = await h.call(council, on.activateAgreement, { id: entered.id });
  expect([signed.state, signed.activatedById, await allowed()]).toEqual(['active', council.id, 'all']);
  expect((await h.call(council, on.activateAgreement, { id: entered.id })).problem.code).toBe('workspace.agreement_settled');
  h.clock.advance(10 * minute - 1);
  expect(await allowed()).toBe('all');
  h.clock.advance(1);
  expect(await allowed()).toEqual([]);
  expect((await h.call(we.kim, on.listAgreements, {})).body.items[0]).toMatchObject({ id: entered.id, state: 'expired' });
  await forget();
});

it('is off as soon as anybody who may has ended it, and cannot be brought back', async () => {
  for (const who of [we.dorit, council, privacy]) {
    const { id } = (await propose(terms())).body;
    await h.call(council, on.activateAgreement, { id });
    expect(await allowed()).toBe('all');
    expect((await h.call(who, on.endAgreement, { id })).body.state).toBe('ended');
    expect(await allowed()).toEqual([]);
    for (const step of [on.activateAgreement, on.endAgreement])
      expect((await h.call(council, step, { id })).problem.code).toBe('workspace.agreement_settled');
  }
  await forget();
});

it('is signed by the works council, by another person than who wrote it; a policy by whoever protects data where there is no council', async () => {
  const both = await createPerson(h, { name: 'Berta Beides', roles: ['admin', 'works_council'] });
  const own = (await propose(terms(), both)).body;
  expect((await h.call(both, on.activateAgreement, { id: own.id })).problem.code).toBe('workspace.second_person');
  expect((await h.call(privacy, on.activateAgreement, { id: own.id })).problem.code).toBe('workspace.wrong_signature');
  for (const who of [we.kim, we.luise, we.dorit]) expect((await h.call(who, on.activateAgreement, { id: own.id })).status).toBe(403);
  const policy = (await propose(terms({ kind: 'policy' }))).body;
  expect((await h.call(privacy, on.activateAgreement, { id: policy.id })).problem.code).toBe('workspace.wrong_signature');
  await h.db.exec(sql`update people set active = false where 'works_council' = any(roles)`);
  expect((await h.call(privacy, on.activateAgreement, { id: policy.id })).body.state).toBe('active');
  await h.db.exec(sql`update people set active = true`);
  await forget();
});

it('is for the sites it names; several add up; one that is to come allows nothing yet', async () => {
  const [a, b, c] = [await createSite(h), await createSite(h), await createSite(h)];
  const later = new Date(h.clock.now().getTime() + 60 * minute).toISOString();
  for (const more of [{ siteIds: [a.id, b.id] }, { siteIds: [b.id] }, { siteIds: [c.id], validFrom: later }]) {
    const { id } = (await propose(terms(more))).body;
    await h.call(council, on.activateAgreement, { id });
  }
  expect([...(await allowed())].toSorted()).toEqual([a.id, b.id].toSorted());
  expect((await h.call(council, on.listAgreements, {})).body.items.map(({ state }) => state)).toEqual(['coming', 'active', 'active']);
  h.clock.advance(60 * minute);
  expect([...(await allowed())].toSorted()).toEqual([a.id, b.id, c.id].toSorted());
  await forget();
});

it('takes no terms that say too little, end before they begin, or name what there is not', async () => {
  for (const more of [
    { gdprBasis: 'DSGVO' },
    { necessity: '' },
    { purpose: ' '.repeat(60) },
    { features: [] },
    { validTo: '2020-01-01T00:00:00Z' },
  ])
    expect((await propose(terms(more))).status).toBe(400);
  expect((await propose(terms({ siteIds: [crypto.randomUUID()] }))).problem.code).toBe('workspace.unknown_reference');
  expect((await h.call(council, on.activateAgreement, { id: crypto.randomUUID() })).status).toBe(404);
  expect((await h.call(council, on.listAgreements, {})).body.items).toEqual([]);
});
