import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { nameable, roomProblems } from './problems.ts';
import { channelOf } from './registry/registry.ts';
import { saysEnough } from './testing.ts';

it.each(['de', 'en'])('every problem the room itself tells of has its sentence (%s)', (language) => {
  const file = new URL(`../../../web/modules/channels/pages.${language}.json`, import.meta.url);
  const { problem } = JSON.parse(readFileSync(file, 'utf8')) as { problem: Record<string, string> };
  // `unknown` is for codes of a channel whose folder is gone.
  expect(Object.keys(problem).toSorted()).toEqual([...roomProblems, 'unknown'].toSorted());
  expect(Object.keys(problem).filter((code) => !saysEnough(problem[code]))).toEqual([]);
});

it('a code nobody has a sentence for is told as a failed connection, with the code behind it', () => {
  const channel = channelOf('echo');
  if (!channel) throw new Error('no channel');
  expect(nameable({ code: 'unreachable', text: 'x' }, channel)).toEqual({ code: 'unreachable', text: 'x' });
  expect(nameable({ code: 'not_loaded' }, channel)).toEqual({ code: 'not_loaded' });
  expect(nameable({ code: 'ECONNRESET', text: 'read' }, channel)).toEqual({ code: 'connection_failed', text: 'ECONNRESET read' });
});
