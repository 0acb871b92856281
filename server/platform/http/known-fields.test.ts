import { expect, it } from 'vitest';
import { z } from 'zod';
import { knownFieldsOnly } from './known-fields.ts';

const schema = z
  .object({
    id: z.string(),
    label: z.object({ de: z.string(), en: z.string() }).optional(),
    skills: z.array(z.object({ skillId: z.string(), level: z.number().default(1) })).nullable(),
    settings: z.record(z.string(), z.unknown()).default({}),
    hook: z.looseObject({ id: z.string() }).optional(),
    to: z.union([z.object({ personId: z.string() }), z.object({ teamId: z.string() })]).optional(),
  })
  .refine(({ id }) => id !== 'bad', { path: ['id'], message: 'Not this one.' });
const strict = knownFieldsOnly(schema, ['id']);
const problems = (input: unknown) => strict.safeParse(input).error?.issues.map(({ path, message }) => [path.join('.'), message]);

it('refuses what it does not know, by name and with what is near, at every depth', () => {
  expect(problems({ id: 'a', skills: null, setings: {} })).toEqual([['setings', 'There is no field setings. Near it: settings.']]);
  expect(problems({ id: 'a', skills: [{ skillId: 's', levl: 2 }] })).toEqual([
    ['skills.0.levl', 'There is no field levl. Near it: level.'],
  ]);
  expect(problems({ id: 'a', skills: null, label: { de: 'x', en: 'y', français: 'z' } })).toEqual([
    ['label.français', 'There is no field français. There are: de, en.'],
  ]);
  // What stands in the path is no field of the body to point to.
  expect(problems({ id: 'a', skills: null, ids: 1 })?.[0]?.[1]).not.toMatch(/\bid\b/);
});

it('changes nothing for what it knows: defaults, refinements, open objects and choices', () => {
  const input = { id: 'a', skills: [{ skillId: 's' }], settings: { any: 1 }, hook: { id: 'h', more: 2 }, to: { teamId: 't' } };
  expect(strict.parse(input)).toEqual(schema.parse(input));
  expect(problems({ id: 'bad', skills: null })).toEqual([['id', 'Not this one.']]);
  expect(schema.parse({ id: 'a', skills: null, more: 1 })).not.toHaveProperty('more');
});

it('says in the document that there is nothing more', () => {
  const json = z.toJSONSchema(strict, { io: 'input', unrepresentable: 'any' }) as { properties: Record<string, Record<string, unknown>> };
  expect(json.properties['label']).toMatchObject({ properties: { de: {}, en: {} }, additionalProperties: { not: {} } });
  expect(json.properties['settings']).not.toHaveProperty('additionalProperties.not');
});
