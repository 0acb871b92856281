import { lookup as resolve } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Why a call to somebody else's server failed, as a short code without their words. */
export class OutgoingFailure extends Error {
  readonly code: 'address_not_allowed' | 'timeout' | 'unreachable';
  /** Whether a connection stood, so that the other side may have the request. */
  readonly connected: boolean;
  constructor(code: OutgoingFailure['code'], connected = false) {
    super(code);
    this.name = 'OutgoingFailure';
    this.code = code;
    this.connected = connected;
  }
}

export interface OutgoingRequest {
  method: 'GET' | 'POST' | 'HEAD';
  url: string;
  body?: string | Uint8Array;
  headers: Record<string, string>;
  timeoutMilliseconds: number;
  signal?: AbortSignal;
  /** Also addresses of the own machine and network. */
  allowPrivate: boolean;
  /** At most so much of the reply's body is read; nothing when left out. */
  replyBytes?: number;
}

export interface OutgoingReply {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/**
 * Calls an address somebody typed in. Every address that the name resolves to is checked where the connection is made, so a name
 * that points elsewhere a moment later gains nothing. Redirects are not followed.
 */
export function call(given: OutgoingRequest): Promise<OutgoingReply> {
  const { method, url, body, headers, timeoutMilliseconds, allowPrivate, replyBytes = 0 } = given;
  const target = new URL(url);
  if (!mayCall(target, allowPrivate)) return Promise.reject(new OutgoingFailure('address_not_allowed'));
  const deadline = AbortSignal.timeout(timeoutMilliseconds);
  return new Promise((succeed, failed) => {
    let connected = false;
    const request = (target.protocol === 'https:' ? https : http).request(target, {
      method,
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) },
      lookup: allowPrivate ? undefined : publicLookup,
      // No connection is kept: the next one is checked anew.
      agent: false,
      signal: given.signal ? AbortSignal.any([deadline, given.signal]) : deadline,
    });
    const fail = (error: Error) => failed(failureOf(error, connected));
    request.on('socket', (socket) => socket.once(target.protocol === 'https:' ? 'secureConnect' : 'connect', () => (connected = true)));
    request.on('error', fail);
    request.on('response', (response) => {
      const reply = (text: string) => succeed({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      if (replyBytes === 0) {
        reply('');
        response.on('error', () => {});
        return void response.destroy();
      }
      readStart(response, replyBytes).then(reply, fail);
    });
    request.end(body);
  });
}

/** A reply's body as text, cut off where it grows too long. */
async function readStart(response: http.IncomingMessage, most: number): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.byteLength;
    if (size >= most) break;
  }
  return Buffer.concat(pieces).subarray(0, most).toString('utf8');
}

/** Whether a URL may be called at all, as far as it shows without asking the name service. */
export function mayCall(target: URL, allowPrivate: boolean): boolean {
  if (!['http:', 'https:'].includes(target.protocol) || target.username !== '' || target.password !== '') return false;
  const host = target.hostname.replace(/^\[|\]$/g, '');
  return allowPrivate || isIP(host) === 0 ? true : isPublic(host);
}

/** Whether an IP address is one of the public internet. */
export function isPublic(address: string): boolean {
  const family = isIP(address);
  return family === 4 ? !inside4.check(address, 'ipv4') : family === 6 && !inside6.check(address, 'ipv6');
}

/** Refuses a name as soon as one of its addresses is not public. */
const publicLookup: LookupFunction = (hostname, options, done) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return done(error ?? new OutgoingFailure('unreachable'), '', 0);
    if (!addresses.every(({ address }) => isPublic(address))) return done(new OutgoingFailure('address_not_allowed'), '', 0);
    if (options.all) return done(null, addresses);
    done(null, first.address, first.family);
  });
};

function failureOf(error: Error, connected: boolean): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error;
  return new OutgoingFailure(error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : 'unreachable', connected);
}

// IANA special-purpose registries (RFC 6890 and successors), multicast, and IPv6 forms that carry an IPv4 address.
// Two lists: one list would take ::ffff:0:0/96 for every IPv4 address.
const inside4 = new BlockList();
const inside6 = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  inside4.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  inside6.addSubnet(network, bits, 'ipv6');
