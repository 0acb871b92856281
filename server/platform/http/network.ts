import { isIPv6 } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';

/**
 * Who counts as one caller: an IPv4 address, however it is written, or a network of IPv6, of which everybody is given at least a /64 and
 * could use another address for every call.
 */
export const networkOf = (address: string): string => (isIPv6(address) ? normalizeIP(address, 64) : address);
