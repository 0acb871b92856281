import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EventType } from '../../contract/events.ts';
import type { Audience, Module } from '../../server/platform/module.ts';
import { root, sourceFiles } from '../source-files.ts';
import { code, codes, table } from './table.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Every event of the catalogue with the comment above it: types leave no trace at run time, so the contract is read as text. */
export function catalogue(): Map<string, string> {
  const found = new Map<string, string>();
  for (const file of sourceFiles(['contract'])) {
    const [, body = ''] = /interface EventCatalogue \{\n([^]*?)\n {2}\}/.exec(read(file)) ?? [];
    for (const [, comment = '', type = ''] of body.matchAll(/(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\s*)?^ {4}'([a-z]+\.\w+)':/gm))
      found.set(type, comment.replaceAll(/\s+\*?\s*/g, ' ').trim());
  }
  return found;
}

/** The files of its own room that write it: those that emit and name the type. */
export function emittersOf(type: string): string[] {
  const [room = ''] = type.split('.');
  return sourceFiles([`server/modules/${room}`])
    .filter((file) => !/\.test\.ts$|\/(?:audiences|testing|subscribers|module|streams)\.ts$/.test(file))
    .filter((file) => /\bemit(?:EvenIfRefused)?\(/.test(read(file)) && read(file).includes(`'${type}'`))
    .map((file) => file.replace(`server/modules/${room}/`, ''));
}

/** Data whose every field says its own name, so that a pure audience shows what it is made of. */
const named = new Proxy(
  {},
  { get: (_, name) => (String(name).endsWith('Ids') ? [`<${String(name).slice(0, -1)}>`] : `<${String(name)}>`) },
);

function heardBy(modules: readonly Module[], type: string): string[] {
  return modules.flatMap((module) =>
    (module.subscribers ?? []).filter(({ on }) => on !== '*' && (on as readonly string[]).includes(type)).map(({ name }) => name),
  );
}

function audienceOf(module: Module, type: string): Audience | undefined {
  const tell = module.audiences?.[type as EventType] as ((event: { type: string; data: object }) => Audience) | undefined;
  return tell?.({ type, data: named });
}

export function eventsPage(modules: readonly Module[]): string {
  const all = catalogue();
  const parts = modules.map((module) => {
    const rows = [...all]
      .filter(([type]) => type.startsWith(`${module.name}.`))
      .map(([type, comment]) => {
        const audience = audienceOf(module, type);
        return [
          code(type),
          comment,
          codes(emittersOf(type)),
          codes(heardBy(modules, type)),
          codes(audience?.streams ?? []),
          codes(new Set((audience?.records ?? []).map(({ kind }) => kind))),
        ];
      });
    const head = ['event', 'what it says', 'written by', 'heard by', 'streams', 'records along'];
    return `## ${module.name}\n\n${table(head, rows)}\n`;
  });
  const everything = modules.flatMap(({ subscribers = [] }) => subscribers.filter(({ on }) => on === '*').map(({ name }) => name));
  return `# Events

Generated from the catalogue in \`contract/\`, the code that emits, and the rooms' subscribers and audiences (\`UPDATE_DOCS=1 npm test tests/generated\`).

*Written by* names files of the event's own room, *heard by* subscribers on the server; ${codes(everything)} hears every event. *Streams* are what browsers
listen to, \`<field>\` stands for a field of the event's data, and one that is empty adds no stream; the records named travel along as they are then.

${parts.join('\n')}`;
}
