import { z } from 'zod';
import type { $ZodType } from 'zod/v4/core';
import type { Endpoint } from '../../../contract/core.ts';

export type JsonSchema = Record<string, unknown>;

/** JSON Schema of a contract schema, for serialisation (draft 7) or for OpenAPI 3.1 (2020-12). */
export function jsonSchema(schema: $ZodType, io: 'input' | 'output', target: 'draft-7' | 'draft-2020-12'): JsonSchema {
  return z.toJSONSchema(schema as z.ZodType, { io, target, unrepresentable: 'any' }) as JsonSchema;
}

/**
 * The schema a reply is written by: which fields leave and of which type, nothing else. What may be null says so with a word that costs one comparison;
 * as a choice between two schemas the writer would check the value against both, with patterns and all, for every cell of a list.
 */
export const replySchema = (schema: $ZodType): JsonSchema => simplified(jsonSchema(schema, 'output', 'draft-7'));

function simplified(schema: JsonSchema): JsonSchema {
  const { type, anyOf, properties, items, additionalProperties, required, format } = schema;
  if (Array.isArray(anyOf)) {
    const others = (anyOf as JsonSchema[]).filter((one) => one['type'] !== 'null');
    const [only] = others;
    if (others.length === 1 && only && typeof only['type'] === 'string') return { ...simplified(only), nullable: true };
    return schema;
  }
  if (type === 'string' && !('const' in schema)) return format === 'date-time' ? { type, format } : { type };
  if (type === 'array' && isSchema(items)) return { type, items: simplified(items) };
  if (type === 'object' && isSchema(properties)) {
    const fields = Object.entries(properties as Record<string, JsonSchema>).map(([name, one]) => [name, simplified(one)] as const);
    return { type, properties: Object.fromEntries(fields), ...(required ? { required } : {}), additionalProperties };
  }
  return schema;
}

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names of the path parameters, in order. */
export const pathParameters = (endpoint: Endpoint): string[] => [...endpoint.path.matchAll(/:([A-Za-z]+)/g)].map((m) => m[1] ?? '');

/** OpenAPI writes `{name}` where the router writes `:name`. */
export const openApiPath = (path: string): string => path.replace(/:([A-Za-z]+)/g, '{$1}');

/** Whether what is not a path parameter comes from the query. */
export const readsQuery = (endpoint: Endpoint): boolean =>
  endpoint.method === 'GET' || endpoint.method === 'DELETE' || endpoint.upload === true;
