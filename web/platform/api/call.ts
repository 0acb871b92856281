import type { Endpoint, InputOf, OutputOf } from '../../../contract/core.ts';
import { reached } from './connection.ts';
import { clientProblem, problemFrom } from './problem.ts';
import { buildRequest } from './request.ts';

export interface CallOptions {
  signal?: AbortSignal | undefined;
  /** For `creates` and `once` endpoints: pass the same key when trying again, so that it is done once. */
  idempotencyKey?: string | undefined;
}

let onSignedOut: () => void = () => {};
/** Called when any request is answered with 401 `core.not_signed_in`, or the live stream ends for the same reason. */
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};
export const tellSignedOut = (): void => onSignedOut();

/** Calls an endpoint of the contract. Throws `ProblemError`; nothing else for anything the network or server can do. */
export async function call<E extends Endpoint>(endpoint: E, input: InputOf<E>, options: CallOptions = {}): Promise<OutputOf<E>> {
  const { url, ...init } = buildRequest(endpoint, input as Record<string, unknown>, () => options.idempotencyKey ?? crypto.randomUUID());
  const response = await send(url, { ...init, signal: options.signal ?? null });
  const body = await readJson(response);
  if (response.ok) return body as OutputOf<E>;
  const problem = problemFrom(response.status, body);
  if (isAway(response)) reached(problem.code === 'core.storage_unavailable' ? 'no_storage' : 'nothing');
  if (problem.code === 'core.not_signed_in') tellSignedOut();
  throw problem;
}

/** The address of a download endpoint, for links, images and frames. */
export function addressOf<E extends Endpoint>(endpoint: E, input: InputOf<E>): string {
  return buildRequest(endpoint, input as Record<string, unknown>, () => '').url;
}

async function send(
  url: string,
  init: { method: string; headers: Record<string, string>; body: string | undefined; signal: AbortSignal | null },
): Promise<Response> {
  try {
    const response = await fetch(url, {
      method: init.method,
      headers: init.headers,
      body: init.body ?? null,
      signal: init.signal,
      credentials: 'same-origin',
    });
    if (!isAway(response)) reached('all');
    return response;
  } catch (error) {
    if (init.signal?.aborted) throw error;
    reached('nothing');
    throw clientProblem('client.offline');
  }
}

const isAway = ({ status }: Response): boolean => status >= 502 && status <= 504;

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    if (response.ok) throw clientProblem('client.unreadable', response.status);
    return null;
  }
}
