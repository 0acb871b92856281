import { z } from 'zod';
import type { $ZodType } from 'zod/v4/core';
import type { Right } from './permissions.ts';

/** HTTP methods the contract uses. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Who may call: a right of the permission table, anybody signed in, or the public (listed in `docs/generated/permissions.md`). */
export type Access = Right | 'signed_in' | 'public';

/**
 * One endpoint, the single source for route, validation, reply serialisation, OpenAPI and the browser's typed call.
 * `input` joins path parameters, query (GET, DELETE) and body (the others) in one object; names must not clash.
 * The type parameters II/IO/OI/OO are input and output before and after parsing; they exist at compile time only.
 */
export interface Endpoint<II = unknown, IO = unknown, OI = unknown, OO = unknown> {
  readonly method: Method;
  /** Path below /api/v1, parameters as `:name`. */
  readonly path: string;
  /** One English sentence for the reference page. */
  readonly summary: string;
  readonly access: Access;
  readonly input: $ZodType;
  readonly output: $ZodType;
  /** POST that creates: the caller may send an Idempotency-Key header, a repeated call returns the first reply. */
  readonly creates?: boolean;
  /** POST that makes nothing, yet would do something else when repeated: it takes an Idempotency-Key header like those that create. */
  readonly once?: boolean;
  /** Error codes it can answer with beside the general ones; see `contract/errors.ts`. */
  readonly errors?: readonly string[];
  /** The reply is bytes, not JSON (downloads); the handler then returns `Download`. */
  readonly download?: boolean;
  /** The request body is the bytes of one file (application/octet-stream), handed over as `content`; everything else comes from path and query. */
  readonly upload?: boolean;
  /** The request body stays bytes whatever its media type, handed over as `content`: for callers whose signature covers the bytes (webhooks). */
  readonly rawBody?: boolean;
  /** Pages of other origins may call it: public, without cookies, and the route itself looks at where the call comes from. */
  readonly anyOrigin?: boolean;
  /** Requests allowed per minute and caller; default 600, unauthenticated 60. */
  readonly ratePerMinute?: number;
  /** Largest request body in bytes; default 1 MiB, of public endpoints 64 KiB. */
  readonly bodyLimit?: number;
  readonly _t?: { ii: II; io: IO; oi: OI; oo: OO };
}

type Facts = Omit<Endpoint, 'input' | 'output' | '_t'>;

/** Declares an endpoint. */
export function endpoint<I extends $ZodType, O extends $ZodType>(
  facts: Facts & { input: I; output: O },
): Endpoint<I['_zod']['input'], I['_zod']['output'], O['_zod']['input'], O['_zod']['output']> {
  return facts;
}

/** What a caller sends. */
export type InputOf<E> = E extends { readonly _t?: { ii: infer II } } ? II : never;
/** What the handler gets after validation. */
export type ParsedInputOf<E> = E extends { readonly _t?: { io: infer IO } } ? IO : never;
/** What the handler returns. */
export type ReplyOf<E> = E extends { readonly _t?: { oi: infer OI } } ? OI : never;
/** What the caller receives. */
export type OutputOf<E> = E extends { readonly _t?: { oo: infer OO } } ? OO : never;

/** UUID, version 7 where we make it. */
export const id = z.uuid();
/** One line that is shown and sent as a name: of people, teams, accounts. A line break in it would be a header in a mail, a control character a trick. */
export const line = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'One line without control characters is expected.');
/** An instant as ISO 8601 in UTC with milliseconds. */
export const instant = z.iso.datetime({ offset: true });
export const empty = z.object({});
/** The reply of actions with nothing to say. */
export const done = z.object({ done: z.literal(true) });

/** Cursor paging: `cursor` is opaque; pass the last reply's `nextCursor`; null means the end. A stale or foreign cursor answers 400 `core.cursor_invalid`. */
export const paging = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** As of when a report is, where it was read from a replica that is noticeably behind; null: as of now. */
export const asOf = instant.nullable();

/** Problem details after RFC 9457; `code` is stable and translated by the browser, `help` says what to do next. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string().optional(),
  help: z.string().optional(),
  instance: z.string().optional(),
  /**
   * Which field is wrong and why, for 400 `core.invalid_input`. `message` is English; the browser translates by `code` with the facts in `data`, where there is
   * one (`fieldProblems` in the strings files).
   */
  fields: z
    .array(
      z.object({ path: z.string(), message: z.string(), code: z.string().optional(), data: z.record(z.string(), z.unknown()).optional() }),
    )
    .optional(),
  /** Facts for the interface, e.g. who holds the claim since when. Shape per code, see the domain's contract. */
  data: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problem>;
export type FieldProblem = NonNullable<Problem['fields']>[number];

/** What an event or reply carries of a thing: `version` grows with every change, so applying twice or late is harmless. */
export const recordHead = { id: z.string(), version: z.number().int() };
