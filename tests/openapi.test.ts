import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Endpoint } from '../contract/core.ts';
import { loadModules } from '../server/modules/order.ts';
import { type TestHouse, testHouse } from '../server/testing/house.ts';

interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required?: boolean; schema?: unknown }[];
  requestBody?: { content: Record<string, { schema?: unknown }> };
  responses: Record<string, { description?: string; content?: Record<string, { schema?: unknown }> }>;
}

interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
}

const endpoints: Endpoint[] = (await loadModules()).flatMap((module) => (module.routes ?? []).map(({ endpoint }) => endpoint));

describe('the description of the API', () => {
  let house: TestHouse;
  let document: Document;
  beforeAll(async () => {
    house = await testHouse();
    document = (await house.house.http.inject({ method: 'GET', url: '/api/openapi.json' })).json() as Document;
  });
  afterAll(() => house.close());

  const operationOf = ({ method, path }: Endpoint): Operation | undefined =>
    document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];

  it('is of OpenAPI 3.1 and holds every endpoint and nothing else, each under a name of its own', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(endpoints.filter((endpoint) => !operationOf(endpoint)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations).toHaveLength(endpoints.length);
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });

  it('says of each what goes in and what comes out', () => {
    const wrong: string[] = [];
    for (const endpoint of endpoints) {
      const name = `${endpoint.method} ${endpoint.path}`;
      const operation = operationOf(endpoint);
      const inPath = (operation?.parameters ?? []).filter((one) => one.in === 'path');
      const named = [...endpoint.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter);
      if (inPath.map((one) => one.name).join() !== named.join() || inPath.some((one) => one.required !== true))
        wrong.push(`${name}: parameters of the path`);
      if ((operation?.parameters ?? []).some((one) => one.schema === undefined)) wrong.push(`${name}: a parameter without schema`);
      const success = Object.entries(operation?.responses ?? {}).find(([status]) => status.startsWith('2'))?.[1];
      // Files are bytes, for which OpenAPI 3.1 wants no schema.
      const content = success?.content?.[endpoint.download ? (Object.keys(success.content)[0] ?? '') : 'application/json'];
      if (!content || (!endpoint.download && content.schema === undefined)) wrong.push(`${name}: what comes out`);
      const problem = Object.entries(operation?.responses ?? {}).find(([status]) => !status.startsWith('2'))?.[1];
      if (!problem?.content?.['application/problem+json']) wrong.push(`${name}: how it is refused`);
    }
    expect(wrong).toEqual([]);
  });

  it('refers only to what stands in it', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, place = '']) => place);
    const find = (place: string) =>
      place
        .split('/')
        .reduce<unknown>(
          (at, key) => (at as Record<string, unknown> | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
          document,
        );
    expect([...new Set(references)].filter((place) => find(place) === undefined)).toEqual([]);
  });
});
