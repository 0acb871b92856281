import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { caseEndpoints as on } from '../../../../contract/cases.ts';
import type { InputOf } from '../../../../contract/core.ts';
import { workspaceEndpoints } from '../../../../contract/workspace.ts';
import { sql } from '../../../platform/database/sql.ts';
import { jobWork } from '../../../platform/jobs/jobs.ts';
import { type PushService, startPushService, trustPushService } from '../../../testing/push-service/push-service.ts';
import { toldBrowser } from '../../../testing/push-service/told-browser.ts';
import { ticks } from '../jobs.ts';
import { adviserTakes, caseScene, type Scene } from '../testing.ts';

let scene: Scene;
let service: PushService;
let distrust: () => void;
beforeAll(async () => {
  scene = await caseScene();
  service = await startPushService();
  distrust = trustPushService();
  await scene.h.call(scene.people.dorit, workspaceEndpoints.changeSettings, { privateAddresses: true });
  await scene.h.drain();
});
afterAll(async () => {
  distrust();
  await scene.h.close();
  await service.close();
});
beforeEach(() => scene.h.clock.advance(10 * 60_000));
afterEach(() => scene.h.db.exec(sql`delete from sessions`));

const brief = {
  who: 'Erika Klein',
  concern: 'Mein Paket war leer.',
  facts: [],
  done: 'Nachforschung läuft',
  promised: '',
  openQuestion: '',
  wish: 'Geld zurück',
};
const taken = async () => {
  const made = await scene.opened();
  await adviserTakes(scene.h, scene.people.kim, made.conversationId);
  await scene.h.drain();
  return made;
};
const give = async (to: InputOf<typeof on.handOver>['to']) => {
  const { caseId } = await taken();
  const { body } = await scene.h.call(scene.people.kim, on.handOver, { id: caseId, to, mode: 'cold', brief });
  return body.handover.id;
};
const look = async () => {
  await ticks.find((tick) => tick.name === 'cases.ring_commitments')?.run(jobWork(scene.h.house.platform));
  await scene.h.drain();
};

test('whoever is given a case is told who gives it, and so is everybody of a team but the giver', async () => {
  const { h, people } = scene;
  const [kim, olaf, mehmet] = await Promise.all([people.kim, people.olaf, people.mehmet].map((who) => toldBrowser(h, service, who)));
  const id = await give({ personId: people.olaf.id });
  await h.drain();
  expect(olaf?.told()).toMatchObject([{ kind: 'handover', id, path: '/handovers', by: 'Kim Sommer' }]);
  const forTeam = await give({ teamId: people.team.id });
  await h.drain();
  expect(olaf?.told()[1]).toMatchObject({ kind: 'handover', id: forTeam });
  expect([kim?.told(), mehmet?.told()]).toEqual([[], []]);
  for (const word of ['Klein', 'Paket', 'Geld']) expect(JSON.stringify(olaf?.told())).not.toContain(word);
});

test('a hand-over that somebody took meanwhile is no news', async () => {
  const { h, people } = scene;
  const olaf = await toldBrowser(h, service, people.olaf);
  const id = await give({ personId: people.olaf.id });
  await h.db.exec(sql`update handovers set state = 'timed_out' where id = ${id}`);
  await h.drain();
  expect(olaf.told()).toEqual([]);
});

test('whose promise comes due is told once in its last fifth, at most an hour before, and whoever takes it over, too', async () => {
  const { h, people } = scene;
  const [kim, olaf] = [await toldBrowser(h, service, people.kim), await toldBrowser(h, service, people.olaf)];
  const { caseId } = await taken();
  const dueTo = new Date(h.clock.now().getTime() + 100 * 60_000).toISOString();
  const said = await h.call(people.kim, on.state, {
    id: caseId,
    kind: 'commitment',
    text: 'Das Geld ist überwiesen.',
    dueTo,
    informed: { how: 'phone' },
  });
  const { id } = said.body.statement;
  h.clock.advance(79 * 60_000);
  await look();
  expect(kim.told()).toEqual([]);
  h.clock.advance(60_000);
  await look();
  await look();
  expect(kim.told()).toEqual([{ kind: 'promise', id, path: `/cases/${caseId}`, by: null, at: dueTo, locale: 'de' }]);
  expect(kim.pushed()[0]?.headers['ttl']).toBe('1200');
  await h.call(people.kim, on.passOn, { id, ownerId: people.olaf.id });
  await look();
  expect([kim.told().length, olaf.told().length]).toEqual([1, 1]);
});

test('a promise that was kept meanwhile, or has days, is no news', async () => {
  const { h, people } = scene;
  const kim = await toldBrowser(h, service, people.kim);
  const { caseId } = await taken();
  const promise = async (minutes: number) => {
    const dueTo = new Date(h.clock.now().getTime() + minutes * 60_000).toISOString();
    const { body } = await h.call(people.kim, on.state, { id: caseId, kind: 'commitment', text: 'x', dueTo, informed: { how: 'phone' } });
    return body.statement.id;
  };
  const kept = await promise(10);
  await promise(10 * 24 * 60);
  h.clock.advance(9 * 60_000);
  await h.db.exec(sql`update statements set state = 'kept' where id = ${kept}`);
  await look();
  expect(kim.told()).toEqual([]);
});
