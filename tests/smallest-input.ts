import { z } from 'zod';
import type { Endpoint } from '../contract/core.ts';

/** The smallest input that the contract lets through, so that a call goes as deep as it can. */
export function inputFor(endpoint: Endpoint): Record<string, unknown> {
  const schema = z.toJSONSchema(endpoint.input as z.ZodType, { io: 'input', unrepresentable: 'any' });
  return sample(schema as Schema) as Record<string, unknown>;
}

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  format?: string;
  minLength?: number;
  minimum?: number;
  pattern?: string;
}

const samples = ['x', 'xx', 'a.b', '1', 'de', '09:00', 'abc.defg', 'c-2026-000001', '+4915112345678', 'EUR'];

function sample(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [choice] = schema.anyOf ?? schema.oneOf ?? [];
  if (choice) return sample(choice);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((key) => [key, sample(schema.properties?.[key] ?? {})]));
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sample(schema.items ?? {}));
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return textFor(schema);
    case undefined:
    default:
      return {};
  }
}

function textFor({ format, pattern, minLength = 1 }: Schema): string {
  if (format === 'uuid') return '01890000-0000-7000-8000-000000000000';
  if (format === 'email') return 'jemand@haus.example';
  if (format === 'date-time') return '2026-12-01T09:00:00.000Z';
  if (format === 'date') return '2026-12-01';
  if (format === 'uri') return 'https://haus.example/';
  const fits = pattern ? samples.find((one) => one.length >= minLength && new RegExp(pattern, 'u').test(one)) : undefined;
  return fits ?? 'x'.repeat(Math.max(1, minLength));
}
