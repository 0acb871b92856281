import { z } from 'zod';
import type { $ZodType } from 'zod/v4/core';
import type { Endpoint } from '../../../contract/core.ts';

export type JsonSchema = Record<string, unknown>;

/** JSON Schema of a contract schema, for serialisation (draft 7) or for OpenAPI 3.1 (2020-12). */
export function jsonSchema(schema: $ZodType, io: 'input' | 'output', target: 'draft-7' | 'draft-2020-12'): JsonSchema {
  return z.toJSONSchema(schema as z.ZodType, { io, target, unrepresentable: 'any' }) as JsonSchema;
}

/** Names of the path parameters, in order. */
export const pathParameters = (endpoint: Endpoint): string[] => [...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map((m) => m[1] ?? '');

/** OpenAPI writes `{name}` where the router writes `:name`. */
export const openApiPath = (path: string): string => path.replace(/:([A-Za-z]+)/g, '{$1}');

/** Whether what is not a path parameter comes from the query. */
export const readsQuery = (endpoint: Endpoint): boolean =>
  endpoint.method === 'GET' || endpoint.method === 'DELETE' || endpoint.upload === true;
