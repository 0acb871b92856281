import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { ChannelDescriptor, ServerChannel } from '../../contract/channel.ts';
import { root } from '../source-files.ts';
import { code, table } from './table.ts';

interface Folder {
  channel: ChannelDescriptor;
  server: ServerChannel;
  strings: Record<string, string>;
}

async function folders(): Promise<Folder[]> {
  const names = readdirSync(path.join(root, 'channels'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Promise.all(
    names.map(async ({ name }) => {
      const at = path.join(root, 'channels', name);
      const { channel } = (await import(`${at}/channel.ts`)) as Pick<Folder, 'channel'>;
      const { server } = (await import(`${at}/server/index.ts`)) as Pick<Folder, 'server'>;
      return { channel, server, strings: JSON.parse(readFileSync(`${at}/strings.en.json`, 'utf8')) as Record<string, string> };
    }),
  );
}

const shown = (value: unknown): string => {
  if (value === true) return 'yes';
  if (value === false || value === null) return '–';
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  return Object.entries(value)
    .map(([key, part]) => `${key} ${Array.isArray(part) ? part.join(', ') : (part ?? '–')}`)
    .join('; ');
};

const ways = ['hook', 'poll', 'connect', 'listen', 'lookup', 'thread'] as const;

type Property = { type?: string; enum?: unknown[]; default?: unknown; secret?: boolean };

function settingsOf({ channel, strings }: Folder): string {
  const { properties = {} } = z.toJSONSchema(channel.settings, { io: 'input' }) as { properties?: Record<string, Property> };
  const rows = Object.entries(properties).map(([name, property]) => [
    code(name),
    property.secret ? 'secret' : property.enum ? property.enum.map((one) => code(String(one))).join(' ') : (property.type ?? 'text'),
    property.default === undefined || property.default === '' ? '' : code(JSON.stringify(property.default)),
    [strings[`settings.${name}.label`], strings[`settings.${name}.hint`]].filter(Boolean).join('. '),
  ]);
  return `## Settings of ${channel.id}\n\n${table(['setting', 'kind', 'unless set', 'what it is'], rows)}\n`;
}

export async function channelsPage(): Promise<string> {
  const all = await folders();
  const capabilities = [...new Set(all.flatMap(({ channel }) => Object.keys(channel.capabilities)))];
  const rows = [
    ['kind', ...all.map(({ channel }) => channel.kind)],
    ...ways.map((way) => [code(way), ...all.map(({ server }) => shown(way in server && server[way] !== undefined))]),
    ...capabilities.map((name) => [
      code(name),
      ...all.map(({ channel }) => shown((channel.capabilities as unknown as Record<string, unknown>)[name])),
    ]),
    ['checked on', ...all.map(({ channel }) => channel.checkedOn)],
  ];
  return `# Channels

Generated from \`channels/*/channel.ts\` and \`channels/*/server/index.ts\` (\`UPDATE_DOCS=1 npm test tests/generated\`). What each word means:
\`contract/channel.ts\`.

${table(['', ...all.map(({ channel }) => channel.id)], rows)}

${all.map(settingsOf).join('\n')}`;
}
