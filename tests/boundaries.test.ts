import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { order as serverOrder } from '../server/modules/order.ts';
import { importsOf, resolveImport, root, sourceFiles } from './source-files.ts';

/** Who imports what, as the boundary rule of docs/architecture.md sees it. Returns why an import is wrong, or undefined. */
export function violation(from: string, to: string, orders: { server: readonly string[]; web: readonly string[] }): string | undefined {
  const a = place(from);
  const b = place(to);
  const isTest = /\.test\.tsx?$|\/testing(\.ts$|\/)/.test(from);
  switch (a.kind) {
    case 'contract':
      return b.kind === 'contract' ? undefined : 'contract imports only the schema library';
    case 'platform':
      // A test of the platform may start the whole house; the platform itself knows no room.
      return b.kind === 'contract' || b.kind === 'platform' || (isTest && b.kind === 'server-testing')
        ? undefined
        : 'the platform knows no domain';
    case 'server-room': {
      if (b.kind === 'contract' || b.kind === 'platform') return undefined;
      if (isTest && b.kind === 'server-testing') return undefined;
      if (b.kind !== 'server-room') return 'a room imports contract, platform and front doors of lower rooms';
      if (b.room === a.room) return undefined;
      if (orders.server.indexOf(b.room ?? '') > orders.server.indexOf(a.room ?? '') || !orders.server.includes(b.room ?? ''))
        return `${b.room} is not below ${a.room}`;
      const isDoor = b.rest === 'index.ts' || (isTest && b.rest === 'testing.ts');
      return isDoor ? undefined : `only ${b.room}'s front door may be imported`;
    }
    case 'web-platform':
      return b.kind === 'contract' || b.kind === 'web-platform' || b.kind === 'web-ui' ? undefined : 'web/platform knows no domain';
    case 'web-ui':
      return b.kind === 'web-ui' ? undefined : 'web/ui holds no domain word and no data';
    case 'web-room': {
      if (['contract', 'web-platform', 'web-ui'].includes(b.kind)) return undefined;
      if (b.kind !== 'web-room') return 'a web room imports contract, web/platform, web/ui and front doors of lower rooms';
      if (b.room === a.room) return undefined;
      if (orders.web.indexOf(b.room ?? '') > orders.web.indexOf(a.room ?? '')) return `${b.room} is not below ${a.room}`;
      return b.rest === 'index.ts' || b.rest === 'index.tsx' ? undefined : `only ${b.room}'s front door may be imported`;
    }
    case 'channel': {
      if (b.kind === 'contract' || (b.kind === 'channel' && b.room === a.room)) return undefined;
      if (/\/web\//.test(from) && (b.kind === 'web-ui' || b.kind === 'web-platform')) return undefined;
      // The suite every channel runs, and the house it runs in, are for tests only.
      if (isTest && to.startsWith('server/')) return undefined;
      return 'a channel imports the contract and its own files';
    }
    default:
      return undefined;
  }
}

function place(file: string): { kind: string; room?: string; rest?: string } {
  const rules: [RegExp, string][] = [
    [/^contract\//, 'contract'],
    [/^server\/platform\//, 'platform'],
    [/^server\/modules\/([^/]+)\/(.+)$/, 'server-room'],
    [/^server\/testing\//, 'server-testing'],
    [/^web\/platform\//, 'web-platform'],
    [/^web\/ui\//, 'web-ui'],
    [/^web\/modules\/([^/]+)\/(.+)$/, 'web-room'],
    [/^(?:channels|connectors)\/([^/]+)\/(.+)$/, 'channel'],
  ];
  for (const [pattern, kind] of rules) {
    const found = pattern.exec(file);
    if (found) return { kind, ...(found[1] ? { room: found[1] } : {}), ...(found[2] ? { rest: found[2] } : {}) };
  }
  return { kind: 'root' };
}

const webOrder = (): string[] => {
  const text = readFileSync(path.join(root, 'web/modules/order.ts'), 'utf8');
  return [...text.matchAll(/'([a-z-]+)'/g)].map((m) => m[1] ?? '');
};

describe('the boundary rule', () => {
  const orders = { server: serverOrder, web: webOrder() };

  it('holds for every import in the tree', () => {
    const wrong: string[] = [];
    for (const file of sourceFiles(['contract', 'server', 'web', 'channels', 'connectors'])) {
      for (const specifier of importsOf(file)) {
        const target = resolveImport(file, specifier);
        const why = target && violation(file, target, orders);
        if (why) wrong.push(`${file} → ${specifier}: ${why}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['server/modules/customers/present.ts', 'server/modules/conversations/index.ts', 'conversations is not below customers'],
    ['server/modules/cases/present.ts', 'server/modules/conversations/queries.ts', "only conversations's front door may be imported"],
    ['server/modules/cases/present.ts', 'server/modules/conversations/index.ts', undefined],
    ['server/platform/context.ts', 'server/modules/workspace/index.ts', 'the platform knows no domain'],
    ['contract/cases.ts', 'server/platform/errors.ts', 'contract imports only the schema library'],
    ['channels/email/server/index.ts', 'server/platform/log.ts', 'a channel imports the contract and its own files'],
    ['channels/email/server/index.ts', 'channels/echo/channel.ts', 'a channel imports the contract and its own files'],
    ['web/ui/button.tsx', 'web/platform/store.ts', 'web/ui holds no domain word and no data'],
  ])('judges %s → %s', (from, to, expected) => {
    expect(violation(from, to, { server: serverOrder, web: [] })).toBe(expected);
  });
});

describe('a table', () => {
  const rooms = new Set<string>([...serverOrder, 'platform']);
  const owners = new Map(
    readdirSync(path.join(root, 'server/migrations')).flatMap((file) => {
      const room = /^\d+_([a-z]+)_/.exec(file)?.[1];
      if (!room) return [];
      const text = readFileSync(path.join(root, 'server/migrations', file), 'utf8');
      return [...text.matchAll(/create table (?:if not exists )?(?:public\.)?([a-z_]+)/gi)].map(
        ([, table]) => [table ?? '', room] as const,
      );
    }),
  );

  it('belongs to the room that its migration names', () => {
    expect(owners.size).toBeGreaterThan(40);
    expect([...owners].filter(([, room]) => !rooms.has(room))).toEqual([]);
  });

  it('is read and written by its own room only, those of the platform by all that stand on it', () => {
    const wrong: string[] = [];
    for (const file of sourceFiles(['server/modules', 'server/platform'])) {
      if (/\.test\.ts$|testing(\.ts$|\/)/.test(file)) continue;
      const room = /^server\/modules\/([^/]+)\//.exec(file)?.[1] ?? 'platform';
      const code = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
      for (const [, table = ''] of code.matchAll(/\b(?:from|join|into|update) ([a-z_]+)\b/g)) {
        const owner = owners.get(table);
        if (owner && owner !== room && owner !== 'platform') wrong.push(`${file}: ${table} is ${owner}'s`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('a channel', () => {
  it('calls web addresses by its tools only, which keep it out of the own network', () => {
    const files = sourceFiles(['channels', 'connectors']).filter(
      (file) => /\/server\//.test(file) && !/\.test\.ts$|\/testing\//.test(file),
    );
    expect(files.length).toBeGreaterThan(50);
    const wrong = files.filter((file) =>
      /(?<![.\w])fetch\(|from '(?:node:)?https?'/.test(readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a channel’s name', () => {
  // Words of everyday use in the domain that happen to be folder names too.
  const everyday = new Set(['email', 'phone', 'letter', 'reviews', 'x', 'chat']);

  it('stands nowhere outside its folder', () => {
    const names = readdirSync(path.join(root, 'channels'), { withFileTypes: true })
      .filter((e) => e.isDirectory())
      .map((e) => e.name);
    const wrong: string[] = [];
    for (const file of sourceFiles(['contract', 'server', 'web']).filter(
      (f) => !/\.test\.tsx?$|\/testing(\.ts$|\/)|^server\/cli\//.test(f),
    )) {
      // A comment may point to an example.
      const text = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      for (const name of names) {
        if (new RegExp(`channels/${name}\\b`).test(text)) wrong.push(`${file} names the folder of ${name}`);
        const asId = new RegExp(`(?:kind|channel)\\s*[=!]==?\\s*['"]${name}['"]|case\\s+['"]${name}['"]\\s*:`);
        if (asId.test(text)) wrong.push(`${file} decides by the channel ${name}`);
        if (!everyday.has(name) && new RegExp(`['"]${name}['"]`).test(text)) wrong.push(`${file} names ${name}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});
