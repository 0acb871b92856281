import { expect, it } from 'vitest';
import { besides, testHouse } from '../../../testing/house.ts';
import { createPerson } from '../testing.ts';
import { relyingParty } from './relying-party.ts';

it('on any free port, links and passkeys name the one that the server got; a public address stays what it is', async () => {
  for (const PUBLIC_URL of ['', 'https://nahbar.haus.example']) {
    const h = await testHouse({ PUBLIC_URL }, { upTo: 'workspace' });
    const admin = await createPerson(h, { name: 'Dorit Lang', roles: ['admin'] });
    const house = await besides(h, { upTo: 'workspace', mode: 'run' });
    const { port } = new URL(house.address);
    const [place, party] = PUBLIC_URL ? [PUBLIC_URL, PUBLIC_URL] : [`http://127.0.0.1:${port}`, `http://localhost:${port}`];
    const asked = (path: string, init: RequestInit = {}) =>
      fetch(`${house.address}/api${path}`, {
        ...init,
        headers: { authorization: `Test ${admin.id}`, 'content-type': 'application/json' },
      });
    const invited = await asked('/v1/people', {
      method: 'POST',
      body: JSON.stringify({ name: 'Kim Sommer', email: 'kim@haus.example', roles: ['agent'] }),
    });
    expect(JSON.stringify(await invited.json())).toContain(`${place}/invitation#`);
    expect(relyingParty(house.platform.config).origins).toEqual([party]);
    expect(invited.headers.get('content-security-policy')).toContain(`connect-src 'self' ${place.replace('http', 'ws')};`);
    expect(await (await asked('/openapi.json')).text()).toContain(`"${place}`);
    await house.close();
    await h.close();
  }
});
