import { afterAll, beforeAll, expect, it } from 'vitest';
import { workspaceEndpoints as on } from '../../../../contract/workspace.ts';
import { type TestHouse, testHouse } from '../../../testing/house.ts';
import { type Cast, cast } from '../testing.ts';

let house: TestHouse;
let we: Cast;
beforeAll(async () => {
  house = await testHouse({ NAHBAR_SOURCE_URL: 'https://code.example/our-nahbar' }, { upTo: 'workspace' });
  we = await cast(house);
});
afterAll(() => house.close());

it('everybody signed in learns what runs here and where its source is', async () => {
  const { status, body, events } = await house.call(we.kim, on.getAbout, {});
  expect([status, body, events]).toEqual([
    200,
    { version: expect.stringMatching(/^\d+\.\d+\.\d+/), licence: 'AGPL-3.0-or-later', sourceUrl: 'https://code.example/our-nahbar' },
    [],
  ]);
});
