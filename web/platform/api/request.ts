import type { Endpoint } from '../../../contract/core.ts';

export interface BuiltRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
}

type Facts = Pick<Endpoint, 'method' | 'path' | 'creates' | 'once'>;

/** Splits an endpoint's one input object into path, query and body. */
export function buildRequest(endpoint: Facts, input: Record<string, unknown>, idempotencyKey: () => string): BuiltRequest {
  const rest = { ...input };
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    if (typeof value !== 'string' && typeof value !== 'number')
      throw new Error(`${endpoint.method} ${endpoint.path} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
  const inQuery = endpoint.method === 'GET' || endpoint.method === 'DELETE';
  const query = inQuery ? queryOf(rest) : '';
  const headers: Record<string, string> = { accept: 'application/json', 'x-nahbar': '1' };
  if (!inQuery) headers['content-type'] = 'application/json';
  if (endpoint.creates || endpoint.once) headers['idempotency-key'] = idempotencyKey();
  return { url: `/api/v1${path}${query}`, method: endpoint.method, headers, body: inQuery ? undefined : JSON.stringify(rest) };
}

/** Lists become repeated parameters, objects JSON; what is undefined is left out. */
function queryOf(values: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one === undefined || one === null) continue;
      query.append(name, typeof one === 'object' ? JSON.stringify(one) : String(one));
    }
  }
  return query.size > 0 ? `?${query}` : '';
}
