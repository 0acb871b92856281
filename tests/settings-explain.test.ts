import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { ChannelDescriptor } from '../contract/channel.ts';
import { workspaceEndpoints } from '../contract/workspace.ts';
import { root } from './source-files.ts';

const languages = ['de', 'en'] as const;
const textsOf = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(root, file), 'utf8')) as Record<string, unknown>;
/** Says more than its label. */
const explains = (hint: unknown, label: unknown): boolean => typeof hint === 'string' && hint.trim().length >= 10 && hint !== label;

const names = readdirSync(path.join(root, 'channels'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe.each(names)('the settings of the channel %s', (name) => {
  it.each(languages)('are named and explained, every one (%s)', async (language) => {
    const { channel } = (await import(path.join(root, 'channels', name, 'channel.ts'))) as { channel: ChannelDescriptor };
    const texts = textsOf(`channels/${name}/strings.${language}.json`);
    const fields = Object.keys(channel.settings.shape);
    expect(fields.length).toBeGreaterThan(0);
    const silent = fields.filter((field) => !explains(texts[`settings.${field}.hint`], texts[`settings.${field}.label`]));
    expect(silent).toEqual([]);
  });
});

describe('the settings of the company', () => {
  /** The sentence that stands with each on the page. */
  const hints: Record<string, string> = {
    name: 'nameHint',
    contact: 'contactHint',
    locale: 'languageHint',
    customerPage: 'customerPageLinksHint',
    privateAddresses: 'privateAddressesHint',
  };
  const page = readFileSync(path.join(root, 'web/modules/workspace/admin/company-page.tsx'), 'utf8');

  it('are all on the page, each with its sentence', () => {
    expect(Object.keys((workspaceEndpoints.changeSettings.input as z.ZodObject).shape).toSorted()).toEqual(Object.keys(hints).toSorted());
    expect(Object.values(hints).filter((hint) => !page.includes(`hint={t('company.${hint}')}`))).toEqual([]);
  });

  it.each(languages)('are explained, every one (%s)', (language) => {
    const { company } = textsOf(`web/modules/workspace/pages.${language}.json`) as { company: Record<string, string> };
    expect(Object.values(hints).filter((hint) => !explains(company[hint], company[hint.replace(/Hint$/, '')]))).toEqual([]);
  });
});
