import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, fail } from '../errors.ts';
import { type Budget, createBudget } from './budget.ts';
import { networkOf } from './network.ts';

const megabyte = 1024 * 1024;

/**
 * How many bytes of large bodies are held at once, and how fast they must come. Strangers have a share of their own, so that they cannot keep
 * out an adviser's file; and of one network no more than the rest can do without.
 */
const people = { all: 192 * megabyte, each: 96 * megabyte, graceSeconds: 30, bytesPerSecond: 8 * 1024 };
const strangers = { all: 48 * megabyte, each: 16 * megabyte, graceSeconds: 15, bytesPerSecond: 64 * 1024 };
/** A small body of a stranger is there within that time or not at all. */
const smallBodySeconds = 30;
/** What a piece costs beside its bytes: whoever sends byte by byte takes memory too. */
const perPiece = 200;

interface Receiving {
  budget: Budget;
  caller: string;
  rules: typeof people;
  held: number;
}

export interface Bodies {
  /** Before the body: from here on it counts, until the answer is out. */
  expect(request: FastifyRequest, reply: FastifyReply): void;
  /** The body's bytes; refused when it is larger than the route takes or when there is no room. */
  read(request: FastifyRequest, body: IncomingMessage): Promise<Buffer>;
}

export function createBodies(): Bodies {
  const budgets = { people: createBudget(people), strangers: createBudget(strangers) };
  const receiving = new WeakMap<FastifyRequest, Receiving>();
  return {
    expect(request, reply) {
      const { actor } = request;
      const one: Receiving = actor?.id
        ? { budget: budgets.people, caller: actor.id, rules: people, held: 0 }
        : { budget: budgets.strangers, caller: networkOf(request.ip), rules: strangers, held: 0 };
      receiving.set(request, one);
      reply.raw.once('close', () => {
        receiving.delete(request);
        one.budget.giveBack(one.caller, one.held);
      });
    },
    async read(request, body) {
      const one = receiving.get(request);
      if (!one) throw fail('core.invalid_input');
      const limit = request.routeOptions.bodyLimit;
      if (Number(request.headers['content-length'] ?? 0) > limit) throw fail('core.too_large');
      const pieces: Buffer[] = [];
      let size = 0;
      const begun = performance.now();
      // Whoever trickles is not listening either: the connection ends.
      const pace = setInterval(() => {
        const seconds = (performance.now() - begun) / 1_000 - one.rules.graceSeconds;
        if (seconds > 0 && size < seconds * one.rules.bytesPerSecond) body.destroy();
      }, 1_000);
      try {
        // A refusal must still reach the sender, so the stream stays.
        for await (const piece of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
          size += piece.length;
          if (size > limit) throw fail('core.too_large');
          if (!receiving.has(request) || !one.budget.take(one.caller, piece.length + perPiece)) throw fail('core.busy');
          one.held += piece.length + perPiece;
          pieces.push(piece);
        }
      } catch (error) {
        // Anything else is a connection that broke: nobody hears the answer, and it is no fault of ours.
        throw error instanceof DomainError ? error : fail('core.invalid_input');
      } finally {
        clearInterval(pace);
      }
      return Buffer.concat(pieces);
    },
  };
}

/** Ends the connection of a stranger who begins a small body and does not come to its end. */
export function hurry(request: FastifyRequest): void {
  const { raw } = request;
  const timer = setTimeout(() => raw.destroy(), smallBodySeconds * 1_000).unref();
  raw.once('close', () => clearTimeout(timer));
}

export const carriesBody = ({ headers }: FastifyRequest): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
