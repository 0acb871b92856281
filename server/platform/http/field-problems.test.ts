import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldProblems } from './field-problems.ts';
import { knownFieldsOnly } from './known-fields.ts';

const schema = z.object({
  name: z.string().min(2),
  note: z.string().max(3),
  port: z.number().min(1).max(9),
  tags: z.array(z.string()).max(1),
  way: z.enum(['a', 'b']),
  mail: z.email(),
  page: z.union([z.literal(''), z.url()]),
  key: z.string().regex(/^k/, 'Begins with k.'),
  own: z.string().refine(() => false, 'Only this way.'),
});

it('names each problem by a code, with the facts its sentence needs', () => {
  const given = { name: 'x', note: 'long', port: 0, tags: ['a', 'b'], way: 'c', mail: 'x', page: 'y', key: 'x', own: '' };
  const found = fieldProblems(schema.safeParse(given).error?.issues ?? [], ['settings']);
  expect(found.map(({ path, code, data }) => [path, code, data])).toEqual([
    ['settings.name', 'core.too_short', { count: 2 }],
    ['settings.note', 'core.too_long', { count: 3 }],
    ['settings.port', 'core.too_little', { limit: 1 }],
    ['settings.tags', 'core.too_much', { limit: 1 }],
    ['settings.way', 'core.no_such_choice', undefined],
    ['settings.mail', 'core.no_mail_address', undefined],
    ['settings.page', 'core.no_web_address', undefined],
    ['settings.key', 'core.wrong_form', undefined],
    ['settings.own', undefined, undefined],
  ]);
  expect(found.at(-1)?.message).toBe('Only this way.');
  const unknown = knownFieldsOnly(z.object({ name: z.string() })).safeParse({ name: 'a', nmae: 'b' }).error?.issues ?? [];
  expect(fieldProblems(unknown)).toEqual([
    { path: 'nmae', message: 'There is no field nmae. Near it: name.', code: 'core.unknown_field', data: { field: 'nmae' } },
  ]);
  const missing = fieldProblems(schema.safeParse({}).error?.issues ?? []);
  expect(missing).toContainEqual(expect.objectContaining({ path: 'name', code: 'core.wrong_kind' }));
});
