import { expect, test } from 'vitest';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { newPage, useBrowser } from './browser.ts';
import { caller } from './company.ts';
import { takeBulk, takeCollision, takeComposer, takeDesk, takeHandover, takePhone } from './pictures/desk.ts';
import { takeChat, takeCustomerPage } from './pictures/outside.ts';
import { takeAdministration, takePages } from './pictures/pages.ts';
import { startNahbar } from './server.ts';

useBrowser();

/** The pictures of the documentation, of the sample company at work; made on demand, because they change with every font and every hour. */
test.runIf(process.env['SCREENSHOTS'])(
  'pictures for docs/screenshots',
  async () => {
    const nahbar = await startNahbar();
    try {
      const { passphrase } = await caller(nahbar.base)(workspaceEndpoints.setUpSample, {});
      const house = { base: nahbar.base, passphrase, newPage };
      for (const take of [
        takeDesk,
        takePages,
        takeAdministration,
        takeComposer,
        takeBulk,
        takeHandover,
        takeCollision,
        takePhone,
        takeChat,
        takeCustomerPage,
      ])
        await take(house);
      expect(passphrase).not.toBe('');
    } finally {
      await nahbar.stop();
    }
  },
  900_000,
);
