import { afterAll, beforeAll, expect, it } from 'vitest';
import { conversationEndpoints as api } from '../../../../contract/conversations.ts';
import { sql } from '../../../platform/database/sql.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { createPerson, createTeam } from '../../workspace/testing.ts';
import { createConversation } from '../testing.ts';

let h: TestHouse;
beforeAll(async () => {
  h = await testHouse();
});
afterAll(() => h.close());

it('says to whoever sets up, who reads no case, whether anything was received and answered', async () => {
  const admin = await createPerson(h, { roles: ['admin'] });
  const said = async () => (await h.call(admin, api.beginnings, {})).body;
  expect(await said()).toEqual({ received: false, answered: false });
  await createConversation(h, { teamId: (await createTeam(h, { name: 'Nord' })).id });
  expect(await said()).toEqual({ received: true, answered: false });
  await h.db.exec(sql`update messages set direction = 'out', author_kind = 'person'`);
  expect(await said()).toEqual({ received: false, answered: true });
});
