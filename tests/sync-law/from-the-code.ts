import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Endpoint } from '../../contract/core.ts';
import { resolveImport, root, sourceFiles } from '../source-files.ts';

/** What the advisers' first desk is made of; whatever guesses ahead of the server is a command wherever it stands. */
const rooms = /^web\/modules\/(?:automation|cases|conversations|knowledge)\//;
const holdsRecords = /from '[./]+\/platform\/store\/app-store\.ts'/;
const guesses = /\boptimistic\(|\brecords\.overlay\(/;

/**
 * Every function, as `file function`, that changes something on the server and holds the browser's records, or shows a change before the server has it; and whether it
 * does the latter.
 */
export async function commandsInTheCode(): Promise<Map<string, boolean>> {
  const found = new Map<string, boolean>();
  for (const file of sourceFiles(['web/modules'], /(?<!\.test)\.tsx?$/)) {
    const text = readFileSync(path.join(root, file), 'utf8');
    const isOfTheDesk = rooms.test(file) && holdsRecords.test(text) && file.endsWith('.ts');
    if (!isOfTheDesk && !guesses.test(text)) continue;
    const writes = await writesOf(file, text);
    for (const { name, body } of functionsOf(text)) {
      const isGuess = guesses.test(body);
      if (isGuess || writes.some((write) => body.replace(/\s/g, '').includes(write))) found.set(`${file} ${name}`, isGuess);
    }
  }
  return found;
}

/** Each top-level function with its text up to the next one. */
function functionsOf(text: string): { name: string; body: string }[] {
  const starts = [...text.matchAll(/^(?:export )?(?:async )?(?:const|function) (\w+)/gm)];
  return starts.map((start, i) => ({ name: start[1] ?? '', body: text.slice(start.index, starts[i + 1]?.index) }));
}

/** How this file calls what changes something: `call(on.merge,` and so on. */
async function writesOf(file: string, text: string): Promise<string[]> {
  const calls: string[] = [];
  for (const [, names = '', from = ''] of text.matchAll(/import (?:type )?{([^}]*)} from '([^']+)'/g)) {
    for (const [, name = '', alias = name] of names.matchAll(/(\w+)(?: as (\w+))?/g)) {
      const endpoints = await endpointsNamed(file, from, name);
      for (const [key, { method }] of Object.entries(endpoints)) if (method !== 'GET') calls.push(`call(${alias}.${key},`);
    }
  }
  return calls;
}

async function endpointsNamed(file: string, from: string, name: string): Promise<Record<string, Endpoint>> {
  const target = resolveImport(file, from);
  if (!target) return {};
  if (target.startsWith('contract/'))
    return name.endsWith('Endpoints')
      ? (((await import(path.join(root, target))) as Record<string, Record<string, Endpoint>>)[name] ?? {})
      : {};
  // A room's `api.ts` hands its endpoints on.
  if (name !== 'on' || !target.endsWith('/api.ts')) return {};
  const [, original, again] = /(\w+Endpoints) as on\b[^;]*from '([^']+)'/.exec(readFileSync(path.join(root, target), 'utf8')) ?? [];
  return original && again ? endpointsNamed(target, again, original) : {};
}
