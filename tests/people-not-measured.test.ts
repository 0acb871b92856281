import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

type Schema = {
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  $ref?: string;
};
interface Document {
  paths: Record<string, Record<string, { responses?: Record<string, { content?: Record<string, { schema?: Schema }> }> }>>;
  components?: { schemas?: Record<string, Schema> };
}

/** A field that names somebody who works here, in any of the ways this house writes it. */
const names =
  /^(?:person|adviser|agent|owner|assignee|lead|holder|author|actor|user|colleague|saidBy|resolvedBy|by|from|to)(?:Id|Name)?$|(?:person|adviser|agent|assignee|owner|saidBy|By)Id$/i;
/** A field that says how long something took or how many of something there were. */
const measures =
  /(?:seconds|minutes|hours|millis|duration|elapsed|handle(?:d|Time)?|average|median|mean|rank|score|speed|throughput|perHour|perDay|count|total|share|rate)s?$|Ms$/i;
const isNumber = ({ type }: Schema): boolean => [type].flat().some((one) => one === 'number' || one === 'integer');

/** Fields that count or measure beside a person all the same, by their last name, each with its reason. */
const justified: Record<string, string> = {
  contactsCount: 'how often the customer had to come about one case, whoever was on it: it says when somebody stays responsible',
  handoversCount: 'how often one case was passed on, which the customer feels; it is not counted by person anywhere',
  attachmentCount: 'how many files lie in one conversation',
  waitingHours: 'what somebody chose for a view of their own: how long a customer has waited',
  undoSeconds: 'how long one’s own messages can be taken back, chosen by oneself and shown to oneself only',
};
const lastName = (place: string): string => place.split('.').at(-1) ?? '';

/** Everywhere in a schema where a person stands beside a duration or a count, in the same object or in one around it, as the path of the number. */
function together(schema: Schema, all: Document, path: string, isPersons = false, seen: readonly string[] = []): string[] {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    const found = all.components?.schemas?.[name];
    return !found || seen.includes(name) ? [] : together(found, all, path, isPersons, [...seen, name]);
  }
  const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  const within = parts.flatMap((part) => together(part, all, path, isPersons, seen));
  if (schema.items) within.push(...together(schema.items, all, `${path}[]`, isPersons, seen));
  if (typeof schema.additionalProperties === 'object')
    // A record is keyed by something: numbers by name of a person would be such a list.
    within.push(...together(schema.additionalProperties, all, `${path}{}`, isPersons, seen));
  const fields = Object.entries(schema.properties ?? {});
  const isOfPerson = isPersons || fields.some(([name]) => names.test(name)) || isPerson(fields);
  for (const [name, field] of fields) {
    const at = `${path}.${name}`;
    if (isOfPerson && measures.test(name) && numeric(field)) within.push(at);
    within.push(...together(field, all, at, isOfPerson && !isCollection(field), seen));
  }
  return within;
}

const numeric = (field: Schema): boolean => isNumber(field) || [...(field.anyOf ?? []), ...(field.oneOf ?? [])].some(isNumber);
const isCollection = (field: Schema): boolean => field.items !== undefined;
/** The record of somebody who signs in. */
const isPerson = (fields: readonly (readonly [string, Schema])[]): boolean =>
  ['roles', 'teamIds'].every((wanted) => fields.some(([name]) => name === wanted));

describe('nobody who works here is measured (S1-12)', () => {
  const empty: Document = { paths: {} };
  const number: Schema = { type: 'integer' };
  const text: Schema = { type: 'string' };

  it.each<[string, Schema, string[]]>([
    ['how long somebody took', { properties: { personId: text, handleSeconds: number } }, ['x.handleSeconds']],
    ['a list of who did how many', { items: { properties: { ownerId: text, count: number } } }, ['x[].count']],
    [
      'a number that may be missing',
      { properties: { assigneeId: text, averageMinutes: { anyOf: [number, { type: 'null' }] } } },
      ['x.averageMinutes'],
    ],
    [
      'figures set into a person',
      { properties: { roles: text, teamIds: text, figures: { properties: { rank: number } } } },
      ['x.figures.rank'],
    ],
    ['a person around figures', { properties: { agentName: text, day: { properties: { totalMs: number } } } }, ['x.day.totalMs']],
    ['how many a team has', { properties: { teamId: text, count: number } }, []],
    ['a date beside a person', { properties: { personId: text, until: text, version: number } }, []],
  ])('the guard sees %s', (_name, schema, found) => {
    expect(together(schema, empty, 'x')).toEqual(found);
  });

  let house: TestHouse;
  let document: Document;
  beforeAll(async () => {
    house = await testHouse();
    document = (await house.house.http.inject({ method: 'GET', url: '/api/openapi.json' })).json() as Document;
  });
  afterAll(() => house.close());

  it('no reply of the API holds a person together with a duration or a count', () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
    );
    let withPerson = 0;
    const found = operations.flatMap(({ name, operation }) =>
      Object.entries(operation.responses ?? {})
        .filter(([status]) => status.startsWith('2'))
        .flatMap(([, response]) => Object.values(response.content ?? {}))
        .flatMap(({ schema }) => {
          if (schema && /"(?:personId|assigneeId|ownerId)"/.test(JSON.stringify(schema))) withPerson += 1;
          return schema ? together(schema, document, name) : [];
        }),
    );
    // It looks at something: a good part of what the API says names people.
    expect(withPerson).toBeGreaterThan(10);
    expect(found.filter((place) => !(lastName(place) in justified))).toEqual([]);
    // An exception nobody needs any more would let something else through one day.
    const needed = new Set(found.map(lastName));
    expect(Object.keys(justified).filter((name) => !needed.has(name))).toEqual([]);
    expect(found.filter((place) => lastName(place) === 'undoSeconds' && !/ \/(?:me|setup)\b/.test(place))).toEqual([]);
  });

  it('no address of the API is that of a ranking', () => {
    expect(Object.keys(document.paths).filter((path) => /rank|leader-?board|performance|productivity|handle-?time/i.test(path))).toEqual(
      [],
    );
  });
});
