import fastJson from 'fast-json-stringify';
import type { $ZodType } from 'zod/v4/core';
import { replySchema } from './schema.ts';

/** Made when first needed: a server has some hundred endpoints, each writer takes its time, and tests have many servers in one process. */
const writers = new WeakMap<$ZodType, (reply: unknown) => string>();

/** A reply as its contract has it: the fields of the schema leave, and nothing else. */
export function write(schema: $ZodType, reply: unknown): string {
  let writer = writers.get(schema);
  if (!writer) writers.set(schema, (writer = fastJson(replySchema(schema) as fastJson.AnySchema)));
  return writer(reply);
}
