import { lookup as resolve } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Why a call to somebody else's server failed, as a short code without their words. */
export class OutgoingFailure extends Error {
  readonly code: 'address_not_allowed' | 'timeout' | 'unreachable';
  constructor(code: OutgoingFailure['code']) {
    super(code);
    this.name = 'OutgoingFailure';
    this.code = code;
  }
}

export interface OutgoingRequest {
  url: string;
  body: string;
  headers: Record<string, string>;
  timeoutMilliseconds: number;
  /** Also addresses of the own machine and network. */
  allowPrivate: boolean;
}

/**
 * Posts to an address somebody typed in. Every address that the name resolves to is checked where the connection is made, so a name
 * that points elsewhere a moment later gains nothing. Redirects are not followed; of the reply only the status counts.
 */
export function post({ url, body, headers, timeoutMilliseconds, allowPrivate }: OutgoingRequest): Promise<{ status: number }> {
  const target = new URL(url);
  if (!mayCall(target, allowPrivate)) return Promise.reject(new OutgoingFailure('address_not_allowed'));
  return new Promise((succeed, failed) => {
    const request = (target.protocol === 'https:' ? https : http).request(target, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: allowPrivate ? undefined : publicLookup,
      // No connection is kept: the next one is checked anew.
      agent: false,
      signal: AbortSignal.timeout(timeoutMilliseconds),
    });
    request.on('error', (error: NodeJS.ErrnoException) => failed(failureOf(error)));
    request.on('response', (response) => {
      succeed({ status: response.statusCode ?? 0 });
      response.on('error', () => {});
      response.destroy();
    });
    request.end(body);
  });
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

function failureOf(error: Error): OutgoingFailure {
  if (error instanceof OutgoingFailure) return error;
  return new OutgoingFailure(error.name === 'AbortError' || error.name === 'TimeoutError' ? 'timeout' : 'unreachable');
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
