import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { type Receiver, receiver } from './receiver.ts';

/** One message as a push service gets it. */
export interface Pushed {
  path: string;
  headers: NodeJS.Dict<string | string[]>;
  body: Buffer;
}

/** A push service of our own, over TLS as all are: takes messages for whoever subscribed, and answers as a test wants. */
export interface PushService {
  origin: string;
  pushed: Pushed[];
  /** How it answers from now on; 201 at first. */
  answers(status: number, headers?: Record<string, string>): void;
  /** From now on it takes messages and does not answer; resolves with the first one. */
  holds(): Promise<void>;
  /** A browser that has subscribed with it. */
  browser(): Receiver & { endpoint: string };
  close(): Promise<void>;
}

/** Nobody but tests believes in it. */
export const certificateFile = path.join(import.meta.dirname, 'localhost-cert.pem');

export async function startPushService(): Promise<PushService> {
  const pushed: Pushed[] = [];
  let answer = (response: ServerResponse): void => void response.writeHead(201).end();
  const cert = readFileSync(certificateFile, 'utf8');
  const key = readFileSync(path.join(import.meta.dirname, 'localhost-key.pem'), 'utf8');
  const server = https.createServer({ cert, key }, (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(pieces) });
      answer(response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  let browsers = 0;
  return {
    origin,
    pushed,
    answers: (status, headers = {}) => {
      answer = (response) => void response.writeHead(status, headers).end('words of a stranger');
    },
    holds: () =>
      new Promise((taken) => {
        answer = () => taken();
      }),
    browser: () => ({ endpoint: `${origin}/to/${(browsers += 1)}`, ...receiver() }),
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** Lets this process believe in the service's certificate until the returned function is called. */
export function trustPushService(): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, readFileSync(certificateFile, 'utf8')]);
  return () => setDefaultCACertificates(before);
}
