import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { bounceReasons, problems } from './problems.ts';
import strings from './strings.de.json' with { type: 'json' };

const source = (file: string) => readFileSync(path.join(import.meta.dirname, 'server', file), 'utf8');

test('every problem the code names is one the channel tells of, and the other way round', () => {
  const codes = new Set<string>(bounceReasons);
  for (const [, code] of source('imap/problems.ts').matchAll(/problem\('(\w+)'\)/g)) codes.add(code ?? '');
  for (const [, code] of source('outbound/failure.ts').matchAll(/failed\('\w+', (?:[^,]*\? )?'(\w+)'/g)) codes.add(code ?? '');
  for (const [, code] of source('outbound/failure.ts').matchAll(/(?:return|[?:]) '(\w+)'/g)) codes.add(code ?? '');
  for (const [, code] of source('inbound/receipts.ts').matchAll(/code = '(\w+)'/g)) codes.add(code ?? '');
  for (const [, list] of source('access/oauth.ts').matchAll(/readonly problem: ([^;]+);/g))
    for (const [, code] of (list ?? '').matchAll(/'(\w+)'/g)) codes.add(code ?? '');
  for (const stage of ['connect', 'sign_in', 'envelope', 'content', 'handed_over', 'failed']) codes.delete(stage);
  expect([...codes].toSorted()).toEqual(problems.toSorted());
  expect(codes.size).toBeGreaterThan(40);
});

test('every step of testing an account has its sentence', () => {
  const steps = [...source('access/account-test.ts').matchAll(/(?:name: |attempt\()'(\w+)'/g)].map((found) => found[1] ?? '');
  expect([...new Set(steps)].filter((step) => !(`test.${step}` in strings))).toEqual([]);
});
