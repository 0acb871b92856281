import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Endpoint } from '../contract/core.ts';
import { roles } from '../contract/permissions.ts';
import { workspaceEndpoints as on } from '../contract/workspace.ts';
import { createConversation } from '../server/modules/conversations/testing.ts';
import { loadModules } from '../server/modules/order.ts';
import { type Cast, cast, createPerson } from '../server/modules/workspace/testing.ts';
import { pathParameters } from '../server/platform/http/schema.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';
import { inputFor } from './smallest-input.ts';

/** How somebody was there before now is shown to nobody but them (WC-02, WC-07): whatever anybody asks. */

const reads = (await loadModules())
  .flatMap((module) => (module.routes ?? []).map(({ endpoint }) => endpoint))
  .filter(({ method, access }) => method === 'GET' && access !== 'public');

let h: TestHouse;
let we: Cast;
/** What only the person's own history holds: instants in milliseconds that nothing else has, and words. */
const traces: string[] = [];
/** Whatever an address may be about. */
let ids: string[] = [];
beforeAll(async () => {
  h = await testHouse();
  we = await cast(h);
  const { id: conversationId } = await createConversation(h, { teamId: we.team.id });
  h.clock.set('2026-11-24T08:00:00.101Z');
  for (const state of ['available', 'recovery', 'break', 'training', 'recovery'] as const) {
    traces.push(h.clock.now().toISOString());
    await h.call(we.kim, on.setPresence, { state, note: `Spur von ${state}` });
    h.clock.advance(60_101);
  }
  // Now is everybody's business: available, since now.
  await h.call(we.kim, on.setPresence, { state: 'available', location: 'office' });
  h.clock.advance(60_101);
  ids = [we.kim.id, we.team.id, we.site.id, conversationId];
  await h.drain();
});
afterAll(() => h.close());

/** Every address an endpoint has with these ids. */
function inputs(endpoint: Endpoint): Record<string, unknown>[] {
  const names = pathParameters(endpoint);
  return (names.length > 0 ? ids : ['']).map((id) => ({ ...inputFor(endpoint), ...Object.fromEntries(names.map((name) => [name, id])) }));
}

async function tracesSeenBy(who: { id: string }): Promise<string[]> {
  const found: string[] = [];
  for (const endpoint of reads)
    for (const input of inputs(endpoint)) {
      const { body } = await h.call(who, endpoint as never, input as never);
      const text = Buffer.isBuffer(body) ? (body as Buffer).toString() : JSON.stringify(body);
      if ([...traces, 'Spur von', '"recovery"'].some((trace) => text.includes(trace))) found.push(`${endpoint.method} ${endpoint.path}`);
    }
  return [...new Set(found)];
}

it('one reads all of it oneself, in one place', async () => {
  expect(reads.length).toBeGreaterThan(50);
  expect(await tracesSeenBy(we.kim)).toEqual(['GET /me/presence', 'GET /me/presence/download']);
});

it.each(roles.filter((role) => role !== 'customer'))('as %s, of the same team and leading it, nobody finds a trace of it', async (role) => {
  const other = await createPerson(h, { roles: [role], teamIds: [we.team.id], siteId: we.site.id });
  await h.call(we.dorit, on.changeTeam, { id: we.team.id, leadIds: [we.luise.id, other.id] });
  expect(await tracesSeenBy(other)).toEqual([]);
});
