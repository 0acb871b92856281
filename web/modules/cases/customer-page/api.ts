import {
  type CustomerPage,
  customerPageEndpoints as endpoints,
  linkHeader,
  type PageEntry,
  type PageFile,
} from '../../../../contract/cases/customer-page.ts';
import type { Endpoint, InputOf, OutputOf } from '../../../../contract/core.ts';
import { clientProblem, problemFrom } from '../../../platform/api/problem.ts';
import { buildRequest } from '../../../platform/api/request.ts';

/** Where this page gets everything: by the link it came by, or for an adviser by the case. */
export type Source = { link: string } | { caseId: string; as: 'link' | 'confirmed' };

export const read = (source: Source, cursor?: string): Promise<CustomerPage> =>
  'link' in source
    ? call(endpoints.read, { link: source.link, cursor })
    : call(endpoints.preview, { id: source.caseId, as: source.as, cursor });

export const askCode = (link: string) => call(endpoints.askCode, { link });
export const confirm = (link: string, code: string): Promise<CustomerPage> => call(endpoints.confirm, { link, code });
export const leave = () => call(endpoints.leave, {});
export const retell = (link: string) => call(endpoints.retell, { link });

/** `messageId` stays the same until the message arrived, so that trying again sends nothing twice. */
export const add = async (link: string, message: { messageId: string; text: string; fileIds: string[] }): Promise<PageEntry> =>
  (await call(endpoints.add, { link, ...message })).entry;

export const addressOfFile = (id: string): string => buildRequest(endpoints.file, { id }, () => '').url;

/** One file, with its progress from 0 to 1; `fetch` does not tell that. */
export function upload(link: string, file: File, onProgress: (part: number) => void): Promise<PageFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ filename: file.name.slice(0, 255) || '_', mediaType: file.type || 'application/octet-stream' });
    request.open('POST', `/api/v1${endpoints.upload.path}?${query}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader(linkHeader, link);
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener('error', () => reject(clientProblem('client.offline')));
    request.addEventListener('load', () => {
      const body = readJson(request.responseText) as { file: PageFile } | null;
      if (request.status < 300 && body) resolve(body.file);
      else reject(problemFrom(request.status, body));
    });
    request.send(file);
  });
}

async function call<E extends Endpoint>(endpoint: E, input: InputOf<E>): Promise<OutputOf<E>> {
  const { url, ...init } = buildRequest(endpoint, input as Record<string, unknown>, () => crypto.randomUUID());
  const response = await fetch(url, { ...init, body: init.body ?? null, credentials: 'same-origin', referrerPolicy: 'no-referrer' }).catch(
    () => {
      throw clientProblem('client.offline');
    },
  );
  const body = readJson(await response.text());
  if (!response.ok || body === null) throw problemFrom(response.status, body);
  return body as OutputOf<E>;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
