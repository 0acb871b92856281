import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { allChannels, brokenChannels, scanChannels } from './registry.ts';

describe('the scan for channels', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'nahbar-channels-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const put = (name: string, shared: string, own: string) => {
    mkdirSync(path.join(folder, name, 'server'), { recursive: true });
    writeFileSync(path.join(folder, name, 'channel.ts'), shared);
    writeFileSync(path.join(folder, name, 'server/index.ts'), own);
  };

  it('finds what is whole and tells what is broken, without failing', async () => {
    const descriptor = (id: string) => `export const channel = { id: '${id}' };`;
    const server = `import { channel } from '../channel.ts'; export const server = { descriptor: channel };`;
    put('good', descriptor('good'), server);
    put('misnamed', descriptor('other'), server);
    put('throws', descriptor('throws'), `throw new Error('no such library');`);
    put('empty', '', '');
    put('two-minds', descriptor('two-minds'), `export const server = { descriptor: { id: 'two-minds', colour: '#123456' } };`);
    mkdirSync(path.join(folder, 'notes'));
    const registry = await scanChannels(pathToFileURL(`${folder}/`));
    expect([...registry.channels.keys()]).toEqual(['good']);
    expect(registry.broken.map((one) => [one.name, one.reason])).toEqual([
      ['empty', 'channel.ts exports no `channel`'],
      ['misnamed', 'its id is "other", but its folder "misnamed"'],
      ['throws', 'no such library'],
      ['two-minds', 'both halves have different descriptors'],
    ]);
  });

  it('finds every channel of this installation whole', () => {
    expect(brokenChannels()).toEqual([]);
    expect(allChannels().map((channel) => channel.descriptor.id)).toContain('echo');
  });
});
