import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import packageJson from '../package.json' with { type: 'json' };
import { commands } from '../server/cli/commands.ts';
import { settings } from '../server/platform/config/config.ts';

const file = (name: string) => new URL(`../${name}`, import.meta.url);
const read = (name: string) => fs.readFileSync(file(name), 'utf8');

const pages = [
  ...fs.globSync('*.md', { cwd: file('') }),
  ...fs.globSync(['docs/**/*.md', 'channels/*/README.md', 'server/modules/*/README.md'], { cwd: file('') }),
];

describe('the documentation', () => {
  it('points only to what is there', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
        .map(([, target]) => new URL(target ?? '', file(page)))
        // `npm run bench` writes its own page.
        .filter((target) => !fs.existsSync(target) && !target.pathname.endsWith('/bench/README.md'))
        .map((target) => `${page} → ${target.pathname.replace(file('').pathname, '')}`),
    );
    expect(broken).toEqual([]);
  });

  it('shows every picture, and only pictures that are there and small', () => {
    const shown = pages.flatMap((page) =>
      [...read(page).matchAll(/(?:src|srcset)="([^":]+)"|!\[[^\]]*\]\((?!https?:)([^)\s]+)\)/g)].map(
        ([, inTag, inText]) => new URL(inTag ?? inText ?? '', file(page)).pathname,
      ),
    );
    const taken = fs.globSync('docs/screenshots/**/*.png', { cwd: file('') }).map((name) => file(name).pathname);
    expect(taken.length).toBeGreaterThan(20);
    expect(taken.length).toBeLessThanOrEqual(60);
    expect(new Set(shown.filter((name) => name.includes('/docs/screenshots/')))).toEqual(new Set(taken));
    expect(taken.filter((name) => fs.statSync(name).size > 250 * 1024)).toEqual([]);
  });

  it('names only commands that exist', () => {
    const known = new Set(['help', ...commands.map(({ name }) => name)]);
    const named = pages.flatMap((page) =>
      [...read(page).matchAll(/\bnahbar(?: --)? ([a-z]+)(?=[ `])/g)].map(([, name]) => `${page}: ${name}`),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((line) => !known.has(line.replace(/^.*: /, '')))).toEqual([]);
  });

  it('lets npm keep no option for itself', () => {
    const lost = pages.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:--silent )?nahbar(?:(?! -- )[^`\n])* --\w+/g)].map(([text]) => `${page}: ${text}`),
    );
    expect(lost).toEqual([]);
  });

  it('lists the settings as the program knows them', () => {
    const rows = settings.map(
      ({ name, fallback, kind, about }) => `| \`${name}\` | ${fallback ? `\`${fallback}\`` : ''} | ${kind} | ${about} |`,
    );
    const table = `<!-- settings -->\n| name | default | kind | what it is for |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n<!-- /settings -->`;
    const before = read('docs/operations.md');
    const after = before.replace(/<!-- settings -->[^]*<!-- \/settings -->/, () => table);
    if (process.env['UPDATE_DOCS']) fs.writeFileSync(file('docs/operations.md'), after);
    expect(process.env['UPDATE_DOCS'] ? after : before, 'run UPDATE_DOCS=1 npm test tests/docs').toBe(after);
  });

  it('gives a reason for every dependency, and for no other', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson;
    const wanted = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const reasons = [...read('docs/dependencies.md').matchAll(/^\| (.+?) \| (.+) \|$/gm)].filter(([, name]) => name?.startsWith('`'));
    const named = reasons.flatMap(([, names]) => [...(names ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    expect(new Set(named)).toEqual(new Set(wanted));
    expect(named.length).toBe(wanted.length);
  });

  it('gives every dependency one exact version', () => {
    const { dependencies, devDependencies, optionalDependencies } = packageJson;
    const loose = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
