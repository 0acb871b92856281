import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { instantsOf, lineOf } from '../web/modules/conversations/timeline/line-name.ts';
import { root, sourceFiles } from './source-files.ts';

const codes = new Set(
  sourceFiles(['server/modules'])
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .filter((source) => source.includes('addSystemLine('))
    .flatMap((source) => [...source.matchAll(/(?:code: |conversations, )'(\w+\.\w+)'/g)].map(([, code]) => code ?? '')),
);

describe.each(['de', 'en'])('system lines in the timeline (%s)', (language) => {
  const strings = JSON.parse(readFileSync(path.join(root, `web/modules/conversations/strings.${language}.json`), 'utf8')) as {
    systemLine: Record<string, string>;
  };

  it('have a sentence each', () => {
    expect(codes.size).toBeGreaterThanOrEqual(4);
    for (const code of codes) expect(strings.systemLine[lineOf(JSON.stringify({ code, data: {} })).name], code).toBeTruthy();
  });

  it('name the days since when a customer is silent and on which something follows', () => {
    const data = { since: '2026-11-20T09:00:00.000Z', next: '2026-11-27T09:00:00.000Z' };
    for (const code of ['cases.silent', 'cases.silent_and_rests']) {
      const named = [...(strings.systemLine[lineOf(JSON.stringify({ code })).name] ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(
        ([, name]) => name,
      );
      expect(named.toSorted(), code).toEqual(Object.keys(instantsOf(lineOf(JSON.stringify({ code, data })))).toSorted());
    }
    expect(instantsOf(lineOf(JSON.stringify({ code: 'cases.silent', data })))).toEqual(data);
    for (const text of ['words', 'null', '{"data":null}', '{"data":{"since":"soon","next":7}}'])
      expect(instantsOf(lineOf(text))).toEqual({});
  });

  it('never show what the server keeps', () => {
    for (const text of ['{"code":', '[]', 'null', '{"code":7}', 'words']) expect(lineOf(text).name).toBe('unknown');
  });
});
