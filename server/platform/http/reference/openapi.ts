import { type Endpoint, problem } from '../../../../contract/core.ts';
import { notes } from '../../../../contract/permissions.ts';
import type { ErrorCatalogue } from '../../errors.ts';
import type { Route } from '../../module.ts';
import { type JsonSchema, jsonSchema, openApiPath, pathParameters, readsQuery } from '../schema.ts';

/** The OpenAPI 3.1 document of all routes, from the same contract that validates and serialises. */
export function openApi(routes: readonly Route[], errors: ErrorCatalogue, serverUrl: string): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { endpoint } of routes) {
    const path = openApiPath(endpoint.path);
    const entry = paths[path] ?? {};
    entry[endpoint.method.toLowerCase()] = operation(endpoint);
    paths[path] = entry;
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Nahbar',
      version: '1',
      license: { name: 'AGPL-3.0-or-later', identifier: 'AGPL-3.0-or-later' },
      description:
        'Customer service on every channel. Errors are problem details (RFC 9457) with a stable `code`. Lists page by cursor. A field of a body or a parameter of a query that is not in the contract is refused by name (400 `core.invalid_input`). POSTs that create take an `Idempotency-Key`. ' +
        'Sign in by cookie (send `X-Nahbar: 1` with every request that changes something) or send `Authorization: Bearer <API token>`.',
    },
    servers: [{ url: `${serverUrl}/api/v1` }],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output', 'draft-2020-12') },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'nahbar_session' }, token: { type: 'http', scheme: 'bearer' } },
      'x-error-codes': errors,
    },
  };
}

function operation(endpoint: Endpoint): JsonSchema {
  const whole = jsonSchema(endpoint.input, 'input', 'draft-2020-12') as { properties?: Record<string, JsonSchema>; required?: string[] };
  const names = pathParameters(endpoint);
  const properties = whole.properties ?? {};
  const required = whole.required ?? [];
  const others = Object.keys(properties).filter((name) => !names.includes(name));
  const parameter = (name: string, place: 'path' | 'query') => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: properties[name] ?? { type: 'string' },
  });
  const right = endpoint.access;
  const note = right !== 'public' && right !== 'signed_in' ? notes[right] : undefined;
  return {
    operationId: `${endpoint.method.toLowerCase()}${endpoint.path.replace(/[/:]+([a-z])?/g, (_, c?: string) => (c ?? '').toUpperCase())}`,
    tags: [endpoint.path.split('/')[1] ?? ''],
    summary: endpoint.summary,
    description: right === 'public' ? 'No sign-in needed.' : `Right: \`${right}\`.${note ? ` ${note}` : ''}`,
    security: right === 'public' ? [] : [{ session: [] }, { token: [] }],
    parameters: [
      ...names.map((name) => parameter(name, 'path')),
      ...(readsQuery(endpoint) ? others.map((name) => parameter(name, 'query')) : []),
      ...(endpoint.creates || endpoint.once
        ? [{ name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 200 } }]
        : []),
    ],
    ...(!readsQuery(endpoint) && others.length > 0
      ? {
          requestBody: {
            required: others.some((name) => required.includes(name)),
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: Object.fromEntries(others.map((n) => [n, properties[n]])),
                  required: required.filter((n) => others.includes(n)),
                  ...(endpoint.rawBody ? {} : { additionalProperties: false }),
                },
              },
            },
          },
        }
      : {}),
    responses: {
      [endpoint.creates ? '201' : '200']: endpoint.download
        ? { description: 'The file.', content: { 'application/octet-stream': {} } }
        : { description: 'Done.', content: { 'application/json': { schema: jsonSchema(endpoint.output, 'output', 'draft-2020-12') } } },
      default: {
        description: `A problem. Codes: ${(endpoint.errors ?? []).join(', ') || 'the general ones'}.`,
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}
