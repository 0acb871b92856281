import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { order } from '../server/modules/order.ts';
import type { PersonalDataRegister } from '../server/platform/personal-data.ts';
import { catalogue } from './pages/events.ts';
import { root } from './source-files.ts';

const types = [...catalogue().keys()];

describe.each(order)('the page of %s', (room) => {
  const folder = path.join(root, 'server/modules', room);
  const page = readFileSync(path.join(folder, 'README.md'), 'utf8');
  const part = (title: string) => new RegExp(`\\*\\*${title}\\.?\\*\\*([^]*?)(?=\\n\\n|\\*\\*[A-Z]|$)`).exec(page)?.[1] ?? '';
  const named = (text: string) => new Set([...text.matchAll(/[a-z_]{4,}/g)].map(([word]) => word));

  it('names its subjects, and no others', () => {
    const told = [...part('Subjects').matchAll(/`([a-z-]+)\/`/g)].map(([, name]) => name);
    const there = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    expect(told.toSorted()).toEqual(there.toSorted());
  });

  it('names its tables, and no others', async () => {
    const { personalData } = (await import(`../server/modules/${room}/personal-data.ts`)) as { personalData: PersonalDataRegister };
    const tables = Object.keys(personalData);
    expect(tables.filter((table) => !named(part('Tables')).has(table))).toEqual([]);
    const quoted = [...part('Tables').matchAll(/`([a-z_]+)`/g)].map(([, name]) => name ?? '');
    expect(quoted.filter((name) => !tables.includes(name) && name !== 'files')).toEqual([]);
  });

  it('names the events it tells', () => {
    const own = types.filter((type) => type.startsWith(`${room}.`)).map((type) => type.slice(room.length + 1));
    expect(own.filter((name) => !named(part('Events out')).has(name))).toEqual([]);
  });
});
