import { channelsEndpoints as channels } from '../../../contract/channels.ts';
import type { Endpoint, InputOf, OutputOf } from '../../../contract/core.ts';
import { workspaceEndpoints as workspace } from '../../../contract/workspace.ts';
import { readsQuery } from '../../platform/http/schema.ts';
import { addressOf } from '../stage.ts';

/** One person signed in over HTTP. */
export interface Visitor {
  answersSince(known: ReadonlySet<string>): Promise<{ id: string; raw: Buffer }[]>;
}

export async function signIn(base: string, email: string, password: string, signal: AbortSignal): Promise<Visitor> {
  let cookie = '';
  const ask = async <E extends Pick<Endpoint, 'method' | 'path' | '_t'>>(
    endpoint: E,
    input: InputOf<E>,
  ): Promise<{ response: Response; body: OutputOf<E> }> => {
    const facts = endpoint as unknown as Endpoint;
    const { url, rest } = addressOf(facts, input as Record<string, unknown>);
    const query = readsQuery(facts)
      ? new URLSearchParams(Object.entries(rest).map(([key, value]) => [key, `${value as string | number}`]))
      : undefined;
    const response = await fetch(`${base}${url}${query?.size ? `?${query}` : ''}`, {
      method: facts.method,
      headers: { ...(query ? {} : { 'content-type': 'application/json' }), ...(cookie ? { cookie } : {}) },
      ...(query ? {} : { body: JSON.stringify(rest) }),
      signal,
    });
    if (!response.ok) throw new Error(`${facts.method} ${facts.path}: ${response.status}`);
    const isJson = response.headers.get('content-type')?.includes('json');
    return { response, body: (isJson ? await response.json() : Buffer.from(await response.arrayBuffer())) as OutputOf<E> };
  };
  const { response } = await ask(workspace.signIn, { email, password });
  cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return {
    async answersSince(known) {
      const { body } = await ask(channels.localOutbox, { limit: 50 });
      const fresh = body.items.filter((item) => !known.has(item.id));
      return Promise.all(
        fresh.map(async ({ id }) => ({ id, raw: Buffer.from((await ask(channels.localOutboxRaw, { id })).body as unknown as Uint8Array) })),
      );
    },
  };
}
